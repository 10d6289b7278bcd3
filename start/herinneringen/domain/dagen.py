"""On which days mail goes out, and on which day one is reminded of another.

Nobody gets mail on a day without school, in all of Flanders or in each of her places
(`vrij.py`), so what would fall on one comes on the last schoolday before: of a Monday one hears on
Friday, of what is to be done in a vacation before it begins.
"""

from datetime import date, timedelta
from enum import StrEnum

from django.utils.formats import date_format

from dossiers.kalender.schooldays import Schooldays
from start.herinneringen.models import Ritme

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SOON = ("vandaag", "morgen")
TWO_WEEKS = 2 * WEEK
# So long may it be from a day on which mail goes out to the next one, in summer.
LONGEST_WITHOUT = timedelta(days=75)
# The vacations of all schools: one mail goes out for several of them.
SCHOOL = Schooldays()


class Stap(StrEnum):
    """How near a day is; of each somebody hears once."""

    VOORAF = "v"
    MORGEN = "m"
    LAAT = "l"


def goes_out(day: date) -> bool:
    return SCHOOL.has(day)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def begin_of_week(day: date, school: Schooldays = SCHOOL) -> date:
    """The first day with school of the week of a day; in a week without any, later than that."""
    return school.first_from(monday_of(day))


def until(ritme: str, *, today: date, school: Schooldays = SCHOOL) -> date:
    """The last day before somebody gets a next mail, so that she hears today what is due by then.

    today: a day on which she gets one. school: the days on which she may.
    """
    if ritme == Ritme.WEKELIJKS:
        return begin_of_week(today + WEEK, school) - DAY
    return school.first_from(today + DAY) - DAY


def step_to(day: date, *, today: date, until: date, planned: date) -> Stap | None:
    """How near a day is, for somebody who gets no other mail until after `until`.

    planned: the day on which it was planned. Who plans something for next week is not reminded of
        it right away.
    """
    if day < today:
        return Stap.LAAT
    if SCHOOL.last_before(day) <= until:
        return Stap.MORGEN
    early = day - TWO_WEEKS
    if planned < early and SCHOOL.last_before(early + DAY) <= until:
        return Stap.VOORAF
    return None


def furthest(until: date) -> date:
    """The last day of which somebody could hear by `until`."""
    return until + TWO_WEEKS + LONGEST_WITHOUT


def said_of(day: date, *, today: date) -> str:
    """How a mail of today says a day: one of SOON, or its date."""
    named = dict(zip((today, today + DAY), SOON, strict=True)).get(day)
    return named or date_format(day, "l j F" if abs((day - today).days) < 300 else "l j F Y")
