"""What the mail with reminders tells, told by whoever knows it: one registry for all rooms.

A chamber makes its own kind of news known in `apps.py`; `start/herinneringen` puts all of it into
one mail for each person. A kind says what is new for whom, and puts it into words later, when the
mail is made: between the two it is remembered by a key, so that nobody is told twice.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dossiers.mensen.models import School

# The longest name of a kind, and the longest key, in characters.
MAX_SOORT, MAX_SLEUTEL = 30, 80


@dataclass(frozen=True)
class Nieuwtje:
    """One thing that is new for somebody.

    gebruiker: the key of her account. sleutel: what it is about, as a code of at most MAX_SLEUTEL
        characters that nobody typed: the key of a record, and what of it counts anew.
    """

    gebruiker: UUID
    sleutel: str


@dataclass(frozen=True)
class Regel:
    """A line of the mail: a fixed sentence, with a link to where one goes on.

    zin: holds numbers and days, never a word that somebody typed.
    link: absolute, and nothing happens by opening it.
    school: the name of the school that it is about; "" for none.
    aantal: how many things it stands for. laat: whether their day has gone by.
    """

    zin: str
    link: str
    school: str = ""
    aantal: int = 1
    laat: bool = False


@dataclass(frozen=True)
class Soort:
    """A kind of news.

    new: what is new on a day for these people, whether they were told before or not. They come
        with the last day before each of them gets another mail. Asks as many queries for many
        people as for one.
    lines: what the mail of somebody says of keys that `new` gave, on a day. Leaves out what does
        not hold any more, and what she may not read any more.
    """

    new: Callable[[Mapping[UUID, date], date], Iterable[Nieuwtje]]
    lines: Callable[[UUID, Collection[str], date], list[Regel]]


def name_of(school: School) -> str:
    """What a mail calls a school: several of one CLB may have the same name."""
    return f"{school.naam} ({school.gemeente})"


_soorten: dict[str, Soort] = {}


def register_news(naam: str, soort: Soort) -> None:
    """Make a kind of news known; they are told in the order in which they came.

    naam: at most MAX_SOORT characters, and never another one again: it is kept with what was told.
    """
    _soorten[naam] = soort


def news() -> Mapping[str, Soort]:
    """All kinds, by name."""
    return _soorten
