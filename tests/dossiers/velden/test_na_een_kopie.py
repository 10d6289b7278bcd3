"""Pages that were open when a backup was put back: their revisions are of another history."""

import pytest

from dossiers.logboek.models import Logregel
from dossiers.materialen.kept import KeptPerProcess
from dossiers.velden.domain.basis import UNKNOWN, parse_basis, written
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

NAAM = "antwoord-f0-1-v01-toelichting"
HTMX = {"HX-Request": "true"}


def put_back(number: str) -> None:
    """What is left of a restore for whoever asks after it."""
    Logregel.objects.create(
        handeling=Logregel.Handeling.KOPIE_TERUGGEZET, soort="kopie", record_id=number
    )
    KeptPerProcess.forget_all()


@pytest.fixture
def antwoord(dossier, vraag, tom) -> Antwoord:
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    for basis, waarde in enumerate(("een", "twee")):
        save_veld(record=antwoord, veld="toelichting", waarde=waarde, basis=basis, door=tom)
    return antwoord


def test_revisions_are_plain_numbers_until_a_backup_is_put_back():
    assert written(3) == "3"
    assert parse_basis("3") == 3
    put_back("0123abcd")
    assert written(3) == "3-0123abcd"
    assert parse_basis("3-0123abcd") == 3


@pytest.mark.parametrize("old", ["3", "3-99999999"])
def test_a_revision_of_before_is_none_of_this_database(old):
    put_back("99999999")
    put_back("0123abcd")
    assert parse_basis(old) == UNKNOWN
    # A field that was empty then has no words that this could replace.
    assert parse_basis(old.replace("3", "0", 1)) == 0


@pytest.mark.parametrize("rubbish", ["", "-1", "1e3", "٣", "3-", "3-XYZ", "1234567890", "3\n"])
def test_rubbish_is_no_revision(rubbish):
    assert parse_basis(rubbish) == 0


def test_a_page_of_before_meets_a_newer_text_with_the_same_number_as_a_conflict(
    als, tom, an, url, antwoord
):
    browser = als(tom)
    old = whole_form(browser.get(url).text)[f"{NAAM}_basis"]
    put_back("0123abcd")
    save_veld(record=antwoord, veld="toelichting", waarde="van An", basis=2, door=an)
    antwoord.history().filter(revisie__lt=3).delete()
    antwoord.history().update(revisie=2)
    Antwoord.objects.update(toelichting_revisie=2)
    sent = {"veld": NAAM, NAAM: "van Tom", f"{NAAM}_basis": old}

    response = browser.post(url, sent, headers=HTMX)

    assert old == "2"
    assert response.status_code == 409
    assert "bewaarde hier intussen iets anders" in response.text
    assert Antwoord.objects.get().toelichting == "van An"
    # Once somebody has seen both, the choice counts.
    other = response.text.partition(f'name="{NAAM}_andere" value="')[2].partition('"')[0]
    chosen = sent | {f"{NAAM}_keuze": "mijn", f"{NAAM}_andere": other}
    assert browser.post(url, chosen, headers=HTMX).status_code == 200
    assert Antwoord.objects.get().toelichting == "van Tom"


def test_a_page_of_after_saves_as_ever(als, tom, url, antwoord):
    put_back("0123abcd")
    browser = als(tom)
    basis = whole_form(browser.get(url).text)[f"{NAAM}_basis"]

    response = browser.post(url, {"veld": NAAM, NAAM: "drie", f"{NAAM}_basis": basis}, headers=HTMX)

    assert basis == "2-0123abcd"
    assert response.status_code == 200
    assert 'value="3-0123abcd"' in response.text
