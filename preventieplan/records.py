"""Finding the record behind a field's name, inside one dossier and nowhere else.

A field is named `<soort>-<sleutel>-<veld>`, as its input in the page:
`antwoord-f0-1-v03-toelichting`, `inschaling-f0-1-score`, `actie-<uuid>-wie`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dossiers.forms.acties import ActieForm
from dossiers.forms.velden import VeldenForm
from dossiers.models import Actie, Dossier, Veldrecord
from preventieplan.forms import AntwoordForm, InschalingForm
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling

# The letters of a name; PostgreSQL refuses to look for some others, a NUL among them.
NAAM = re.compile(r"[a-z0-9_-]{1,100}")


class GeenVeld(Exception):
    """No such field in this dossier."""


@dataclass(frozen=True)
class Voortgang:
    """How many of a goal's questions are discussed, the question at hand left out."""

    besproken_elders: int
    vragen: int


@dataclass(frozen=True)
class Gevonden:
    form_class: type[VeldenForm]
    record: Veldrecord
    veld: str
    # The goal that the field belongs to; None for an action, which can hang anywhere.
    doelstelling: Doelstelling | None = None
    voortgang: Voortgang | None = None


def find_veld(*, dossier: Dossier, naam: str) -> Gevonden:
    """The record, form and field behind a name.

    Raises GeenVeld for a name that this dossier and its version do not know.
    """
    if not NAAM.fullmatch(naam):
        raise GeenVeld
    soort, _, rest = naam.partition("-")
    sleutel, _, veld = rest.rpartition("-")
    find = FINDERS.get(soort)
    if find is None:
        raise GeenVeld
    found = find(dossier, sleutel, veld)
    if veld not in found.form_class.base_fields:
        raise GeenVeld
    return found


def _find_antwoord(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    vraag = (
        Checklistvraag.objects.filter(code=sleutel, doelstelling__versie=dossier.planversie_id)
        .annotate(
            mijn=FilteredRelation("antwoorden", condition=Q(antwoorden__dossier=dossier)),
            besproken_elders=Coalesce(
                Subquery(_others_discussed(dossier), output_field=IntegerField()), 0
            ),
            aantal_vragen=Coalesce(Subquery(_questions_beside(), output_field=IntegerField()), 0),
        )
        .select_related("doelstelling", "mijn")  # type: ignore[misc]
        .first()
    )
    if vraag is None:
        raise GeenVeld
    antwoord = getattr(vraag, "mijn", None) or Antwoord()
    antwoord.dossier, antwoord.vraag = dossier, vraag
    voortgang = Voortgang(vraag.besproken_elders, vraag.aantal_vragen)
    return Gevonden(AntwoordForm, antwoord, veld, vraag.doelstelling, voortgang)


def _find_inschaling(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    doel = (
        Doelstelling.objects.filter(code=sleutel, versie=dossier.planversie_id)
        .annotate(mijn=FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier)))
        .select_related("mijn")  # type: ignore[misc]
        .first()
    )
    if doel is None:
        raise GeenVeld
    inschaling = getattr(doel, "mijn", None) or Inschaling()
    inschaling.dossier, inschaling.doelstelling = dossier, doel
    return Gevonden(InschalingForm, inschaling, veld, doel)


def _find_actie(dossier: Dossier, sleutel: str, veld: str) -> Gevonden:
    try:
        actie = Actie.objects.filter(dossier=dossier, pk=UUID(sleutel)).first()
    except ValueError as error:
        raise GeenVeld from error
    if actie is None:
        raise GeenVeld
    return Gevonden(ActieForm, actie, veld)


FINDERS: dict[str, Callable[[Dossier, str, str], Gevonden]] = {
    "antwoord": _find_antwoord,
    "inschaling": _find_inschaling,
    "actie": _find_actie,
}


def _others_discussed(dossier: Dossier) -> QuerySet[Any]:
    return (
        Antwoord.objects.filter(dossier=dossier, vraag__doelstelling=OuterRef("doelstelling"))
        .exclude(stand="")
        .exclude(vraag=OuterRef("pk"))
        .order_by()
        .values("dossier")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )


def _questions_beside() -> QuerySet[Any]:
    return (
        Checklistvraag.objects.filter(doelstelling=OuterRef("doelstelling"))
        .order_by()
        .values("doelstelling")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
