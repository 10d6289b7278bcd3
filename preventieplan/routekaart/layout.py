"""The layout of the routekaart: everything on screen, and what fits on page 1 of the PDF."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.formats import date_format

from dossiers.acties.domain import is_finished, next_date
from dossiers.acties.models import Actie, Actiestand
from preventieplan.models import Trede
from preventieplan.queries.plan import PhaseState
from preventieplan.queries.stand import GoalState
from preventieplan.routekaart.queries import Routekaart, Routetrede

# Dimensions of page 1 in millimetres (static/pdf/routekaart.css). The stairs: the top of the
# highest step, and the height that the steps share.
STAIRS_TOP, STAIRS_HEIGHT = 27, 160
# The height of a line of text, of the gap between two actions, and of a step's border and padding.
LINE, GAP, EDGE = 3.5, 1.0, 4.0
# The height of a goal with its score, and of the name of a step above its key words.
GOAL, NAME = 6.4, 9.5
LINES_PER_ACTIE = 3
# Letters per line in each column. A low estimate, so that anything that is cut off on page 1 is
# counted as cut and is also listed in full on page 2.
LETTERS_WAT = 38
LETTERS_WIE = 24
# The column with the key words is narrower on a higher step, here from fase 0 up.
LETTERS_WOORDEN = (60, 53, 46, 38)
# How much wider a capital is than the average letter, as a fraction of that letter.
EXTRA_PER_CAPITAL = 0.4


@dataclass(frozen=True)
class FittedAction:
    """An action as it fits on page 1.

    when: its date, its free text or "klaar", in brief.
    lines: how many lines it gets.
    is_cut: whether its text needs more lines than that.
    """

    actie: Actie
    when: str
    lines: int
    is_cut: bool


@dataclass(frozen=True)
class FittedStep:
    """A step; `acties` has all of its actions, the most urgent first."""

    trede: Trede
    fase: PhaseState
    acties: tuple[FittedAction, ...]
    # The position of its top edge on page 1 and its height, in millimetres.
    top: int
    height: int

    @property
    def has_words(self) -> bool:
        """Whether the team said anything about a score or a focus of it."""
        return any(doel.has_words for doel in self.fase.doelen)

    @property
    def room(self) -> int:
        """How many of the actions fit on page 1, from the first."""
        space = self.height - EDGE
        fitting = _how_many(self.acties, space)
        # The line "En nog 12 acties" takes space too.
        return fitting if fitting == len(self.acties) else _how_many(self.acties, space - LINE)

    @property
    def on_page_one(self) -> tuple[FittedAction, ...]:
        return self.acties[: self.room]

    @property
    def actions(self) -> tuple[Actie, ...]:
        return tuple(line.actie for line in self.acties)

    @property
    def rest(self) -> tuple[FittedAction, ...]:
        return self.acties[self.room :]

    @property
    def fits(self) -> bool:
        return not self.rest and not any(actie.is_cut for actie in self.acties)


def steps(kaart: Routekaart) -> tuple[FittedStep, ...]:
    """The steps of a routekaart, from fase 0 up; a step with many actions is higher than others."""
    fitted = [tuple(_fit(actie) for actie in most_urgent_first(t.acties)) for t in kaart.treden]
    least = [_least_height(trede) for trede in kaart.treden]
    heights = _share(least, [_height_of(acties) for acties in fitted])
    top = STAIRS_TOP + STAIRS_HEIGHT
    result = []
    for trede, acties, height in zip(kaart.treden, fitted, heights, strict=True):
        top -= height
        result.append(FittedStep(trede.trede, trede.fase, acties, top, height))
    return tuple(result)


def priorities(treden: Iterable[FittedStep]) -> list[GoalState]:
    """The goals that the school works on first, from fase 0 up."""
    return [doel for trede in treden for doel in trede.fase.prioriteiten]


def is_empty(treden: Iterable[FittedStep]) -> bool:
    """Whether the school has yet to start: nothing discussed, nothing scored, nothing planned."""
    return not any(
        trede.acties or trede.fase.ingeschaald or trede.fase.besproken for trede in treden
    )


def most_urgent_first(acties: Iterable[Actie]) -> list[Actie]:
    """Sort actions by the date on which they need attention; finished actions come last.

    An overdue action has the oldest date, so it comes first without comparing with today's date:
    the same data give the same PDF on any day.
    """
    return sorted(acties, key=lambda actie: (is_finished(actie), next_date(actie) or date.max))


def _least_height(trede: Routetrede) -> int:
    """The height that a step needs for its goals and its key words, in millimetres."""
    goals = len(trede.fase.doelen) * GOAL
    letters = LETTERS_WOORDEN[trede.fase.nummer]
    words = sum(
        _lines(f"{blok['kop']}: {', '.join(blok['woorden'])}", letters) * LINE
        for blok in trede.trede.blokken
    )
    return ceil(max(goals + EDGE, words + NAME))


def _height_of(acties: Sequence[FittedAction]) -> int:
    return ceil(EDGE + sum(actie.lines * LINE + GAP for actie in acties))


def _share(least: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Divide the height of the stairs over the steps, a millimetre at a time.

    least, wanted: heights in millimetres, per step: the minimum, and what its actions need.
    Each millimetre goes to the step that is furthest below its wanted height. When none is, it goes
    to the step with the smallest height, so that stairs with few actions are even.
    """
    heights = list(least)
    for _ in range(STAIRS_HEIGHT - sum(least)):
        lacks = [want - height for want, height in zip(wanted, heights, strict=True)]
        short = max(lacks) > 0
        step = lacks.index(max(lacks)) if short else heights.index(min(heights))
        heights[step] += 1
    return heights


def _how_many(acties: Sequence[FittedAction], room: float) -> int:
    for index, actie in enumerate(acties):
        room -= actie.lines * LINE
        if room < 0:
            return index
        room -= GAP
    return len(acties)


def _fit(actie: Actie) -> FittedAction:
    when = _when(actie)
    needed = max(
        _lines(actie.wat, LETTERS_WAT),
        _lines(actie.wie, LETTERS_WIE) + _lines(when, LETTERS_WIE),
    )
    return FittedAction(actie, when, min(needed, LINES_PER_ACTIE), needed > LINES_PER_ACTIE)


def _when(actie: Actie) -> str:
    if actie.stand == Actiestand.KLAAR:
        return actie.get_stand_display()
    return date_format(actie.wanneer_op, "SHORT_DATE_FORMAT") if actie.wanneer_op else actie.wanneer


def _lines(text: str, letters: int) -> int:
    """Estimate how many lines a text takes."""
    width = len(text) + EXTRA_PER_CAPITAL * sum(map(str.isupper, text))
    return ceil(width / letters)
