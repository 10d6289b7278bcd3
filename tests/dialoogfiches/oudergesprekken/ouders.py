"""Helpers for the tests of Marie's talk with parents."""

from datetime import date
from uuid import uuid4

from django.urls import reverse

from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dialoogfiches.oudergesprekken.models import Oudergesprek
from tests.client import Browser
from tests.conftest import Huis, load_material

DIT = "oudergesprek-dit"


def make_gesprek(huis: Huis, pseudoniem: str = "Kolibrie") -> Oudergesprek:
    """Start a talk of Marie, the CLB-medewerker."""
    return start_oudergesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem=pseudoniem,
        datum=date(2026, 11, 12),
        sleutel=uuid4(),
        door=huis.medewerker,
    )


def url(gesprek: Oudergesprek, name: str = "oudergesprek") -> str:
    return reverse(name, args=[gesprek.pk])


def write(
    client: Browser,
    gesprek: Oudergesprek,
    naam: str,
    tekst: str,
    basis: int = 0,
    more: dict[str, str] | None = None,
):
    """Save one field as the page does; `more` is additional POST data."""
    data = {"veld": naam, naam: tekst, f"{naam}_basis": str(basis), **(more or {})}
    return client.post(url(gesprek), data, headers={"HX-Request": "true"})
