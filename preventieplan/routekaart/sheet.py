"""The routekaart on paper: what fits on page 1, to the millimetre (static/pdf/routekaart.css).

Everything on page 1 has a place of its own, so that no input can push anything to another page:
what may be cut there stands whole on the pages behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from preventieplan.routekaart import cards
from preventieplan.routekaart.cards import FittedCard
from preventieplan.routekaart.layout import Card, Routeactie, Step

# The drawing: its width without the arrow of the pupil who returns, where its first step begins,
# and how much further to the right each next one does.
WIDTH, LEFT, INDENT = 256.0, 8.0, 12.0
# Its top, its height with and without something below it, and the gap between two steps.
TOP, HEIGHT, HEIGHT_ALONE, GAP = 38.0, 127.0, 142.5, 1.5
# A step on which nothing stands yet, and the most that it gets of what the others leave over; from
# where its words stand below its name.
EMPTY, EMPTY_ROOMY, EMPTY_IN_TWO = 8.0, 16.0, 12.0
# Above the cards of any other step; below them and beside them.
HEAD, FOOT, SIDE = 7.6, 1.4, 2.0
CARDS_IN_ROW, BETWEEN_CARDS = 6, 2.0
HEAD_LEFT, HEAD_LETTER = 13.0, 1.95
# The card that leads to the tracks.
LEAD = 52.0
# How much larger a step with little to tell is written, from the largest that fits.
SCALES = (1.5, 1.4, 1.3, 1.2, 1.1)
# The card in which a score fits beside the earlier one, and a name beside a date that has passed.
NARROWEST = 42.0

SENTENCE_LINES, SENTENCE_LETTER = 4, 1.76
STRIP_ACTIES = 2


@dataclass(frozen=True)
class FittedStep:
    """A step with the place of its edges in the drawing, in millimetres."""

    step: Step
    left: float
    top: float
    height: float
    cards: tuple[FittedCard, ...]
    is_open: bool
    # How much larger its cards are written; their places are counted before that.
    scale: float = 1.0

    @property
    def kern_left(self) -> float:
        """Where the words of the source begin, behind the name of the phase."""
        return round(HEAD_LEFT + HEAD_LETTER * len(self.step.fase.naam), 1)

    @property
    def in_two(self) -> bool:
        """Whether the words of a step on which nothing stands yet have a line of their own."""
        return not self.is_open and self.height >= EMPTY_IN_TWO

    @property
    def width(self) -> float:
        return WIDTH - self.left

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def is_whole(self) -> bool:
        """Whether page 1 tells all that there is to tell of it."""
        cut = any(card.is_cut or card.heeft_meer or card.card.gedaan for card in self.cards)
        words = any(
            doel.stand.woorden or doel.spreiding or doel.spiegels for doel in self.step.doelen
        )
        return not (cut or words or any(one.is_gestopt for one in self._acties))

    @property
    def _acties(self) -> Iterable[Routeactie]:
        return (actie for card in self.step.cards for actie in card.acties)


@dataclass(frozen=True)
class Drawing:
    """The stairs on page 1, from fase 0 up."""

    steps: tuple[FittedStep, ...]
    height: float

    @property
    def top(self) -> float:
        return TOP

    @property
    def bottom(self) -> float:
        return TOP + self.height

    @property
    def return_from(self) -> float:
        """Where the arrow of the pupil who returns leaves: at the highest step."""
        return self.steps[-1].top + min(self.steps[-1].height / 2, EMPTY)

    @property
    def return_to(self) -> float:
        """Where it arrives: in the middle of fase 0."""
        return self.steps[0].middle

    @property
    def return_middle(self) -> float:
        return round((self.return_from + self.return_to) / 2, 2)

    @property
    def return_path(self) -> str:
        """The path of an SVG from there to there, bent to the right."""
        begin, end = self.return_from, self.return_to
        middle = f"9 {begin + 12:.1f} 9 {self.return_middle}"
        return f"M0.8 {begin:.1f}C8 {begin:.1f} {middle}S8 {end:.1f} 1.6 {end:.1f}"


def draw(treden: Sequence[Step], *, alone: bool) -> Drawing:
    """Fit the steps in the drawing: those with much to tell are higher than others.

    alone: whether nothing stands below the drawing.
    """
    height = HEIGHT_ALONE if alone else HEIGHT
    # Of a school that has yet to start, the drawing is that of the source.
    begin = all(trede.is_leeg for trede in treden)
    opened = [begin or not trede.is_leeg for trede in treden]
    room = height - GAP * (len(treden) - 1)
    heights = _heights(treden, opened, room)
    top, fitted = height, []
    for trede, is_open, high in zip(treden, opened, heights, strict=True):
        top -= high
        left = LEFT + INDENT * trede.nummer
        scale = _scale(trede, WIDTH - left, high) if is_open and not begin else 1.0
        filled = _filled(trede, WIDTH - left, high, scale) if is_open else ()
        fitted.append(
            FittedStep(trede, left, round(top, 2), round(high, 2), filled, is_open, scale)
        )
        top -= GAP
    return Drawing(tuple(fitted), height)


def sentence_fits(text: str, *, width: float) -> bool:
    """Whether a sentence stands whole above the drawing, in a column of this width."""
    return cards.lines_of(text, width, SENTENCE_LETTER) <= SENTENCE_LINES


def _heights(treden: Sequence[Step], opened: Sequence[bool], room: float) -> list[float]:
    """Divide the height over the steps, half a millimetre at a time.

    It goes to the step that is furthest below what it asks for; when none is, to the lowest, of
    which those with nothing to tell stay low.
    """
    free = room - EMPTY * opened.count(False)
    most = free / max(opened.count(True), 1)

    def need(trede: Step, *, least: bool) -> float:
        width = WIDTH - LEFT - INDENT * trede.nummer
        return HEAD + FOOT + _asked(trede, width, least=least)

    heights = [
        min(need(trede, least=True), most) if is_open else EMPTY
        for trede, is_open in zip(treden, opened, strict=True)
    ]
    asked = [
        need(trede, least=False) if is_open else EMPTY
        for trede, is_open in zip(treden, opened, strict=True)
    ]
    for _ in range(int(2 * (room - sum(heights)))):
        # Beyond what is asked for, the stairs are as even as they can be.
        best = max(
            (
                index
                for index, is_open in enumerate(opened)
                if is_open or heights[index] < EMPTY_ROOMY
            ),
            key=lambda index: (max(asked[index] - heights[index], 0), -heights[index]),
        )
        heights[best] += 0.5
    return heights


def _scale(trede: Step, width: float, height: float) -> float:
    """How much larger everything in a step can be written, and still be read whole."""
    if trede.banen:
        return 1.0
    room, across = height - HEAD - FOOT, _across(width, min(len(trede.cards), CARDS_IN_ROW))
    return next(
        (
            one
            for one in SCALES
            if across / one >= NARROWEST
            and _asked(trede, width / one, least=False) <= room / one
            and not any(card.is_cut for card in _filled(trede, width, height, one))
        ),
        1.0,
    )


def _asked(trede: Step, width: float, *, least: bool) -> float:
    """The height that a step needs for what comes first, or for all that one would like to read."""
    need = cards.least if least else cards.wanted
    if trede.banen:
        lanes = sum(need(card, cards.LANE_ACTIES) + BETWEEN_CARDS / 2 for card in trede.banen)
        # Beside the tracks, one action is enough: otherwise they would grow with it.
        leads = [
            cards.least(card, LEAD) if least else cards.wanted(card, LEAD, acties_at_most=1)
            for card in trede.lead
        ]
        return max([lanes, *leads])
    rows = [trede.cards[i : i + CARDS_IN_ROW] for i in range(0, len(trede.cards), CARDS_IN_ROW)]
    across = _across(width, max(map(len, rows), default=1))
    return sum(max(need(card, across) for card in row) + BETWEEN_CARDS for row in rows)


def _filled(trede: Step, width: float, height: float, scale: float) -> tuple[FittedCard, ...]:
    """The cards of a step, in its own measure: `scale` times smaller than they are drawn."""
    room, width = (height - HEAD - FOOT) / scale, width / scale
    if trede.banen:
        return (*_leads(trede, room), *_lanes(trede, width, room))
    rows = ceil(len(trede.cards) / CARDS_IN_ROW) or 1
    in_row = min(len(trede.cards), CARDS_IN_ROW)
    across, high = _across(width, in_row), (room - BETWEEN_CARDS * (rows - 1)) / rows
    return tuple(
        cards.fill(
            _placed(
                card,
                SIDE + (across + BETWEEN_CARDS) * (index % CARDS_IN_ROW),
                (high + BETWEEN_CARDS) * (index // CARDS_IN_ROW),
                across,
                high,
            )
        )
        for index, card in enumerate(trede.cards)
    )


def _leads(trede: Step, room: float) -> Iterable[FittedCard]:
    high = room / max(len(trede.lead), 1)
    return (
        cards.fill(_placed(card, SIDE, high * index, LEAD, high))
        for index, card in enumerate(trede.lead)
    )


def _lanes(trede: Step, width: float, room: float) -> Iterable[FittedCard]:
    left, gap = SIDE + LEAD + BETWEEN_CARDS, BETWEEN_CARDS / 2
    high = (room - gap * (len(trede.banen) - 1)) / len(trede.banen)
    return (
        cards.fill_lane(_placed(card, left, (high + gap) * index, width - left - SIDE, high))
        for index, card in enumerate(trede.banen)
    )


def _placed(card: Card, left: float, top: float, width: float, height: float) -> FittedCard:
    """A card in its place, on a hundredth of a millimetre."""
    return FittedCard(card, round(left, 2), round(top, 2), round(width, 2), round(height, 2))


def _across(width: float, number: int) -> float:
    return (width - 2 * SIDE - BETWEEN_CARDS * (number - 1)) / max(number, 1)
