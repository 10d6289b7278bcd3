"""The key of drafts in a browser, and the word to the browser that it needs none any more."""

from base64 import b64decode
from uuid import uuid4

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def unmasked(text: str) -> bytes:
    mask, hidden = (b64decode(part) for part in text.split("."))
    return bytes(byte ^ other for byte, other in zip(mask, hidden, strict=True))


def test_each_account_has_a_key_of_its_own_that_stays(tom, an):
    assert len(tom.draft_key()) == 32
    assert tom.draft_key() == tom.draft_key()
    assert tom.draft_key() != an.draft_key()


def test_the_key_follows_from_the_secret_of_the_installation(tom, settings):
    before = tom.draft_key()
    settings.SECRET_KEY = "another-secret"

    assert tom.draft_key() != before


def test_no_two_pages_show_a_key_in_the_same_letters(tom):
    first, second = tom.masked_draft_key(), tom.masked_draft_key()

    assert first != second
    assert unmasked(first) == unmasked(second) == tom.draft_key()


def test_a_page_holds_the_key_of_its_own_account_only(client, als, tom, an, dossier):
    html = als(tom).get(reverse("preventieplan", args=[dossier.pk])).text
    shown = html.partition('data-kladsleutel="')[2].partition('"')[0]

    assert unmasked(shown) == tom.draft_key() != an.draft_key()
    assert "kladsleutel" not in client.get(reverse("account_login")).text


def test_a_page_that_was_sent_whole_and_saved_has_no_drafts_left(als, tom, url, vraag):
    naam, page = f"antwoord-{vraag.code}-toelichting", str(uuid4())
    browser = als(tom)

    response = browser.post(url, {naam: "Elke ochtend", "pagina": page})

    assert response.status_code == 302
    cookie = response.cookies["bewaard"]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == (page, "Strict", 60)


@pytest.mark.parametrize("page", ["", "x", "../../etc"])
def test_only_the_id_of_a_page_is_told(als, tom, url, vraag, page):
    naam = f"antwoord-{vraag.code}-toelichting"

    assert "bewaard" not in als(tom).post(url, {naam: "Elke ochtend", "pagina": page}).cookies


def test_a_page_of_which_a_field_was_refused_keeps_its_drafts(als, tom, url, vraag):
    naam = f"antwoord-{vraag.code}-toelichting"

    response = als(tom).post(url, {naam: "x" * 20_001, "pagina": str(uuid4())})

    assert response.status_code == 422
    assert "bewaard" not in response.cookies
