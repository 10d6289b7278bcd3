"""The sociale kaart of the CLB stands beside phase 2 and 3, and nowhere else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers.sociale_kaart.models import Voorziening
from dossiers.sociale_kaart.queries import BESIDE
from preventieplan.models import Doelstelling
from tests.dossiers.sociale_kaart.kaart import place, places

pytestmark = pytest.mark.django_db

VOORZIENING = Voorziening._meta.db_table


@pytest.fixture
def goals(dossier) -> dict[int, str]:
    """The code of the first goal of each phase."""
    found = Doelstelling.objects.filter(versie=dossier.planversie).order_by("-fase", "-volgorde")
    return {doel.fase: doel.code for doel in found}


def asked(browser, url: str) -> tuple[str, int]:
    """A page, and how often it asked for places."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = browser.get(url).text
    return page, sum(VOORZIENING in one["sql"] for one in queries)


@pytest.mark.parametrize("weergave", ["lijst", "bespreken"])
def test_it_stands_beside_the_goals_of_phase_2_and_3(als, tom, dossier, huis, goals, weergave):
    place(huis.clb)
    browser = als(tom)

    for fase in (0, 1, 2, 3):
        url = reverse("doelstelling", args=[dossier.pk, goals[fase]]) + f"?weergave={weergave}"
        page, times = asked(browser, url)
        assert ("De Schakelplek" in page) == (fase >= 2), fase
        assert times == (1 if fase >= 2 else 0), fase


def test_it_stands_beside_phase_2_and_3_themselves(als, tom, dossier, huis):
    place(huis.clb)

    for fase in (0, 1, 2, 3):
        page, times = asked(als(tom), reverse("fase-rond", args=[dossier.pk, fase]))
        assert ("De Schakelplek" in page) == (fase >= 2), fase
        assert times == (1 if fase >= 2 else 0), fase


def test_a_goal_whose_content_asks_for_it_has_it_too(als, tom, dossier, huis, goals):
    place(huis.clb)
    Doelstelling.objects.filter(code=goals[1]).update(toont="sociale-kaart")

    page, times = asked(als(tom), reverse("doelstelling", args=[dossier.pk, goals[1]]))

    assert "De Schakelplek" in page
    assert times == 1


def test_saving_asks_for_nothing(als, tom, dossier, huis, goals):
    place(huis.clb)
    browser, code = als(tom), goals[2]
    url = reverse("doelstelling", args=[dossier.pk, code])
    browser.get(url)
    field = f"inschaling-{code}-focus"
    sent = {"veld": field, field: "Samen.", f"{field}_basis": "0"}

    for headers in ({"HX-Request": "true"}, {}):
        with CaptureQueriesContext(connection) as queries:
            assert browser.post(url, sent, headers=headers).status_code in (200, 302, 409)
        assert not any(VOORZIENING in one["sql"] for one in queries)


@pytest.mark.parametrize("many", [BESIDE - 1, BESIDE, BESIDE + 1])
def test_only_the_first_ones_stand_there(als, tom, dossier, huis, goals, many):
    places(huis.clb, many)

    page, _ = asked(als(tom), reverse("doelstelling", args=[dossier.pk, goals[3]]))

    assert page.count("<strong>Plek ") == min(many, BESIDE)
    assert ("Er zijn er meer" in page) == (many > BESIDE)
    assert reverse("sociale-kaart", args=[huis.clb.pk]) in page


def test_an_empty_one_is_a_sentence_and_an_old_place_is_marked(als, tom, dossier, huis, goals):
    url = reverse("doelstelling", args=[dossier.pk, goals[2]])
    assert "staat nog niets" in als(tom).get(url).text

    place(huis.clb, nagekeken=date(2024, 1, 1))
    assert "al een jaar niet nagekeken" in als(tom).get(url).text
