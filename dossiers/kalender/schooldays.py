"""When there is school in Flanders, and what a school has off besides."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays

# The schooljaren of which the vacations are known. The package goes on counting by the rule behind
# them; what may still be decided otherwise is not told as if it were known.
FIRST_KNOWN, LAST_KNOWN = date(2024, 9, 1), date(2030, 8, 31)
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Vakantie:
    """A vacation.

    naam: as people say it, such as "paasvakantie". van, tot: its first and its last day.
    """

    naam: str
    van: date
    tot: date


@dataclass(frozen=True)
class Schooldays:
    """The days with school.

    vrij: the days that a school or its CLB has off besides the vacations and public holidays.
    """

    vrij: Container[date] = frozenset()

    def has(self, day: date) -> bool:
        """Whether there is school on a day. Outside the known years only a weekend is without."""
        return day.weekday() < SATURDAY and day not in _without_school() and day not in self.vrij

    def last_before(self, day: date) -> date:
        """The last day with school before a day."""
        return next(one for one in _days(day - DAY, -DAY) if self.has(one))

    def first_from(self, day: date) -> date:
        """The first day with school on or after a day."""
        return next(one for one in _days(day, DAY) if self.has(one))

    def last_in(self, first: date, last: date) -> date:
        """The last day with school from `first` to `last`; without any, the last weekday of them.

        first, last: seven days or more.
        """
        day = self.last_before(last + DAY)
        if day >= first:
            return day
        return next(one for one in _days(last, -DAY) if one.weekday() < SATURDAY)


def is_known(day: date) -> bool:
    """Whether the vacations of the schooljaar of a day are known."""
    return FIRST_KNOWN <= day <= LAST_KNOWN


@cache
def _without_school() -> dict[date, str]:
    """What keeps a school shut on each day of the known years, by its name."""
    years = range(FIRST_KNOWN.year, LAST_KNOWN.year + 1)
    known: dict[date, str] = {}
    for category in ("public", "school"):
        found = holidays.BE(subdiv="Flemish", categories=(category,), language="nl", years=years)
        known |= {day: name for day, name in found.items() if is_known(day)}
    return known


@cache
def vakanties() -> tuple[Vakantie, ...]:
    """The vacations of all known schooljaren, in order."""
    found: list[Vakantie] = []
    for day, name in sorted(_without_school().items()):
        if not name.endswith("vakantie"):
            continue
        naam = name.lower()
        if found and found[-1].naam == naam and day - found[-1].tot == DAY:
            found[-1] = Vakantie(naam, found[-1].van, day)
        else:
            found.append(Vakantie(naam, day, day))
    return tuple(found)


def _days(day: date, step: timedelta) -> Iterator[date]:
    while True:
        yield day
        day += step
