"""A talk of Sint-Jozef about the dialoogdocument, and saving one of its fields."""

from uuid import uuid4

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.models import Gesprek
from dossiers.materialen.models import Materiaalversie


@pytest.fixture
def dialoogdocument(laad) -> Materiaalversie:
    return laad("dialoogdocument")


@pytest.fixture
def start(dossier, tom):
    """Start a talk about a material: `start(versie)`, `start(versie, dossier=ander)`."""

    def go(versie: Materiaalversie, titel: str = "Ons gesprek", **other) -> Gesprek:
        fields = {"dossier": dossier, "door": tom, **other}
        return start_gesprek(versie=versie, titel=titel, sleutel=uuid4(), **fields)

    return go


@pytest.fixture
def gesprek(start, dialoogdocument) -> Gesprek:
    return start(dialoogdocument)


@pytest.fixture
def stap_url(gesprek):
    return step_url(gesprek, "registratie")


def step_url(gesprek: Gesprek, code: str) -> str:
    return reverse("gesprekstap", args=[gesprek.dossier_id, gesprek.pk, code])


def note_name(gesprek: Gesprek, code: str) -> str:
    return f"notitie-{gesprek.pk}-{code}-tekst"


@pytest.fixture
def noteer(als, tom, gesprek):
    """Autosave one field: sends what htmx sends."""

    def send(veld, waarde, basis=0, *, user=tom, url=None, **extra):
        data = {"veld": veld, veld: waarde, f"{veld}_basis": str(basis), **extra}
        page = url or step_url(gesprek, "registratie")
        return als(user).post(page, data, headers={"HX-Request": "true"})

    return send
