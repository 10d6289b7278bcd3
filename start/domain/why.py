"""The sentence that says why a school needs somebody, as a colleague would say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format

from dossiers.domain import schooljaar_of
from start.domain.attention import Groep
from stsdialoog.text import LONGEST, line

# As many letters of an action as fit in a sentence.
QUOTED, WHO = 70, 30
OVER_TIJD = " over tijd"
IN_WORDS = (
    *("geen", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
)


class Soort(Enum):
    """What an appointment is about."""

    ACTIE = auto()
    CHECK = auto()
    GESPREK = auto()


@dataclass(frozen=True)
class Appointment:
    """A day on which something has to be done (actie), looked back on (check) or talked (gesprek).

    record: the key of the action or of the talk.
    wat: the action, or the title of the talk.
    """

    soort: Soort
    op: date
    record: UUID
    wat: str
    wie: str = ""


@dataclass(frozen=True)
class Course:
    """Where a dossier stands, for a sentence about one that asks for nobody now.

    gewijzigd: None when nobody has written in it.
    nog_te_doen: the first goal of fase 0 without a score; "" when each has one.
    """

    schooljaar: str
    geopend: datetime
    afgesloten: datetime | None
    gewijzigd: datetime | None
    volgende_check: date | None
    nog_te_doen: str


def why(groep: Groep, afspraken: Sequence[Appointment], course: Course | None, today: date) -> str:
    """The sentence of a school in a group.

    afspraken: what is late, or comes this week, the first one first; not empty in those groups.
    course: None for a school that never had a dossier.
    """
    if groep == Groep.NU:
        return _late(afspraken, today)
    if groep == Groep.DEZE_WEEK:
        return _coming(afspraken, today)
    if course is None:
        return "Deze school heeft nog geen dossier."
    if groep == Groep.TE_STARTEN:
        return _to_start(course, today)
    return _silent(course, today) if groep == Groep.STIL else _running(course, today)


def in_two(zin: str) -> tuple[str, str]:
    """How much is late, and the rest of that sentence as one of its own."""
    before, late, rest = zin.partition(OVER_TIJD)
    return before + late, _sentence(rest.lstrip(":; "))


def in_words(number: int) -> str:
    """A number as one writes it in a sentence: twintig, 21."""
    return IN_WORDS[number] if number < len(IN_WORDS) else str(number)


def on_day(day: date, today: date) -> str:
    """When something is, in a sentence."""
    return "vandaag" if day == today else f"op {_written(day, today)}"


def _written(day: date, today: date) -> str:
    """A day, with the year only when it is of another schooljaar."""
    other = schooljaar_of(day) != schooljaar_of(today)
    return date_format(day, "l j F Y" if other else "l j F")


def _late(late: Sequence[Appointment], today: date) -> str:
    checks = sum(one.soort == Soort.CHECK for one in late)
    acties = len(late) - checks
    count = " en ".join(
        f"{in_words(number)} {one if number == 1 else more}"
        for number, one, more in ((acties, "actie", "acties"), (checks, "check", "checks"))
        if number
    )
    first = late[0]
    which, comma = (":", "") if len(late) == 1 else ("; de oudste,", ",")
    if first.soort == Soort.CHECK:
        first_one = f"de check van {_quote(first)}{comma} was {on_day(first.op, today)}"
    else:
        first_one = f"{_quote(first)}{comma} moest klaar zijn {on_day(first.op, today)}"
    return _sentence(f"{count}{OVER_TIJD}{which} {first_one}.")


def _coming(coming: Sequence[Appointment], today: date) -> str:
    first, others = coming[0], len(coming) - 1
    day = on_day(first.op, today)
    if first.soort == Soort.ACTIE:
        sentence = f"{_quote(first)} moet klaar zijn {day}"
    else:
        what = "check" if first.soort == Soort.CHECK else "gesprek"
        sentence = f"{what} {day}: {_quote(first)}"
    more = f", en nog {in_words(others)} {'afspraak' if others == 1 else 'afspraken'}"
    return _sentence(f"{sentence}{more if others else ''}.")


def _silent(course: Course, today: date) -> str:
    if course.gewijzigd is None:
        return f"Geopend {_on(course.geopend, today)} en sindsdien nog niets ingevuld."
    next_one = (
        f"{course.nog_te_doen} is nog niet ingeschaald"
        if course.nog_te_doen
        else "fase 0 is helemaal ingeschaald"
    )
    since = _written(timezone.localdate(course.gewijzigd), today)
    return f"Niets bijgewerkt sinds {since}; {next_one}."


def _to_start(course: Course, today: date) -> str:
    if course.afgesloten is None:
        return f"Het dossier van {course.schooljaar} staat nog open."
    closed = _on(course.afgesloten, today)
    return f"Het vorige dossier, van {course.schooljaar}, werd afgesloten {closed}."


def _running(course: Course, today: date) -> str:
    if course.afgesloten:
        return f"Afgesloten {_on(course.afgesloten, today)}."
    if course.gewijzigd is None:
        start = f"Geopend {_on(course.geopend, today)}; nog niets ingevuld"
    else:
        start = f"Bijgewerkt {_on(course.gewijzigd, today)}"
    if course.volgende_check is None:
        return f"{start}."
    return f"{start}; volgende check {on_day(course.volgende_check, today)}."


def _on(moment: datetime, today: date) -> str:
    return on_day(timezone.localdate(moment), today)


def _quote(one: Appointment) -> str:
    """What it is about, on one line and short, with who does it."""
    wat = _cut(line(one.wat[:LONGEST]).rstrip(" .;:,"), QUOTED)
    wie = _cut(line(one.wie[:LONGEST]), WHO)
    return f"‘{wat}’ ({wie})" if wie else f"‘{wat}’"


def _cut(text: str, letters: int) -> str:
    """At most so many letters, cut behind a word if there is one."""
    if len(text) <= letters:
        return text
    whole, space, _ = text[:letters].rpartition(" ")
    return f"{whole.rstrip(' .;:,') if space else text[: letters - 1]}…"


def _sentence(text: str) -> str:
    # One writes Eén, with one accent.
    return (text[0].upper() + text[1:]).replace("Één", "Eén")
