"""A board takes its time: what it answers counts, also when a next routekaart was fixed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from preventieplan.bestuur.domain.antwoorden import Given, save_answers
from preventieplan.routekaart.pages import routekaart_page
from stsdialoog.seen import mark_of
from tests.preventieplan.bestuur.vast import invite, keep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("scored")]


@pytest.fixture
def fixed_twice(huis, tom):
    """Of the first, the voorzitter answers one thing before the second is fixed, and one after."""
    now = timezone.now()
    first, second = (
        keep(huis.dossier, door=tom, vragen=["Twee lesuren?", "Een bus?"], op=now - days)
        for days in (timedelta(days=40), timedelta(hours=1))
    )
    link, _ = invite(first, door=tom)
    save_answers(link=link, given={1: Given("nee")}, seen=mark_of())
    link.antwoorden.update(op=now - timedelta(days=20))
    invite(second, door=tom)
    save_answers(link=link, given={2: Given("ja", "In mei.")}, seen=mark_of((1, 1)))
    return first, second


def test_the_dossier_says_what_each_came_to(als, tom, huis, fixed_twice):
    first, second = fixed_twice

    page = als(tom).get(reverse("dossier", args=[huis.dossier.pk])).text

    for kaart in fixed_twice:
        assert reverse("vastgesteld-een", args=[huis.dossier.pk, kaart.pk]) in page
    assert "1 van 1 antwoordde: 1 ja, 1 nee, 0 later" in page
    assert "1 link gemaild, nog geen antwoord" in page
    assert page.index(str(second.pk)) < page.index(str(first.pk))
    everything = als(tom).get(reverse("vastgesteld", args=[huis.dossier.pk])).text
    assert "1 van 1 antwoordde: 1 ja, 1 nee, 0 later" in everything


def test_what_nobody_answered_does_not_fill_the_dossier(als, tom, huis):
    now = timezone.now()
    kaarten = [keep(huis.dossier, door=tom, op=now - timedelta(days=days)) for days in (40, 20, 0)]

    page = als(tom).get(reverse("dossier", args=[huis.dossier.pk])).text

    assert [str(kaart.pk) in page for kaart in kaarten] == [False, False, True]
    assert "Alle vastgestelde routekaarten (3)" in page


def test_only_her_last_answer_counts(als, tom, huis, fixed_twice):
    link = fixed_twice[0].links.get()
    save_answers(link=link, given={2: Given("later")}, seen=mark_of((1, 1), (2, 1)))

    page = als(tom).get(reverse("dossier", args=[huis.dossier.pk])).text

    assert "1 van 1 antwoordde: 0 ja, 1 nee, 1 later" in page


def test_the_next_routekaart_has_what_came_in_after_the_last(huis, fixed_twice):
    """What came in before that stood on the last one already."""
    page = routekaart_page(dossier=huis.dossier, today=timezone.localdate())

    (said,) = page.kaart.sinds_vorige.antwoorden
    assert (said.vraag, said.keuze, said.zin) == ("Een bus?", "ja", "In mei.")
