"""What the routekaart shows of a step: on screen all of it, on page 1 of the PDF what fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.formats import date_format

from dossiers.acties.models import Actie, Actiestand, Besluit
from preventieplan.models import Trede
from preventieplan.queries.plan import PhaseState
from preventieplan.routekaart.queries import Routekaart, Routetrede

# The millimetres of page 1 (static/pdf/routekaart.css). The stairs as a whole: where they begin,
# and the height that their steps share.
STAIRS_TOP, STAIRS_HEIGHT = 27, 160
# Of an action: a line, the white between two; of a step: what its border and white take.
LINE, GAP, EDGE = 3.5, 1.0, 4.0
# Of a goal with its score, and of the name of a step above its key words.
GOAL, NAME = 6.4, 9.5
LINES_PER_ACTIE = 3
# Letters on a line of each column; on the careful side, so that what is cut also stands on page 2.
LETTERS_WAT = 38
LETTERS_WIE = 24
# The key words' column is narrower on a higher step.
LETTERS_WOORDEN = (60, 53, 46, 38)
# A capital is about this much wider than the average letter.
EXTRA_PER_CAPITAL = 0.4


@dataclass(frozen=True)
class FittedAction:
    """One action, with on page 1 its moment in brief and the lines that it gets."""

    actie: Actie
    when: str
    lines: int
    is_cut: bool


@dataclass(frozen=True)
class FittedStep:
    """One step; `acties` holds them all, the most urgent first."""

    trede: Trede
    fase: PhaseState
    acties: tuple[FittedAction, ...]
    # Where the step begins on page 1 and how high it is, in millimetres.
    top: int
    height: int

    @property
    def room(self) -> int:
        """How many of the actions fit on page 1."""
        space = self.height - EDGE
        fitting = _how_many(self.acties, space)
        # "En nog 12 acties" takes a line too.
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
    """The steps of a routekaart, from fase 0 up; one with much to do is higher than the others."""
    fitted = [tuple(_fit(actie) for actie in most_urgent_first(t.acties)) for t in kaart.treden]
    least = [_least_height(trede) for trede in kaart.treden]
    heights = _share(least, [_height_of(acties) for acties in fitted])
    top = STAIRS_TOP + STAIRS_HEIGHT
    result = []
    for trede, acties, height in zip(kaart.treden, fitted, heights, strict=True):
        top -= height
        result.append(FittedStep(trede.trede, trede.fase, acties, top, height))
    return tuple(result)


def is_empty(treden: Iterable[FittedStep]) -> bool:
    """Whether the school still has to begin: nothing discussed, nothing scored, nothing planned."""
    return not any(
        trede.acties or trede.fase.ingeschaald or trede.fase.besproken for trede in treden
    )


def most_urgent_first(acties: Iterable[Actie]) -> list[Actie]:
    """Order by the date on which an action asks for attention; what is finished comes last.

    An overdue action has the oldest date, so it leads without a look at today's date: the same
    data give the same PDF on every day.
    """
    return sorted(acties, key=lambda actie: (_is_finished(actie), _next_date(actie) or date.max))


def _is_finished(actie: Actie) -> bool:
    done = actie.stand == Actiestand.KLAAR or actie.besluit == Besluit.STOPPEN
    return done and _next_date(actie) is None


def _next_date(actie: Actie) -> date | None:
    """The first day on which somebody has to do or to check something."""
    if actie.besluit == Besluit.STOPPEN:
        return None
    to_do = actie.wanneer_op if actie.stand != Actiestand.KLAAR else None
    to_check = actie.check_op if not actie.besluit else None
    return min((day for day in (to_do, to_check) if day), default=None)


def _least_height(trede: Routetrede) -> int:
    """What a step needs for its goals and its key words, in millimetres."""
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
    """Share the height of the stairs, a millimetre at a time.

    Each goes to the step whose actions lack most; when none lacks any, to the lowest step, so that
    stairs without many actions are even.
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
    """How many lines a text takes, about."""
    width = len(text) + EXTRA_PER_CAPITAL * sum(map(str.isupper, text))
    return ceil(width / letters)
