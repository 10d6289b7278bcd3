"""At the start of a talk stands what the last one agreed on and is still open."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.models import Gesprek
from dossiers.acties.domain.acties import choose_trekkers
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.velden.domain.striking import restore, strike

pytestmark = pytest.mark.django_db

ASKED = "Wat spraken we vorige keer af?"


@pytest.fixture
def sjablonen(laad):
    return laad("sjablonen-plan-en-opvolging")


@pytest.fixture
def talk(start, sjablonen):
    """Starts a talk, some days ago."""

    def make(days: int) -> Gesprek:
        gesprek = start(sjablonen)
        Gesprek.objects.filter(pk=gesprek.pk).update(
            gemaakt_op=timezone.now() - timedelta(days=days), titel=f"Van {days} dagen geleden"
        )
        gesprek.refresh_from_db()
        return gesprek

    return make


def agree(gesprek: Gesprek, wat: str, door, **more) -> Actie:
    actie = create_gespreksactie(
        onderdeel=gesprek.versie.onderdelen.get(acties="plannen"),
        gesprek=gesprek,
        wat=wat,
        door=door,
        wie=more.pop("wie", ""),
    )
    Actie.objects.filter(pk=actie.pk).update(**more)
    return actie


def cover(browser, gesprek: Gesprek) -> str:
    return browser.get(reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])).text


def test_the_next_talk_begins_with_what_is_open(als, tom, talk):
    before, now = talk(30), talk(0)
    late = timezone.localdate() - timedelta(days=2)
    agree(before, "Een welkom aan de poort", tom, wie="de directie")
    agree(before, "Bel de ouders op", tom, wanneer_op=late)
    done = agree(before, "Dit is gedaan", tom, stand="klaar")

    page = cover(als(tom), now)

    assert ASKED in page
    assert page.index(ASKED) < page.index("De stappen van het gesprek")
    # What is over its date first.
    assert 0 < page.index("Bel de ouders op") < page.index("Een welkom aan de poort")
    assert "over tijd sinds" in page
    assert f"Van {30} dagen geleden" in page
    assert "Dit is gedaan" not in page
    assert done.pk is not None
    # In that talk itself nothing was agreed before.
    assert ASKED not in cover(als(tom), before)


def test_each_leads_to_its_check(als, huis, talk):
    before, now = talk(30), talk(0)
    actie = agree(before, "Bel de ouders op", huis.team)
    row = f"{reverse('overzicht', args=[huis.dossier.pk])}"

    check = reverse("check", args=[huis.dossier.pk, actie.pk])
    assert f'href="{check}">Check<' in cover(als(huis.team), now)
    # Who may only read is led to where it stands.
    assert f'href="{row}#actie-{actie.pk}">Bekijk<' in cover(als(huis.lezer), now)


def test_the_last_talk_with_something_open_counts(als, tom, talk):
    oldest, older, last, now = talk(60), talk(40), talk(20), talk(0)
    agree(oldest, "Van heel lang geleden", tom)
    agree(older, "Van lang geleden", tom)
    finished = agree(last, "Van vorige keer", tom)
    browser = als(tom)
    assert "Van vorige keer" in cover(browser, now)
    assert "Van lang geleden" not in cover(browser, now)

    strike(record=finished, door=tom)
    page = cover(browser, now)
    assert "Van lang geleden" in page
    assert "Van heel lang geleden" not in page

    restore(record=finished, door=tom)
    strike(record=last, door=tom)
    assert "Van lang geleden" in cover(browser, now)


def test_without_anything_open_nothing_stands_there(als, huis, tom, talk):
    before, now = talk(30), talk(0)
    assert ASKED not in cover(als(tom), now)
    agree(before, "Bel de ouders op", tom)
    assert ASKED in cover(als(tom), now)

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert ASKED not in cover(als(tom), now)


def test_who_of_the_team_does_it_stands_there_without_words(als, huis, tom, talk):
    before, now = talk(30), talk(0)
    actie = agree(before, "Bel de ouders op", tom)
    assert "nog niemand" in cover(als(tom), now)

    actie.dossier = huis.dossier
    choose_trekkers(actie=actie, gekozen=[huis.medewerker.pk], stond=[], door=tom)

    page = cover(als(tom), now)
    assert "nog niemand" not in page
    assert "<small>Marie" in page


def test_a_cover_asks_as_much_whatever_was_agreed(als, tom, talk, django_assert_num_queries):
    before, now = talk(30), talk(0)
    browser = als(tom)
    agree(before, "Bel de ouders op", tom)
    cover(browser, now)
    with django_assert_num_queries(11):
        cover(browser, now)
    for number in range(9):
        agree(before, f"Actie {number}", tom)
    with django_assert_num_queries(11):
        cover(browser, now)


def test_the_last_talk_is_the_one_that_was_held_last_not_the_one_that_was_made_last(als, tom, talk):
    held, written_up_later, now = talk(10), talk(5), talk(0)
    today = timezone.localdate()
    for gesprek, days in ((held, 8), (written_up_later, 200), (now, 0)):
        Gesprek.objects.filter(pk=gesprek.pk).update(datum=today - timedelta(days=days))
    agree(held, "Bel de ouders op", tom)
    agree(written_up_later, "Een welkom aan de poort", tom)

    page = cover(als(tom), now)

    assert "Bel de ouders op" in page
    assert "Een welkom aan de poort" not in page
    # Nor does one that is only planned come before the one of today.
    Gesprek.objects.filter(pk=held.pk).update(datum=today + timedelta(days=8))
    page = cover(als(tom), now)
    assert "Een welkom aan de poort" in page
    assert "Bel de ouders op" not in page
