"""Members of a PLG write remarks beside a line of a material."""

import pytest
from django.urls import reverse

from dossiers.regels.models import Regelopmerking
from tests.conftest import load_material
from tests.start.plg.plgs import CODE, SLUG, regel

pytestmark = pytest.mark.django_db

LIJST = reverse("plg-materiaal", args=[SLUG])
REGEL = reverse("plg-regel", args=[SLUG, CODE])


@pytest.fixture(autouse=True)
def _bevraging(db):
    load_material(SLUG)


def test_a_remark_is_answered_dealt_with_and_opened_again_by_an_answer(als, plglid, jan):
    els, jans = als(plglid), als(jan)
    els.get(REGEL)
    els.post(REGEL, {"tekst": "Kan dit korter?"})
    assert "Kan dit korter?" in jans.get(LIJST).text
    een = Regelopmerking.objects.get()
    jans.get(REGEL)
    jans.post(REGEL, {"knop": "afgehandeld", "opmerking": een.pk})
    assert not regel(CODE, jan).open

    jans.post(REGEL, {"op": een.pk, "tekst": "Ja, laat alleen de graad."})

    (talk,) = regel(CODE, plglid).open
    assert [one.tekst for one in talk.antwoorden] == ["Ja, laat alleen de graad."]


def test_a_second_click_makes_no_second_remark(als, plglid):
    els = als(plglid)
    sleutel = els.get(REGEL).context["nieuw"]["sleutel"].value()
    for _ in range(2):
        els.post(REGEL, {"tekst": "Kan dit korter?", "sleutel": sleutel})

    assert Regelopmerking.objects.count() == 1


def test_somebody_takes_away_a_remark_of_her_own_and_of_nobody_else(als, plglid, jan):
    els, jans = als(plglid), als(jan)
    els.get(REGEL)
    els.post(REGEL, {"tekst": "Kan dit korter?"})
    een = Regelopmerking.objects.get()
    jans.get(REGEL)
    # Her page has no button for it.
    jans.post(REGEL, {"knop": "haal-weg", "opmerking": een.pk})
    assert Regelopmerking.objects.filter(pk=een.pk).exists()

    els.get(REGEL)
    els.post(REGEL, {"knop": "haal-weg", "opmerking": een.pk})

    assert not Regelopmerking.objects.exists()


def test_the_place_of_a_remark_that_was_taken_away_goes_with_its_last_answer(als, plglid, jan):
    els, jans = als(plglid), als(jan)
    els.get(REGEL)
    els.post(REGEL, {"tekst": "Kan dit korter?"})
    een = Regelopmerking.objects.get()
    jans.get(REGEL)
    jans.post(REGEL, {"op": een.pk, "tekst": "Ja, laat alleen de graad."})
    antwoord = Regelopmerking.objects.get(antwoord_op=een)
    els.post(REGEL, {"knop": "haal-weg", "opmerking": een.pk})
    assert "Deze opmerking is weggehaald." in jans.get(REGEL).text

    jans.post(REGEL, {"knop": "haal-weg", "opmerking": antwoord.pk})

    assert not Regelopmerking.objects.exists()
