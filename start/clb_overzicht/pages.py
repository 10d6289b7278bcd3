"""All that the overview of a CLB shows: schools by goals, in order, and the same in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import add
from statistics import median
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from dossiers.materialen.models import Fase
from dossiers.mensen.access import Places
from dossiers.mensen.models import Niveau
from preventieplan.domain.words import difference_in_words
from start.clb_overzicht.domain import Score, in_order, label_of
from start.clb_overzicht.queries import Choices, Chosen, Goal, SchoolRow, overview_of

LEAST = "bewogen"
# What one can sort by beside a goal, in words; a hyphen is for the other way round.
ORDERS = {
    LEAST: "wie het minst vooruitging",
    f"-{LEAST}": "wie het meest vooruitging",
    "naam": "naam",
    "gemeente": "gemeente",
    "niveau": "niveau",
    "gewerkt": "wat het langst niet bijgewerkt is",
}
VALUES: dict[str, Callable[[SchoolRow], Any]] = {
    LEAST: lambda row: row.verschil,
    "naam": lambda row: row.naam.casefold(),
    "gemeente": lambda row: row.gemeente.casefold(),
    "niveau": lambda row: list(Niveau).index(row.niveau),
    "gewerkt": lambda row: row.gewijzigd,
}


@dataclass(frozen=True)
class Column:
    """A goal with how these schools score on it.

    aantal: how many have a score; mediaan: of those, None without any.
    sorteer: what its heading sorts by next; aria_sort: how the page is sorted by it now.
    """

    doel: Goal
    aantal: int
    mediaan: float | None
    sorteer: str
    aria_sort: str


@dataclass(frozen=True)
class PhaseColumns:
    fase: Fase
    kolommen: tuple[Column, ...]

    @property
    def nummer(self) -> int:
        return int(self.fase)


class Moved(NamedTuple):
    """How many schools went up, stand still, and went down."""

    vooruit: int
    gelijk: int
    achteruit: int


@dataclass(frozen=True)
class Line:
    """A school as it is drawn.

    bijgewerkt: the day on which anything last changed in its dossier; "" for never.
    verschil: "" when nothing was scored in both schooljaren.
    cellen: one for each goal.
    """

    school: SchoolRow
    bijgewerkt: str
    verschil: str
    cellen: SafeString


@dataclass(frozen=True)
class OverviewPage:
    """The schools in the order that was asked for, with the goals of their plans by phase.

    words: what was asked for, behind "12 scholen in 2026-2027"; "" when that is all of them.
    clb: the name of the CLB whose schools these are, "" when there are more of those.
    """

    schooljaar: str
    vorig_schooljaar: str
    sorteer: str
    words: str
    clb: str
    fasen: tuple[PhaseColumns, ...]
    scholen: Sequence[SchoolRow]
    volgorden: Sequence[tuple[str, str]] = tuple(ORDERS.items())

    @property
    def kolommen(self) -> tuple[Column, ...]:
        return tuple(kolom for fase in self.fasen for kolom in fase.kolommen)

    @property
    def aantal(self) -> int:
        return len(self.scholen)

    @property
    def ingeschaald(self) -> int:
        """How many schools scored anything in this schooljaar."""
        return sum(any(one.nu is not None for one in row.scores.values()) for row in self.scholen)

    @property
    def bewogen(self) -> Moved | None:
        """None as long as no school has scores of both schooljaren."""
        moved = [row.verschil for row in self.scholen if row.verschil is not None]
        up, down = sum(one > 0 for one in moved), sum(one < 0 for one in moved)
        return Moved(up, len(moved) - up - down, down) if moved else None

    @property
    def regels(self) -> Iterator[Line]:
        """The schools as they are drawn. There are many cells and days and few different ones, so
        each of these is drawn once.
        """
        doelen = [kolom.doel for kolom in self.kolommen]
        cell, day = cache(_cell), cache(_day)
        for row in self.scholen:
            yield Line(
                row,
                day(localdate(row.gewijzigd)) if row.gewijzigd else "",
                "" if row.verschil is None else difference_in_words(row.verschil),
                # Of what a template drew, the sum is as safe.
                reduce(add, (cell(row.score(doel)) for doel in doelen)),
            )


def overview_page(
    *, places: Places, choices: Choices, chosen: Chosen, sorteer: str
) -> OverviewPage:
    """The overview. The queries are those of `overview_of`.

    sorteer: a key of ORDERS or the code of a goal, after a hyphen for the other way round; what
        there is not is what moved least.
    """
    found = overview_of(places=places, chosen=chosen)
    by, reverse = sorteer.removeprefix("-"), sorteer.startswith("-")
    values: dict[str, Callable[[SchoolRow], Any]] = VALUES | {
        one.code: _score_on(one) for one in found.doelen
    }
    if by not in values:
        by, sorteer, reverse = LEAST, LEAST, False
    return OverviewPage(
        schooljaar=label_of(chosen.schooljaar),
        vorig_schooljaar=label_of(chosen.schooljaar - 1),
        sorteer=sorteer,
        words=_words(chosen, choices),
        clb=next(iter(places.works_for.values())) if len(places.works_for) == 1 else "",
        fasen=tuple(
            PhaseColumns(
                fase,
                tuple(
                    _column(one, found.scholen, sorteer) for one in found.doelen if one.fase == fase
                ),
            )
            for fase in Fase
        ),
        scholen=in_order(found.scholen, values[by], reverse=reverse),
    )


def _score_on(goal: Goal) -> Callable[[SchoolRow], int | None]:
    return lambda row: row.score(goal).nu


def _column(goal: Goal, scholen: Sequence[SchoolRow], sorteer: str) -> Column:
    scores = [score for row in scholen if (score := row.score(goal).nu) is not None]
    aria = {goal.code: "ascending", f"-{goal.code}": "descending"}.get(sorteer, "")
    other = f"-{goal.code}" if sorteer == goal.code else goal.code
    return Column(goal, len(scores), median(scores) if scores else None, other, aria)


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _cell(score: Score) -> SafeString:
    verschil = score.verschil
    context = {
        "score": score.nu,
        "verschil": verschil,
        "aantal": abs(verschil or 0),
        "woorden": "" if verschil is None else difference_in_words(verschil),
    }
    return render_to_string("clb_overzicht/delen/cel.html", context)


def _words(chosen: Chosen, choices: Choices) -> str:
    parts = (
        (chosen.niveau, Niveau(chosen.niveau).label.lower() if chosen.niveau else ""),
        (chosen.gemeente, f"in {chosen.gemeente}"),
        (chosen.volger, f"gevolgd door {dict(choices.volgers).get(chosen.volger, '')}"),
    )
    asked = ", ".join(words for there, words in parts if there)
    return f": {asked}" if asked else ""
