"""Sint-Jozef came from CLB Ten Berg, where Marie talked with parents: that talk has its own day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dialoogfiches.oudergesprekken.domain.retention import erase, purge
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.models import School
from dossiers.models import Dossier
from start.domain.erasing import ask_to_erase, due_dossiers, erase_due
from start.domain.vertrek import ask_to_leave, erase_schools_due
from stsdialoog.wislijst import WACHTTIJD
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def later(today) -> date:
    """The day of the talk: long after the waiting time."""
    return today + WACHTTIJD + timedelta(days=200)


@pytest.fixture
def gesprek(huis, later) -> Oudergesprek:
    talk = make_gesprek(huis)
    Oudergesprek.objects.filter(pk=talk.pk).update(wissen_op=later)
    return talk


def moves(huis, ander_huis) -> Dossier:
    """Sint-Jozef goes to CLB De Brug, where Anna is the ankerfiguur."""
    huis.school.clb = ander_huis.clb
    change_school(school=huis.school, door=huis.ankerfiguur)
    return Dossier.objects.select_related("school").get(pk=huis.dossier.pk)


def is_there(dossier) -> bool:
    return Dossier.objects.filter(pk=dossier.pk).exists()


def test_the_dossier_waits_for_the_day_of_that_talk(
    als, huis, ander_huis, gesprek, today, later, mailoutbox
):
    dossier = moves(huis, ander_huis)
    mailoutbox.clear()
    adres = reverse("dossier-wissen", args=[dossier.pk])
    anna = als(ander_huis.ankerfiguur)
    page = anna.get(adres).text
    assert date_format(later, "j F Y") in page
    assert "vroeger opvolgde, bewaart er tot die dag nog iets" in page
    # Not what, and not how much.
    assert "esprek met ouders" not in page

    anna.post(adres)

    assert Dossier.objects.get(pk=dossier.pk).wissen_op == later
    assert {date_format(later, "j F Y") in mail.subject for mail in mailoutbox} == {True}
    assert sum(erase_due(op=later - timedelta(days=1))) == 0
    assert Oudergesprek.objects.filter(pk=gesprek.pk).exists()
    assert sum(erase_due(op=later)) == 1
    assert not Oudergesprek.objects.exists()


def test_a_dossier_that_waited_already_when_the_school_moved_waits_too(
    huis, ander_huis, gesprek, today, later
):
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=today)
    moves(huis, ander_huis)
    day = today + WACHTTIJD

    assert sum(erase_due(op=day)) == 0

    assert Dossier.objects.get(pk=huis.dossier.pk).wissen_op == later
    assert sum(erase_due(op=later)) == 1


def test_one_that_moves_in_the_middle_of_the_night_is_not_due_any_more(
    huis, ander_huis, gesprek, today
):
    """What is due is asked again when a dossier is locked to be erased."""
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=today)
    due = due_dossiers(today + WACHTTIJD)
    assert due.exists()

    moves(huis, ander_huis)

    assert not due.all().exists()


def test_its_author_may_erase_it_sooner(huis, ander_huis, gesprek, today):
    """Nobody is kept from erasing her own talk, and the dossier keeps the day that was told."""
    dossier = moves(huis, ander_huis)
    ask_to_erase(dossier=dossier, door=ander_huis.ankerfiguur, today=today)
    erase(oudergesprek=gesprek, door=huis.medewerker)

    assert sum(erase_due(op=today + WACHTTIJD)) == 0
    assert is_there(dossier)


def test_a_talk_of_the_clb_of_today_holds_nothing_back(huis, gesprek, today):
    """It is the CLB of the school itself that asks it, and its page says that it goes."""
    ask_to_erase(dossier=huis.dossier, door=huis.ankerfiguur, today=today)

    assert sum(erase_due(op=today + WACHTTIJD)) == 1
    assert not Oudergesprek.objects.exists()


def test_a_talk_of_which_the_day_comes_first_holds_nothing_back(huis, ander_huis, gesprek, today):
    soon = today + timedelta(days=3)
    Oudergesprek.objects.filter(pk=gesprek.pk).update(wissen_op=soon)
    dossier = moves(huis, ander_huis)
    ask_to_erase(dossier=dossier, door=ander_huis.ankerfiguur, today=today)

    assert sum(purge(op=soon)) == 1
    assert sum(erase_due(op=today + WACHTTIJD)) == 1


def test_a_school_that_stops_waits_with_it(als, huis, ander_huis, gesprek, today, later):
    dossier = moves(huis, ander_huis)
    page = als(ander_huis.ankerfiguur).get(reverse("school-stopt", args=[huis.school.pk])).text
    assert f"op {date_format(later, 'j F Y')}: het CLB van vroeger" in page
    ask_to_leave(school=dossier.school, door=ander_huis.ankerfiguur, today=today)

    assert School.objects.get(pk=huis.school.pk).wissen_op == later
    for day, schools in ((today + WACHTTIJD, 0), (later, 1)):
        list(erase_due(op=day))
        assert sum(erase_schools_due(op=day)) == schools
    assert School.objects.get() == ander_huis.school


def test_a_school_that_moved_while_it_waited_gets_the_day_of_its_dossier(
    huis, ander_huis, gesprek, today, later
):
    """An ankerfiguur can't move it by then; the STS-team can."""
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)
    huis.school.refresh_from_db()
    moves(huis, ander_huis)
    list(erase_due(op=today + WACHTTIJD))

    assert sum(erase_schools_due(op=today + WACHTTIJD)) == 0
    assert School.objects.get(pk=huis.school.pk).wissen_op == later
