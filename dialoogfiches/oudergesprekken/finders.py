"""The fields of one parents' talk by their name: `ouderthema-thuis-groter`.

They stand apart from those of the dossier (dossiers/records.py): a name that a school sends in
never gets here, and one that gets here never leaves its own talk.
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
    """The fields of the talk itself that who came through the front door may fill in."""
    return AuteurForm if gesprek.beslist else OudergesprekForm


def finder_in(gesprek: Oudergesprek) -> Callable[..., FoundField]:
    """What `find_veld` is for a dossier, for one talk: it raises GeenVeld for any other name."""
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
        OudergesprekForm.soort: find_gesprek,
        OuderthemaForm.soort: find_thema,
        OudernotitieForm.soort: find_notitie,
    }
