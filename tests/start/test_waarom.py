"""The sentences of Mijn scholen, as a colleague says them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from start.domain.attention import Groep, Standing, groep_of
from start.domain.why import QUOTED, Appointment, Course, Soort, in_two, in_words, on_day, why

TODAY = date(2026, 11, 29)
EARLIER = date(2026, 11, 6)


def afspraak(soort: Soort, op: date = EARLIER, wat: str = "X", wie: str = "") -> Appointment:
    return Appointment(soort, op, uuid4(), wat, wie)


def late(acties: int, checks: int) -> str:
    found = [afspraak(Soort.ACTIE) for _ in range(acties)]
    return why(Groep.NU, found + [afspraak(Soort.CHECK) for _ in range(checks)], None, TODAY)


def course(**known: Any) -> Course:
    day = datetime(2026, 10, 26, 12, tzinfo=timezone.get_current_timezone())
    plain = Course(
        schooljaar="2026-2027",
        geopend=day,
        afgesloten=None,
        gewijzigd=day,
        volgende_check=None,
        nog_te_doen="",
    )
    return replace(plain, **known)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "één"), (2, "twee"), (19, "negentien"), (20, "twintig"), (21, "21")]
)
def test_small_numbers_are_words(number, words):
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("acties", "checks", "begin"),
    [
        (1, 0, "Eén actie over tijd: ‘X’ moest klaar zijn op vrijdag 6 november."),
        (2, 0, "Twee acties over tijd; de oudste, ‘X’, moest klaar zijn op vrijdag 6 november."),
        (21, 0, "21 acties over tijd; de oudste, "),
        (0, 1, "Eén check over tijd: de check van ‘X’ was op vrijdag 6 november."),
        (0, 3, "Drie checks over tijd; de oudste, de check van ‘X’, was op vrijdag 6 november."),
        (1, 1, "Eén actie en één check over tijd; de oudste, ‘X’, moest"),
        (12, 2, "Twaalf acties en twee checks over tijd; de oudste, "),
    ],
)
def test_one_and_more_that_is_late(acties, checks, begin):
    assert late(acties, checks).startswith(begin)


@pytest.mark.parametrize(
    ("others", "end"),
    [
        (0, "‘X’ moet klaar zijn vandaag."),
        (1, "vandaag, en nog één afspraak."),
        (2, "vandaag, en nog twee afspraken."),
    ],
)
def test_one_and_more_this_week(others, end):
    afspraken = [afspraak(Soort.ACTIE, TODAY)] * (1 + others)

    assert why(Groep.DEZE_WEEK, afspraken, None, TODAY).endswith(end)


@pytest.mark.parametrize(
    ("acties", "first", "rest"),
    [
        (1, "Eén actie over tijd", "‘X’ moest klaar zijn op vrijdag 6 november."),
        (2, "Twee acties over tijd", "De oudste, ‘X’, moest klaar zijn op vrijdag 6 november."),
    ],
)
def test_what_is_late_is_said_in_one_line_and_which_one_in_a_quiet_line(acties, first, rest):
    assert in_two(late(acties, 0)) == (first, rest)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "vandaag"),
        (TODAY + timedelta(days=1), "op maandag 30 november"),
        (date(2026, 9, 1), "op dinsdag 1 september"),
        (date(2027, 8, 31), "op dinsdag 31 augustus"),
        (date(2026, 8, 31), "op maandag 31 augustus 2026"),
        (date(2027, 9, 1), "op woensdag 1 september 2027"),
    ],
)
def test_a_day_has_its_year_when_it_is_of_another_schooljaar(day, words):
    assert on_day(day, TODAY) == words


@pytest.mark.parametrize(
    ("known", "zin"),
    [
        ({}, "Bijgewerkt op maandag 26 oktober."),
        (
            {"volgende_check": date(2026, 12, 5)},
            "Bijgewerkt op maandag 26 oktober; volgende check op zaterdag 5 december.",
        ),
        ({"gewijzigd": None}, "Geopend op maandag 26 oktober; nog niets ingevuld."),
        ({"afgesloten": course().geopend}, "Afgesloten op maandag 26 oktober."),
    ],
)
def test_what_runs_by_itself(known, zin):
    assert why(Groep.LOOPT, [], course(**known), TODAY) == zin


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_so_many_letters_are_quoted(over):
    wat = "a" * (QUOTED + over)
    zin = why(Groep.NU, [afspraak(Soort.ACTIE, wat=wat)], None, TODAY)

    assert f"‘{wat}’" in zin if over <= 0 else f"‘{'a' * (QUOTED - 1)}…’" in zin


def test_a_quote_ends_behind_a_word_and_stays_on_one_line():
    wat = "woord, " * 30
    zin = why(Groep.NU, [afspraak(Soort.ACTIE, wat=f"Eerst\n{wat}", wie="  ")], None, TODAY)

    assert "‘Eerst woord, woord, woord, woord, woord, woord, woord, woord, woord…’ moest" in zin


@pytest.mark.parametrize(
    ("eerste_dag", "gesprek_op", "groep"),
    [
        (TODAY - timedelta(days=1), None, Groep.NU),
        (TODAY, None, Groep.DEZE_WEEK),
        (TODAY + timedelta(days=8), TODAY + timedelta(days=7), Groep.DEZE_WEEK),
        (TODAY + timedelta(days=8), None, Groep.STIL),
        (None, None, Groep.STIL),
    ],
)
def test_the_first_group_that_fits(eerste_dag, gesprek_op, groep):
    standing = Standing(
        begonnen=True,
        is_open=True,
        gewijzigd=False,
        eerste_dag=eerste_dag,
        gesprek_op=gesprek_op,
    )

    assert groep_of(standing, today=TODAY) == groep
