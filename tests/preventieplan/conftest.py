"""The goal page of Sint-Jozef, and saving one of its fields."""

import pytest
from django.urls import reverse

TOELICHTING = "antwoord-f0-1-v01-toelichting"
GROEIKANS = "antwoord-f0-1-v01-groeikans"
STAND = "antwoord-f0-1-v01-stand"
SCORE = "inschaling-f0-1-score"
FOCUS = "inschaling-f0-1-focus"


@pytest.fixture
def url(dossier):
    return reverse("doelstelling", args=[dossier.pk, "f0-1"])


@pytest.fixture
def tik(als, tom, url):
    """Autosave one field: sends what htmx sends."""

    def send(veld, waarde, basis=0, *, user=tom, **extra):
        data = {"veld": veld, veld: waarde, f"{veld}_basis": str(basis), **extra}
        return als(user).post(url, data, headers={"HX-Request": "true"})

    return send
