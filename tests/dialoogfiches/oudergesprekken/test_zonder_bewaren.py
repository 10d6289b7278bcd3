"""Zonder bewaren: fill in, view, print. Afterwards nothing of it is stored anywhere."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudernotitie, Ouderthema
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from tests.dialoogfiches.oudergesprekken.ouders import DIT
from tests.dialoogfiches.oudergesprekken.test_geheim import every_value
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

GEHEIM = "geheim7f3a"


@pytest.fixture
def adres(huis, laad):
    laad("dialoogdocument-ouders")
    return reverse("oudergesprek-zonder-bewaren", args=[huis.dossier.pk])


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


def filled(client, adres) -> dict[str, str]:
    """The form with a secret in every field."""
    form = whole_form(client.get(adres).text)
    typed = {
        name: f"{GEHEIM} {name}"
        for name in form
        if name.startswith("ouder") and not name.endswith("-datum")
    }
    assert len(typed) == 27 + 2 * 5 + 3
    return form | typed


def test_the_form_asks_the_same_and_saves_nothing_by_itself(marie, adres):
    html = marie.get(adres).text

    assert "Zijn er praktische problemen?" in html
    assert "Niets op deze pagina wordt bewaard" in html
    # Without these, nothing is autosaved and no draft is stored.
    for machine in ("js/bewaren/start.js", "data-dossier", "hx-trigger", "data-veld"):
        assert machine not in html
    typed_in = re.findall(r'<textarea.*?>|<form class="oudergesprek".*?>', html, re.DOTALL)
    assert len(typed_in) == 1 + 27 + 2 * 5 + 3
    assert all('autocomplete="off"' in field for field in typed_in)


def test_the_page_comes_back_with_the_drawing_and_the_words(marie, adres):
    typed = filled(marie, adres)
    typed |= {"ouderthema-thuis-groter": "ontbijten\nslapen\nbus", f"{DIT}-datum": "2026-11-12"}

    response = marie.post(adres, {**typed, "tekening": ""})

    assert response.status_code == 200
    back = whole_form(response.text)
    assert {name: back[name] for name in typed if name.startswith("ouder")} == {
        name: text for name, text in typed.items() if name.startswith("ouder")
    }
    assert "3 punten maken het raam groter" in response.text


def test_the_pdf_holds_every_word(marie, adres):
    response = marie.post(adres, {**filled(marie, adres), "pdf": ""})

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(response.content)).pages)
    # The points are listed at their topic, drawn in the window, and listed again below it.
    assert text.count(GEHEIM) == 27 + 3 * (2 * 5) + 3


@pytest.mark.parametrize(
    "typed", ["\u0928\u092e\u0938\u094d\u0924\u0947", "\u5b66\u6821"], ids=ascii
)
def test_what_cannot_be_printed_is_said_before_it_is_printed(marie, adres, typed):
    form = {**filled(marie, adres), "oudernotitie-thuis-r01-tekst": f"thuis: {typed}"}

    response = marie.post(adres, {**form, "pdf": ""})

    assert response.headers["Content-Type"].startswith("text/html")
    html = response.text
    assert "Niet alles kan op papier" in html
    assert f"<bdi>{typed}</bdi>" in html
    assert f"thuis: {typed}" in html
    # Who wants it all the same presses the button beside it.
    (button,) = re.findall(r'<button[^>]*name="pdf"[^>]*value="(\w+)"', html)
    again = marie.post(adres, {**form, "pdf": button})
    assert again.headers["Content-Type"] == "application/pdf"
    # The other button only draws.
    assert "Niet alles kan op papier" not in marie.post(adres, {**form, "tekening": ""}).text


@pytest.mark.parametrize("knop", ["tekening", "pdf"])
def test_nothing_reaches_the_database_the_session_or_a_cookie(marie, adres, knop):
    typed = filled(marie, adres)
    log, session = Logregel.objects.count(), dict(marie.session)

    with CaptureQueriesContext(connection) as queries:
        response = marie.post(adres, {**typed, knop: ""})

    assert response.status_code == 200
    statements = [query["sql"] for query in queries]
    assert all(sql.startswith("SELECT") for sql in statements), statements
    assert not any(GEHEIM in sql for sql in statements)
    assert not any(model.objects.exists() for model in (Oudergesprek, Oudernotitie, Ouderthema))
    assert Logregel.objects.count() == log
    assert dict(marie.session) == session
    assert GEHEIM not in str(response.cookies)
    assert not any(GEHEIM in value for value in every_value())


def test_what_looks_like_a_name_is_told_here_too(marie, adres):
    response = marie.post(
        adres, {"oudernotitie-thuis-r01-tekst": "Jan Peeters belt", "tekening": ""}
    )

    assert "‘Jan Peeters’ lijkt op een volledige naam" in response.text


def test_a_mistake_is_told_beside_its_field_and_loses_nothing(marie, adres):
    typed = {f"{DIT}-datum": "gisteren", "oudernotitie-thuis-r01-tekst": "de bus", "pdf": ""}
    response = marie.post(adres, typed)

    assert response.status_code == 422
    assert "Geef een datum zoals" in response.text
    assert whole_form(response.text)["oudernotitie-thuis-r01-tekst"] == "de bus"


def test_a_page_that_comes_too_late_does_not_speak_of_keeping(marie, adres):
    marie.logout()
    html = marie.post(adres, {"oudernotitie-thuis-r01-tekst": "de bus", "tekening": ""}).text

    assert "Verstuur opnieuw" in html
    assert "de bus" in html
    assert "ewaar" not in html


def test_it_works_with_an_empty_form_and_in_a_closed_dossier(marie, adres, huis):
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert marie.get(adres).status_code == 200
    assert marie.post(adres, {"pdf": ""}).headers["Content-Type"] == "application/pdf"


def test_every_button_sends_to_the_document_that_was_opened(marie, adres):
    html = marie.get(adres).text
    same = f"{adres}?materiaal=dialoogdocument-ouders"

    assert f'action="{same}"' in html
    assert f'formaction="{same}#het-raam"' in html


def test_only_the_clb_of_the_school_gets_the_form(als, huis, ander_huis, adres):
    for user in (huis.team, huis.lezer, ander_huis.medewerker):
        assert als(user).get(adres).status_code == 404
        assert als(user).post(adres, {"pdf": ""}).status_code == 404
