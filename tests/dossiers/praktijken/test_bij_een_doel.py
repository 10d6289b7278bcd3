"""Beside a goal that scores low, or lacks a thing, stands what worked in other schools."""

import pytest
from django.urls import reverse

from dossiers.domain import open_dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.goal_page import ASKS_UP_TO
from preventieplan.models import Antwoord, Antwoordstand, Inschaling
from tests.dossiers.praktijken.praktijken import (
    helped_in,
    of_huis,
    on_the_shelf,
    other_schools,
)

pytestmark = pytest.mark.django_db

KOP = "Wat werkte in andere scholen?"


@pytest.fixture
def goal(dossier, doel) -> str:
    return reverse("doelstelling", args=[dossier.pk, doel.code])


@pytest.fixture
def bij(dossier, doel) -> str:
    return reverse("praktijken-bij", args=[dossier.pk, doel.code])


def score(dossier, doel, door, waarde) -> None:
    record = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=record, veld="score", waarde=waarde, basis=0, door=door)


@pytest.mark.parametrize("weergave", ["bespreken", "lijst"])
@pytest.mark.parametrize(
    ("waarde", "stands"),
    [(0, True), (ASKS_UP_TO - 1, True), (ASKS_UP_TO, True), (ASKS_UP_TO + 1, False), (None, False)],
)
def test_up_to_a_five_it_stands_there(als, tom, dossier, doel, goal, bij, weergave, waarde, stands):
    if waarde is not None:
        score(dossier, doel, tom, waarde)

    page = als(tom).get(goal, {"weergave": weergave}).text

    assert (KOP in page) == stands
    assert (bij in page) == stands
    # Without JavaScript.
    assert (f'{reverse("uit-de-scholen")}?doel={doel.code}"' in page) == stands


@pytest.mark.parametrize("stand", Antwoordstand)
def test_with_a_question_that_is_not_there_yet_it_stands_there_too(
    als, tom, dossier, doel, vraag, goal, stand
):
    score(dossier, doel, tom, 9)
    record = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=record, veld="stand", waarde=stand, basis=0, door=tom)

    assert (KOP in als(tom).get(goal).text) == (stand == Antwoordstand.NOG_NIET)


def test_over_two_moments_it_comes_and_goes(als, tom, dossier, doel, goal):
    score(dossier, doel, tom, ASKS_UP_TO + 1)
    assert KOP not in als(tom).get(goal).text
    for waarde in (ASKS_UP_TO, ASKS_UP_TO + 1):
        record = Inschaling.objects.get()
        save_veld(record=record, veld="score", waarde=waarde, basis=record.score_revisie, door=tom)
        assert (KOP in als(tom).get(goal).text) == (waarde == ASKS_UP_TO)


@pytest.mark.parametrize("number", [0, 1, 3, 4])
def test_at_most_three_stand_there(als, tom, doel, ander_huis, bij, number):
    for nummer in range(number):
        on_the_shelf(ander_huis.dossier, ander_huis.team, wat=f"Idee {nummer}", hoort_bij=doel.code)

    page = als(tom).get(bij).text

    assert page.count('class="praktijk-naam"') == min(number, 3)
    assert ("Nog geen school deelde hierbij" in page) == (number == 0)


def test_same_goal_comes_first_then_same_niveau_then_what_helped_most(
    als, huis, tom, doel, ander_huis, bij
):
    (basis,) = other_schools(ander_huis.clb, 1, niveau="bao", first=900)
    elsewhere = open_dossier(school=basis, schooljaar=2026, door=ander_huis.ankerfiguur)
    thea, anna = ander_huis.team, ander_huis.ankerfiguur
    phase = on_the_shelf(ander_huis.dossier, thea, wat="Van de fase", hoort_bij="f0")
    other = on_the_shelf(elsewhere, anna, wat="Ander niveau", hoort_bij=doel.code)
    popular = on_the_shelf(ander_huis.dossier, thea, wat="Hielp veel", hoort_bij=doel.code)
    plain = on_the_shelf(ander_huis.dossier, thea, wat="Hielp weinig", hoort_bij=doel.code)
    of_huis(huis, wat="Van ons zelf", hoort_bij=doel.code)
    on_the_shelf(ander_huis.dossier, thea, wat="Van elders", hoort_bij="f1-1")
    scholen = other_schools(ander_huis.clb, 6)
    helped_in(popular, scholen[:5])
    helped_in(other, scholen)
    helped_in(phase, scholen)

    page = als(tom).get(bij).text

    order = [page.index(one.wat) for one in (popular, plain, other)]
    assert order == sorted(order)
    for absent in ("Van de fase", "Van ons zelf", "Van elders"):
        assert absent not in page


def test_what_is_fetched_costs_as_many_queries_for_three_as_for_none(
    als, tom, doel, ander_huis, bij, django_assert_num_queries
):
    browser = als(tom)
    browser.get(bij)
    for more in (0, 3):
        for nummer in range(more):
            on_the_shelf(
                ander_huis.dossier, ander_huis.team, wat=f"Idee {nummer}", hoort_bij=doel.code
            )
        with django_assert_num_queries(5):
            browser.get(bij)
