"""Finds the fields of an action by name: `actie-<uuid>-wie`."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet

from dossiers.acties.forms import ActieForm
from dossiers.acties.models import Actie
from dossiers.acties.queries.trekkers import with_trekkers
from dossiers.models import Dossier
from dossiers.velden.registry import Finder, FoundField, GeenVeld
from stsdialoog.links import PageLink


def find_actie(dossier: Dossier, pk: str, *, among: QuerySet[Actie] | None = None) -> Actie:
    """Find an action of this dossier by its primary key, as text from a page.

    among: where to look, by default among all actions.
    Raises GeenVeld for anything else, such as an action of another dossier.
    """
    acties = Actie.objects.all() if among is None else among
    try:
        actie = with_trekkers(acties.filter(dossier=dossier, pk=UUID(pk))).first()
    except ValueError as error:
        raise GeenVeld from error
    if actie is None:
        raise GeenVeld
    actie.dossier = dossier
    return actie


def actie_finder(page: Callable[[Dossier, Actie], PageLink]) -> Finder:
    """Make the finder for actions.

    page: gives the page on which an action can be changed.
    """

    def find(dossier: Dossier, sleutel: str, veld: str) -> FoundField:
        actie = find_actie(dossier, sleutel)
        return FoundField(ActieForm, actie, veld, page(dossier, actie))

    return find
