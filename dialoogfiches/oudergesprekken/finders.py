"""Finds the fields of one parents' talk by name: `ouderthema-thuis-groter`.

They are not in the registry of the dossier's fields (dossiers/velden/registry.py): a field name
that a school submits never gets here, and one that gets here is only looked up in its own talk.
"""

from collections.abc import Callable

from django.urls import reverse

from dialoogfiches.oudergesprekken.forms import (
    AuteurForm,
    OudergesprekForm,
    OudernotitieForm,
    OuderthemaForm,
)
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dialoogfiches.oudergesprekken.queries import notitie_of, thema_of
from dossiers.models import Dossier
from dossiers.velden.registry import Finder, FoundField, GeenVeld, find_among
from stsdialoog.links import PageLink

GESPREK_MET_OUDERS = "Gesprek met ouders"


def form_for(gesprek: Oudergesprek) -> type[OudergesprekForm]:
    """The form with the fields of the talk itself that the user who loaded it may edit."""
    return AuteurForm if gesprek.beslist else OudergesprekForm


def finder_in(gesprek: Oudergesprek) -> Callable[..., FoundField]:
    """The counterpart of `find_veld` for one talk; the result raises GeenVeld for other names."""
    finders = _finders(gesprek)

    def find(*, dossier: Dossier, naam: str) -> FoundField:
        return find_among(finders, dossier=dossier, naam=naam)

    return find


def _finders(gesprek: Oudergesprek) -> dict[str, Finder]:
    plek = PageLink(reverse("oudergesprek", args=[gesprek.pk]), GESPREK_MET_OUDERS)

    def find_gesprek(_dossier: Dossier, sleutel: str, veld: str) -> FoundField:
        if sleutel != OudergesprekForm.sleutel(gesprek):
            raise GeenVeld
        return FoundField(form_for(gesprek), gesprek, veld, plek)

    def find_thema(_dossier: Dossier, sleutel: str, veld: str) -> FoundField:
        thema = thema_of(gesprek, sleutel)
        if thema is None:
            raise GeenVeld
        return FoundField(OuderthemaForm, thema, veld, plek)

    def find_notitie(_dossier: Dossier, sleutel: str, veld: str) -> FoundField:
        notitie = notitie_of(gesprek, sleutel)
        if notitie is None:
            raise GeenVeld
        return FoundField(OudernotitieForm, notitie, veld, plek)

    return {
        OudergesprekForm.kind: find_gesprek,
        OuderthemaForm.kind: find_thema,
        OudernotitieForm.kind: find_notitie,
    }
