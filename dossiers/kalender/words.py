"""What words about time mean in a school: "voor de paasvakantie", "begin februari", "elke maandag".

Words that could mean two things mean nothing here: a date that somebody did not mean is worse than
none. So only a whole phrase is understood, up to the first comma or bracket, and what comes back
each year is that of the schooljaar it is planned in.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from dossiers.kalender.schooldays import DAY, Schooldays, Vakantie, is_known, vakanties

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"mrt": 3, "sept": 9}
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NUMBERS = {
    "een": 1,
    "één": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "acht": 8,
    "tien": 10,
    "veertien": 14,
}
VAKANTIES = {
    "herfst": "herfstvakantie",
    "kerst": "kerstvakantie",
    "krokus": "krokusvakantie",
    "paas": "paasvakantie",
    "zomer": "zomervakantie",
    "grote": "zomervakantie",
}
WEEK = timedelta(days=7)
# The months in which the vacation begins, and school.
SUMMER, START = 7, 9
# How long a rhythm has to run before there is anything to look back on: a proposal of the project.
LOOK_BACK = {"dag": 2 * WEEK, "week": 4 * WEEK, "weken": 6 * WEEK, "maand": 9 * WEEK}

_MONTH = "|".join((*MONTHS, *sorted(SHORT, key=len, reverse=True)))
_NUMBER = "|".join((r"\d{1,2}", *NUMBERS))
_WEEKDAY = "|".join(WEEKDAYS)
# Before a day, it says whether the day itself still counts. "Vanaf" and "na" a day name no end.
_PREP = "(?:(?P<prep>voor|vóór|tegen|uiterlijk|ten laatste|op|in|tijdens|rond) )?"
_WHICH = "(?:(?:tegen|in|eind|einde) )?(?P<welke>deze|volgende|komende)"
_FILLER = re.compile(r"(?:klaar|af|liefst|best|ergens|zeker) ")


@dataclass(frozen=True)
class Moment:
    """What words about time mean.

    dag: the day on which it has to be done. When the words name a rhythm (`herhaalt`), there is
        no such day, and this is a first one to look back on.
    waarom: how the day follows from the words; empty when they are that day.
    """

    dag: date
    waarom: str = ""
    herhaalt: bool = False

    def __str__(self) -> str:
        day = date_format(self.dag, "l j F Y")
        return f"{day}, {self.waarom}" if self.waarom else day


@dataclass(frozen=True)
class _Asked:
    """Words that fit a rule, the day on which they were written, and when there is school.

    first, last: those of the schooljaar it is planned in.
    """

    found: re.Match[str]
    today: date
    school: Schooldays
    first: date
    last: date

    def __getitem__(self, name: str) -> str:
        return self.found[name] or ""

    @property
    def is_before(self) -> bool:
        return self["prep"] in {"voor", "vóór"}

    @property
    def begin(self) -> date:
        """From here on one looks for what comes back each year; `last` is how far."""
        return max(self.today, self.first)


def understand(
    text: str, *, today: date, school: Schooldays, first: date, last: date
) -> Moment | None:
    """The moment that words mean, as written on a day; None when they mean none, or several.

    today: the day on which they are read; a moment before it is none.
    school: the days with school, for "voor de paasvakantie" and the like.
    first, last: those of the schooljaar it is planned in. A day that comes back each year is the
        one of that, and none when it has passed.
    """
    moment = _meant(text, today, school, first, last)
    return moment if moment and _may_be(moment.dag, today) else None


def has_passed(text: str, *, today: date, school: Schooldays, first: date, last: date) -> bool:
    """Whether words mean a day of a schooljaar that was there before today. Arguments: as for
    `understand`.
    """
    if understand(text, today=today, school=school, first=first, last=last):
        return False
    moment = _meant(text, first, school, first, last)
    return moment is not None and not moment.herhaalt and moment.dag < today


def _meant(text: str, today: date, school: Schooldays, first: date, last: date) -> Moment | None:
    words = _phrase(text)
    for pattern, meaning in (*_RHYTHMS, *_RULES):
        if found := pattern.fullmatch(words):
            return meaning(_Asked(found, today, school, first, last))
    return None


def names_rhythm(text: str) -> bool:
    """Whether words name a rhythm, as "elke maandag" does, and no day."""
    words = _phrase(text)
    return any(pattern.fullmatch(words) for pattern, _ in _RHYTHMS)


def _phrase(text: str) -> str:
    words = " ".join(re.split(r"[,;(]", text.lower(), maxsplit=1)[0].split()).rstrip(".!")
    filler = _FILLER.match(words)
    return words[filler.end() :] if filler else words


def _may_be(day: date, today: date) -> bool:
    return today <= day and is_known(day)


def _on_day(asked: _Asked) -> Moment | None:
    month = asked["maand"]
    number = int(month) if month.isdigit() else _month(month)
    days = _this_day(asked, number, int(asked["dag"]))
    if days is None:
        return None
    return _before(asked, days) if asked.is_before else Moment(days)


def _this_day(asked: _Asked, month: int, day: int) -> date | None:
    """A day of the year: of the year that was named, or the one that is still to come."""
    if year := asked["jaar"]:
        return _date(int(year) if len(year) == len("2027") else 2000 + int(year), month, day)
    found = (_date(year, month, day) for year in _years(asked))
    return next((one for one in found if one and asked.begin <= one <= asked.last), None)


def _in_month(asked: _Asked) -> Moment | None:
    """ "begin februari", "half maart", "eind mei", "in april", "voor april"."""
    number, part = _month(asked["maand"]), asked["deel"]
    if not part and asked["prep"] in {"voor", "vóór", "tegen"}:
        first = _this_day(asked, number, 1)
        return _before(asked, first) if first else None
    name, until = _PARTS.get(part, ("", None))
    waarom = f"de laatste schooldag van {name}{MONTHS[number - 1]}"
    for year in [int(asked["jaar"])] if asked["jaar"] else _years(asked):
        last = _last_of(year, number)
        day = asked.school.last_in(last.replace(day=1), last.replace(day=until or last.day))
        if asked["jaar"] or asked.begin <= day <= asked.last:
            return Moment(day, waarom)
    return None


# The parts of a month: their name, and the last day of them.
_PARTS = {
    "begin": ("de eerste week van ", 7),
    "half": ("de eerste helft van ", 15),
    "midden": ("de eerste helft van ", 15),
}


def _at_vacation(asked: _Asked) -> Moment | None:
    vakantie = _coming(VAKANTIES[asked["naam"]], asked)
    if vakantie is None:
        return None
    if asked["prep"] == "na":
        day = asked.school.first_from(vakantie.tot + DAY)
        is_there = day <= asked.last
        return Moment(day, f"de eerste schooldag na de {vakantie.naam}") if is_there else None
    if asked["prep"] in {"in", "tijdens"}:
        return Moment(vakantie.tot, f"de laatste dag van de {vakantie.naam}")
    day = asked.school.last_before(vakantie.van)
    return Moment(day, f"de laatste schooldag voor de {vakantie.naam}")


def _coming(naam: str, asked: _Asked) -> Vakantie | None:
    """The vacation of a name that is still to come; one that lasts counts for what comes in it and
    after it.
    """
    still_counts = asked["prep"] in {"na", "in", "tijdens"}
    for one in vakanties():
        end = one.tot if still_counts else one.van
        if one.naam == naam and asked.begin < end and one.van <= asked.last:
            return one
    return None


def _at_end_of_schooljaar(asked: _Asked) -> Moment:
    day = asked.school.last_before(date(asked.last.year, SUMMER, 1))
    return Moment(day, "de laatste schooldag van het schooljaar")


def _at_begin_of_schooljaar(asked: _Asked) -> Moment:
    year = asked.today.year + (asked.today.month >= START) if asked["welk"] else asked.first.year
    day = asked.school.first_from(date(year, START, 1))
    return Moment(day, "de eerste schooldag van het schooljaar")


def _on_weekday(asked: _Asked) -> Moment:
    ahead = (WEEKDAYS.index(asked["weekdag"]) - asked.today.weekday() - 1) % 7 + 1
    day = asked.today + ahead * DAY
    return _before(asked, day) if asked.is_before else Moment(day)


def _within_week(asked: _Asked) -> Moment:
    monday = asked.today - asked.today.weekday() * DAY
    if asked["welke"] != "deze":
        monday += WEEK
    day = asked.school.last_in(monday, monday + 6 * DAY)
    return Moment(day, "de laatste schooldag van die week")


def _within_month(asked: _Asked) -> Moment:
    first = asked.today.replace(day=1)
    if asked["welke"] != "deze":
        first = _last_of(first.year, first.month) + DAY
    day = asked.school.last_in(first, _last_of(first.year, first.month))
    return Moment(day, "de laatste schooldag van die maand")


def _after_some(asked: _Asked) -> Moment:
    """ "binnen twee weken": the day itself, or the first one with school after it."""
    number, unit = _number(asked["aantal"]), asked["eenheid"]
    if unit.startswith("maand"):
        months = asked.today.month - 1 + number
        year, month = asked.today.year + months // 12, months % 12 + 1
        day = date(year, month, min(asked.today.day, _last_of(year, month).day))
    else:
        day = asked.today + number * (WEEK if unit.startswith("we") else DAY)
    return Moment(asked.school.first_from(day))


def _near(asked: _Asked) -> Moment:
    days = {"vandaag": 0, "morgen": 1, "overmorgen": 2}[asked["dag"]]
    return Moment(asked.today + days * DAY)


def _rhythm(unit: str) -> Callable[[_Asked], Moment]:
    def first_check(asked: _Asked) -> Moment:
        day = asked.school.first_from(asked.today + LOOK_BACK[unit])
        return Moment(day, "om een eerste keer terug te kijken", herhaalt=True)

    return first_check


def _before(asked: _Asked, day: date) -> Moment:
    return Moment(
        asked.school.last_before(day), f"de laatste schooldag voor {date_format(day, 'j F')}"
    )


def _years(asked: _Asked) -> tuple[int, ...]:
    return (asked.first.year, asked.last.year)


def _month(name: str) -> int:
    return SHORT[name] if name in SHORT else MONTHS.index(name) + 1


def _number(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else int(word)


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - DAY


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _rhythms() -> Iterator[tuple[str, Callable[[_Asked], Moment | None]]]:
    yield r"(?:elke|iedere|elk|ieder) (?:school)?dag.*|dagelijks.*", _rhythm("dag")
    yield r"om de .*weken.*|twee ?wekelijks.*|om de veertien dagen.*", _rhythm("weken")
    yield rf"(?:elke|iedere) (?:week|{_WEEKDAY}).*|wekelijks.*", _rhythm("week")
    yield r"(?:elke|iedere) (?:eerste|tweede|laatste|maand).*|maandelijks.*", _rhythm("maand")
    yield r"(?:het|dit) (?:hele|volledige) (?:school)?jaar.*|doorlopend", _rhythm("maand")


def _rules() -> Iterator[tuple[str, Callable[[_Asked], Moment | None]]]:
    """Each way to say another moment, with what it means; the first that fits counts."""
    yield "(?P<dag>vandaag|morgen|overmorgen)", _near
    a_weekday, a_year = f"(?:(?:{_WEEKDAY}) )?", r"(?: (?P<jaar>\d{4}))?"
    yield (
        rf"{_PREP}{a_weekday}(?P<dag>\d{{1,2}}) (?P<maand>{_MONTH})\.?{a_year}",
        _on_day,
    )
    a_number = r"(?P<dag>\d{1,2})([/.-])(?P<maand>\d{1,2})(?:[/.-](?P<jaar>\d{4}|\d{2}))?"
    yield f"{_PREP}{a_weekday}{a_number}", _on_day
    a_part = "(?:(?P<deel>begin|half|midden|eind|einde) (?:van )?)?(?:de maand )?"
    yield rf"{_PREP}{a_part}(?P<maand>{_MONTH})\.?{a_year}", _in_month
    yield (
        "(?:(?P<prep>voor|vóór|tegen|in|tijdens|na) )?(?:de )?"
        f"(?P<naam>{'|'.join(VAKANTIES)}) ?(?:vakantie|verlof)",
        _at_vacation,
    )
    yield (
        "(?:(?:voor|vóór|tegen|op) )?(?:het )?einde? (?:van )?(?:het |dit )?schooljaar"
        "|dit schooljaar",
        _at_end_of_schooljaar,
    )
    yield (
        "(?:(?:voor|vóór|tegen|bij) )?(?:het )?(?:begin|start) (?:van )?(?:het )?"
        "(?P<welk>volgend |volgende |nieuwe )?schooljaar",
        _at_begin_of_schooljaar,
    )
    yield f"{_PREP}(?:volgende |komende )?(?P<weekdag>{_WEEKDAY})", _on_weekday
    yield f"{_WHICH} week", _within_week
    yield f"{_WHICH} maand", _within_month
    yield (
        f"(?:binnen|over) (?:de )?(?P<aantal>{_NUMBER}) "
        "(?P<eenheid>dag(?:en)?|week|weken|maand(?:en)?)",
        _after_some,
    )


_RHYTHMS = tuple((re.compile(pattern), meaning) for pattern, meaning in _rhythms())
_RULES = tuple((re.compile(pattern), meaning) for pattern, meaning in _rules())
