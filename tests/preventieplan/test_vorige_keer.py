"""Who begins with a goal reads first what was agreed about it before and is still open."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.checks import Vervolgstap
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from preventieplan.domain.acties import create_planactie
from tests.dossiers.acties.looking_back import look_back

pytestmark = pytest.mark.django_db

ASKED = "Wat spraken we vorige keer af?"


@pytest.fixture
def agree(dossier, doel, tom):
    def make(wat: str, days: int, **more) -> Actie:
        actie = create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
        made = timezone.now() - timedelta(days=days)
        Actie.objects.filter(pk=actie.pk).update(gemaakt_op=made, **more)
        return actie

    return make


def goal(browser, dossier, doel, view="bespreken") -> str:
    address = reverse("doelstelling", args=[dossier.pk, doel.code])
    return browser.get(f"{address}?weergave={view}").text


def told(page: str) -> str:
    """What stands at the first stop, before its question."""
    return page[page.index(ASKED) : page.index("Vraag 1 van")]


def test_it_stands_before_the_first_question(als, huis, dossier, doel, agree):
    today = timezone.localdate()
    agree("Een affiche", 40)
    late = agree("Bel de ouders op", 40, wanneer_op=today - timedelta(days=1))
    agree("Dit is gedaan", 40, stand="klaar")
    agree("Van vandaag", 0)

    words = told(goal(als(huis.team), dossier, doel))

    assert words.index("Bel de ouders op") < words.index("Een affiche")
    assert "over tijd sinds" in words
    assert reverse("check", args=[dossier.pk, late.pk]) in words
    assert "Dit is gedaan" not in words
    assert "Van vandaag" not in words
    # In the list all actions stand below, as they are.
    assert ASKED not in goal(als(huis.team), dossier, doel, "lijst")


def test_what_was_agreed_today_is_this_time(als, huis, dossier, doel, agree, tom):
    agree("Van vandaag", 0)
    assert ASKED not in goal(als(huis.team), dossier, doel)

    before = agree("Van gisteren", 1)
    assert "Van gisteren" in told(goal(als(huis.team), dossier, doel))
    look_back(before, tom, besluit="bijsturen", vervolg=Vervolgstap(wat="De nieuwe stap"))
    assert ASKED not in goal(als(huis.team), dossier, doel)


def test_a_closed_dossier_asks_nothing(als, huis, dossier, doel, agree):
    agree("Een affiche", 40)
    assert ASKED in goal(als(huis.lezer), dossier, doel)

    close_dossier(dossier=dossier, door=huis.ankerfiguur)

    assert ASKED not in goal(als(huis.lezer), dossier, doel)


def test_of_many_the_first_two_stand_there_with_the_way_to_all(als, huis, dossier, doel, agree):
    for number in range(3):
        agree(f"Actie {number}", 40)

    words = told(goal(als(huis.team), dossier, doel))

    assert words.count("<li>") == 2
    assert '&amp;stop=acties">Alle 3 afspraken</a>' in words
