"""When there is school in one school, and what keeps it shut this schooljaar."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q

from dossiers.kalender.models import VrijeDag
from dossiers.kalender.schooldays import DAY, Schooldays, Vakantie, vakanties
from dossiers.mensen.models import CLB, School

# In the months before it, the days off of a next schooljaar are set.
START = 9


class FreeDaysOf:
    """The days that a school has off, read when somebody first asks for one."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.days: frozenset[date] | None = None

    def __contains__(self, day: object) -> bool:
        if self.days is None:
            rows = VrijeDag.objects.filter(Q(school=self.school) | Q(clb=self.school.clb_id))
            self.days = frozenset(each_day(rows.order_by().values_list("van", "tot")))
        return day in self.days


def schooldays_of(*, school: School) -> Schooldays:
    """When there is school, with the days off of the school itself and of its CLB.

    No query until somebody asks for a day, and then one, however often that is asked of the same
    record of the school: a page asks it of each of its actions.
    """
    known: Schooldays | None = vars(school).get("schooldays")
    if known is None:
        known = vars(school)["schooldays"] = Schooldays(FreeDaysOf(school))
    return known


def coming_vakanties(*, today: date) -> list[Vakantie]:
    """The vacations of this schooljaar that are not over yet, and in summer those of the next."""
    year = today.year if today.month >= START else today.year - 1
    end = date(year + 1, START, 1)
    if today.month in (START - 2, START - 1):
        end = date(year + 2, START, 1)
    return [one for one in vakanties() if today <= one.tot and one.van < end]


def vrije_dagen_of(plaats: CLB | School, *, today: date) -> list[VrijeDag]:
    """The days off of a place that are not over yet, by day. One query."""
    return list(plaats.vrije_dagen.filter(tot__gte=today))


def each_day(spans: Iterable[tuple[date, date]]) -> Iterator[date]:
    """The days of these spans, each with its first and last one."""
    for van, tot in spans:
        for number in range((tot - van) // DAY + 1):
            yield van + timedelta(days=number)
