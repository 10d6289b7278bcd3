"""Finds the fields of the notes in one dossier: `gidsnotitie-dit-onthouden`.

They are not in the registry of the dossier's fields: what a school sends never gets here.
"""

from collections.abc import Callable

from django.urls import reverse

from dossiers.models import Dossier
from dossiers.velden.registry import FoundField, GeenVeld, find_among
from start.notities.forms import NotitieForm
from start.notities.models import Gidsnotitie
from stsdialoog.links import PageLink


def finder_for(notes: Gidsnotitie) -> Callable[..., FoundField]:
    """The counterpart of `find_veld` for these notes."""
    page = PageLink(reverse("notities", args=[notes.dossier_id]), "Notities van het CLB")

    def find_notes(_dossier: Dossier, sleutel: str, veld: str) -> FoundField:
        if sleutel != NotitieForm.sleutel(notes):
            raise GeenVeld
        return FoundField(NotitieForm, notes, veld, page)

    def find(*, dossier: Dossier, naam: str) -> FoundField:
        return find_among({NotitieForm.kind: find_notes}, dossier=dossier, naam=naam)

    return find
