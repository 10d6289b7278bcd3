"""A dossier that was kept long enough is announced, waits, and goes; one click keeps it."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import take_erasure_back
from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from start.bewaring.domain import dossiers
from start.bewaring.domain.dossiers import announce, kept_long_enough
from start.domain.erasing import erase_due
from start.queries.changes import WRITTEN
from stsdialoog.small_steps import midnight
from stsdialoog.wislijst import WACHTTIJD, erased_keys
from tests.conftest import SCHOOLJAAR
from tests.elders import Vol

pytestmark = pytest.mark.django_db

# The dossier is of 2026-2027, so the five schooljaren after it end on the 31st of August of 2032.
LAST = date(SCHOOLJAAR + 6, 8, 31)
FIRST = LAST + timedelta(days=1)


def at(day: date, *, hour: int = 12) -> datetime:
    return midnight(day) + timedelta(hours=hour)


@pytest.fixture
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


def test_it_stays_for_five_schooljaren_after_its_own(huis):
    assert not kept_long_enough(LAST).exists()
    assert kept_long_enough(FIRST).get() == huis.dossier


def test_who_works_there_hears_it_and_reads_it_a_month_longer(
    als, huis, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert sum(announce(op=FIRST)) == 1

    found = Dossier.objects.get()
    assert (found.wissen_op, found.is_open) == (FIRST + WACHTTIJD, False)
    # The ankerfiguur, the CLB and the team; the board only reads.
    told = sorted(mail.to[0] for mail in mailoutbox)
    assert told == ["an@test.be", "marie@test.be", "tom@test.be"]
    assert "is lang genoeg bewaard" in mailoutbox[0].body
    assert "None" not in mailoutbox[0].body
    page = als(huis.ankerfiguur).get(reverse("dossier-logboek", args=[found.pk])).text
    assert "STS-Dialoog vroeg om dit dossier te wissen, ten vroegste over 30 dagen." in page
    assert sum(announce(op=FIRST)) == 0


@pytest.mark.django_db(transaction=True)
def test_a_month_later_it_is_gone(huis, wislijst):
    sum(announce(op=FIRST))

    assert sum(erase_due(op=FIRST + WACHTTIJD - timedelta(days=1))) == 0
    assert sum(erase_due(op=FIRST + WACHTTIJD)) == 1

    assert not Dossier.objects.exists()
    assert erased_keys(Dossier) == {str(huis.dossier.pk)}


def test_who_keeps_it_has_it_until_the_end_of_the_next_schooljaar(als, huis, monkeypatch):
    sum(announce(op=FIRST))
    monkeypatch.setattr(timezone, "localdate", lambda *_: FIRST + timedelta(days=3))
    als(huis.ankerfiguur).post(reverse("dossier-wissen", args=[huis.dossier.pk]), {"terug": "1"})

    until = date(SCHOOLJAAR + 8, 8, 31)
    found = Dossier.objects.get()
    assert (found.wissen_op, found.langer_tot) == (None, until)
    assert not kept_long_enough(until).exists()
    assert kept_long_enough(until + timedelta(days=1)).exists()


def test_keeping_a_young_one_makes_its_term_no_shorter(huis):
    Dossier.objects.update(wissen_op=timezone.localdate() + WACHTTIJD, afgesloten_op=timezone.now())
    take_erasure_back(dossier=huis.dossier, door=huis.ankerfiguur, today=date(SCHOOLJAAR, 11, 30))

    assert not kept_long_enough(LAST).exists()


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_what_somebody_still_works_in_stays(huis, model):
    """Whatever she wrote in: the five schooljaren run from then."""
    vol = Vol(huis.dossier, huis.team)
    for naam in ("antwoord", "inschaling", "routezinnen", "check", "notitie", "stap"):
        getattr(vol, naam)
    if not model.objects.exists():
        model.objects.create(dossier=huis.dossier, gewijzigd_door=huis.team)
    old = at(date(SCHOOLJAAR, 10, 1))
    for each in WRITTEN:
        each.objects.update(gewijzigd_op=old)
    assert kept_long_enough(FIRST).exists()
    model.objects.update(gewijzigd_op=at(date(SCHOOLJAAR + 1, 8, 31), hour=23))
    assert kept_long_enough(FIRST).exists()

    model.objects.update(gewijzigd_op=at(date(SCHOOLJAAR + 1, 9, 1), hour=1))

    assert not kept_long_enough(FIRST).exists()
    assert kept_long_enough(date(FIRST.year + 1, 9, 1)).exists()


def test_what_was_closed_later_is_kept_from_then(huis):
    Dossier.objects.update(afgesloten_op=at(date(SCHOOLJAAR + 2, 1, 10)))

    assert not kept_long_enough(date(SCHOOLJAAR + 7, 8, 31)).exists()
    assert kept_long_enough(date(SCHOOLJAAR + 7, 9, 1)).exists()


def test_an_oefendossier_has_a_term_of_its_own(huis):
    huis.school.__class__.objects.update(
        oefen=True, instellingsnummer=None, niveau="", gemeente="", provincie=""
    )

    assert not kept_long_enough(FIRST).exists()


def test_not_all_of_flanders_in_one_night(huis, ander_huis, monkeypatch):
    monkeypatch.setattr(dossiers, "MOST_A_NIGHT", 1)

    assert sum(announce(op=FIRST)) == 1
    assert kept_long_enough(FIRST).count() == 1
    assert sum(announce(op=FIRST)) == 1
    lines = Logregel.objects.filter(handeling="dossier-wissen-gevraagd", door=None)
    assert lines.count() == 2
