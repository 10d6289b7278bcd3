"""What an open page asks when its token is refused: who is logged in now, and a fresh token."""

import pytest
from django.urls import reverse

from tests.client import Browser

pytestmark = pytest.mark.django_db


def test_it_says_who_is_logged_in_and_gives_a_token_that_works(huis, dossier, doel, vraag):
    browser = Browser()
    browser.force_login(huis.team)

    response = browser.get(reverse("sessie"))

    assert response.json()["gebruiker"] == str(huis.team.pk)
    assert response.headers["Cache-Control"] == "private, no-store"
    naam = f"antwoord-{vraag.code}-toelichting"
    saved = browser.post(
        reverse("doelstelling", args=[dossier.pk, doel.code]),
        {"veld": naam, naam: "Goed", "csrfmiddlewaretoken": response.json()["token"]},
        headers={"HX-Request": "true"},
    )
    assert saved.status_code == 200


def test_it_names_nobody_who_is_not_logged_in(db):
    assert Browser().get(reverse("sessie")).json()["gebruiker"] is None
