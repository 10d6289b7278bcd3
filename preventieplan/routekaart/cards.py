"""What fits in a card on page 1 of the routekaart: its scores first, then what there is room for.

How many lines a text takes is estimated, and rather too many than too few. Lengths in millimetres
(static/pdf/routekaart.css).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import ceil

from preventieplan.routekaart.layout import Card, Routeactie

# The padding of a card, a line, a heading, a score, and the space above an action.
PAD, LINE, KOP, SCORE, ABOVE = 1.4, 3.3, 3.6, 4.8, 1.0
# How wide a letter is, of text, of what is to be done and of a heading; and a capital, in letters.
LETTER, WAT_LETTER, KOP_LETTER, CAPITAL = 1.4, 1.45, 1.58, 1.4
LINES_WAT, LINES_FOCUS, LINES_KOP = 2, 4, 2
# In what room is left over: an action, who and when, and what was done.
LINES_ROOMY, LINES_WIE, LINES_DONE = 4, 2, 2
# The most room that stands above a part of a card because it is left over.
AIR = 2.4
# Of a name, what is left of it when it is cut.
SHORTEST = 4
# In a track: the point of it, and the columns of its focus and of what comes.
LANE_TIP, LANE_FOCUS, LANE_ACTIES = 6.0, 41.0, 52.0


@dataclass(frozen=True)
class FittedAction:
    """An action as it fits: in how many lines its Wat stands, and whether that is all of it."""

    actie: Routeactie
    lines: int
    is_wat_cut: bool
    # Who and when, in so many lines; and how many more there are, when that has no line of its own.
    beside: str = ""
    beside_lines: int = 1
    more: int = 0

    @property
    def is_cut(self) -> bool:
        return self.is_wat_cut or self.beside not in _told_whole(self.actie)


@dataclass(frozen=True)
class FittedCard:
    """A card with its place in its step, in millimetres, and what fits in it."""

    card: Card
    left: float
    top: float
    width: float
    height: float
    met_woorden: bool = False
    focus: str = ""
    focus_lines: int = 0
    is_focus_cut: bool = False
    gedaan: str = ""
    gedaan_lines: int = 1
    acties: tuple[FittedAction, ...] = ()
    # Whether there is a line that says how many more actions there are.
    met_meer: bool = False
    # Of a card with several goals and little room: each goal on one line with its score.
    is_klein: bool = False
    # How much of the room that is left over stands above each goal, its focus and each action.
    lucht: float = 0.0

    @property
    def arrow(self) -> str:
        """The outline of a track, as the path of an SVG: it points to the right."""
        return (
            f"M0.2 0.2H{self.width - LANE_TIP:.1f}L{self.width - 0.2:.1f} {self.height / 2:.1f}"
            f"L{self.width - LANE_TIP:.1f} {self.height - 0.2:.1f}H0.2z"
        )

    @property
    def is_cut(self) -> bool:
        return self.is_focus_cut or any(one.is_cut for one in self.acties)

    @property
    def rest(self) -> int:
        """How many actions of what comes are not told here."""
        return len(self.card.volgende) - len(self.acties)

    @property
    def heeft_meer(self) -> bool:
        return bool(self.rest or self.card.half)


def _fixed(card: Card, width: float) -> float:
    """The height of a heading with the scores below it, and the padding around them."""
    inner = width - 2 * PAD
    scores = sum(
        SCORE + (min(lines_of(naam, inner), LINES_KOP) * LINE if naam else 0)
        for naam, _ in card.named
    )
    kop = min(lines_of(card.kop, inner, KOP_LETTER), LINES_KOP) * KOP
    return 2 * PAD + kop + scores


def least(card: Card, width: float) -> float:
    """The height of a card with the first of what comes."""
    if card.is_baan:
        return 2 * PAD + KOP + LINE
    return _fixed(card, width) + (ABOVE + 2 * LINE if card.volgende else 0)


def wanted(card: Card, width: float, *, acties_at_most: int = 3) -> float:
    """The height of a card with all that one would like to read in it."""
    inner = width - 2 * PAD
    acties = sum(
        ABOVE + (min(_lines_of_wat(one, inner), LINES_WAT) + 1) * LINE
        for one in card.volgende[:acties_at_most]
    )
    focus = min(lines_of(_focus(card), inner), LINES_FOCUS) * LINE if card.focussen else 0
    if card.is_baan:
        beside = max(acties, focus, KOP + LINE * len(card.named))
        return max(2 * PAD + KOP + LINE, 2 * PAD + beside)
    woorden = LINE * min(lines_of(", ".join(card.woorden), inner), 2) if card.woorden else 0
    gedaan = ABOVE + LINE if card.gedaan else 0
    return _fixed(card, width) + acties + focus + woorden + gedaan + LINE


def fill(fitted: FittedCard) -> FittedCard:
    """Fill a card that has its place."""
    card, inner = fitted.card, fitted.width - 2 * PAD
    if len(card.doelen) > 1 and fitted.height < least(card, fitted.width):
        fitted = replace(fitted, is_klein=True)
    kop = KOP * min(lines_of(card.kop, inner, KOP_LETTER), LINES_KOP)
    small = 2 * PAD + kop + LINE * len(card.doelen)
    room = fitted.height - (small if fitted.is_klein else _fixed(card, fitted.width))
    filled, left = _with_more(lambda reserve: _take(fitted, room - reserve, inner), inner)
    return _unfold(filled, left, inner)


def _with_more(
    take: Callable[[float], tuple[FittedCard, float]], inner: float
) -> tuple[FittedCard, float]:
    """Say how many more actions there are: in a line of its own, else behind the last one.

    take: fills the card but for a reserve; gives it with the room that is left. So does this.
    """
    filled, left = take(0.0)
    if not filled.heeft_meer:
        return filled, left
    if left >= LINE:
        return replace(filled, met_meer=True), left - LINE
    if not filled.acties:
        filled, left = take(LINE)
        return replace(filled, met_meer=True), left
    *most, last = filled.acties
    more = filled.rest + filled.card.half
    beside = _who_and_when(last.actie, int(inner / LETTER) - len(f" en nog {more}"))
    return replace(filled, acties=(*most, replace(last, beside=beside, more=more))), left


def _unfold(filled: FittedCard, room: float, width: float) -> FittedCard:
    """Use the room that is left over: first so that nothing is cut, then between the parts."""
    acties = []
    for one in filled.acties:
        needed = _lines_of_wat(one.actie, width)
        lines = max(one.lines, min(needed, LINES_ROOMY, one.lines + int(room // LINE)))
        room -= (lines - one.lines) * LINE
        opened = replace(one, lines=lines, is_wat_cut=needed > lines)
        whole = _told_whole(one.actie)[0]
        late = " over tijd" if one.actie.te_laat else ""
        fits = room >= LINE and lines_of(whole + late, width) <= LINES_WIE
        if opened.is_cut and fits and not one.more:
            opened = replace(opened, beside=whole, beside_lines=LINES_WIE)
            room -= LINE
        acties.append(opened)
    done = filled.gedaan and room >= LINE and lines_of(f"Gedaan: {filled.gedaan}", width) > 1
    gedaan_lines = LINES_DONE if done else filled.gedaan_lines
    room -= (gedaan_lines - filled.gedaan_lines) * LINE
    parts = len(filled.card.doelen) + len(acties) + bool(filled.focus) + bool(filled.gedaan)
    lucht = round(min(max(room, 0) / (parts + 1), AIR), 2)
    return replace(filled, acties=tuple(acties), gedaan_lines=gedaan_lines, lucht=lucht)


def _take(fitted: FittedCard, room: float, inner: float) -> tuple[FittedCard, float]:
    """Fill a card in the order in which one wants to know: what comes, the focus, the rest."""
    card, focus = fitted.card, _focus(fitted.card)
    acties, room = _fit_many(card.volgende[:1], inner, room)
    needed = lines_of(focus, inner) if focus else 0
    lines = min(needed, 2, max(int(room // LINE), 0))
    room -= lines * LINE
    words = min(lines_of(", ".join(card.woorden), inner), 2) if card.woorden else 0
    met_woorden = bool(words) and room >= words * LINE
    room -= words * LINE if met_woorden else 0
    gedaan = _done(card) if card.gedaan and room >= ABOVE + LINE else ""
    room -= ABOVE + LINE if gedaan else 0
    more = min(needed - lines, LINES_FOCUS - lines, max(int(room // LINE), 0))
    room -= more * LINE
    later, room = _fit_many(card.volgende[1:] if acties else (), inner, room)
    acties = (*acties, *later)
    return (
        replace(
            fitted,
            met_woorden=met_woorden,
            focus=focus if lines else "",
            focus_lines=lines + more,
            gedaan=gedaan,
            acties=acties,
            is_focus_cut=needed > lines + more,
        ),
        room,
    )


def fill_lane(fitted: FittedCard) -> FittedCard:
    """A track: what comes and the focus stand beside its name, each with the whole height."""
    room = fitted.height - 2 * PAD
    filled, left = _with_more(lambda reserve: _take_lane(fitted, room - reserve), LANE_ACTIES)
    return _unfold(filled, left, LANE_ACTIES)


def _take_lane(fitted: FittedCard, room: float) -> tuple[FittedCard, float]:
    card = fitted.card
    acties, left = _fit_many(card.volgende, LANE_ACTIES, room)
    gedaan = _done(card) if card.gedaan and left >= ABOVE + LINE else ""
    left -= ABOVE + LINE if gedaan else 0
    focus = _focus(card)
    needed = lines_of(focus, LANE_FOCUS) if focus else 0
    lines = min(needed, LINES_FOCUS, max(int((fitted.height - 2 * PAD) // LINE), 0))
    filled = replace(
        fitted,
        met_woorden=fitted.height >= 2 * PAD + KOP + LINE,
        focus=focus,
        focus_lines=lines,
        gedaan=gedaan,
        acties=acties,
        is_focus_cut=needed > lines,
    )
    return filled, left


def _fit_many(
    acties: Iterable[Routeactie], width: float, room: float
) -> tuple[tuple[FittedAction, ...], float]:
    """As many actions as there is room for, from the first, and the room that is left."""
    fitted: list[FittedAction] = []
    for actie in acties:
        one = _fit(actie, width, room)
        if one is None:
            break
        fitted.append(one)
        room -= ABOVE + (one.lines + 1) * LINE
    return tuple(fitted), room


def _fit(actie: Routeactie, width: float, room: float) -> FittedAction | None:
    """An action in at most two lines and one for who and when; None when there is no room."""
    needed = _lines_of_wat(actie, width)
    lines = min(needed, LINES_WAT, int((room - ABOVE) // LINE) - 1)
    if lines < 1:
        return None
    beside = _who_and_when(actie, int(width / LETTER))
    return FittedAction(actie, lines, needed > lines, beside)


def _told_whole(actie: Routeactie) -> list[str]:
    """Who and when without a cut, with the year of a date and without."""
    wie, *days = (" ".join(p.split()) for p in (actie.actie.wie, actie.when, actie.when_in_year))
    return [", ".join(filter(None, (wie, day))) for day in days]


def _lines_of_wat(actie: Routeactie, width: float) -> int:
    return lines_of(actie.actie.wat, width, WAT_LETTER)


def _who_and_when(actie: Routeactie, letters: int) -> str:
    """Who and when in one line, with room for whether it is late; a date is never cut."""
    letters -= len(" over tijd") if actie.te_laat else 0
    if whole := next((told for told in _told_whole(actie) if len(told) <= letters), None):
        return whole
    wie, when = (" ".join(part.split()) for part in (actie.actie.wie, actie.when_in_year))
    when = _shorten(when, letters)
    room = letters - len(when) - 2
    wie = _shorten(wie, room) if room >= SHORTEST else ""
    return ", ".join(filter(None, (wie, when)))


def _shorten(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: max(letters - 1, 0)].rstrip(' ,')}…"


def _focus(card: Card) -> str:
    return " / ".join(" ".join(focus.split()) for focus in card.focussen)


def _done(card: Card) -> str:
    return "; ".join(" ".join(one.actie.wat.split()) for one in card.gedaan)


def lines_of(text: str, width: float, letter: float = LETTER) -> int:
    """Estimate how many lines a text takes in a column."""
    return sum(
        max(ceil((len(part) + (CAPITAL - 1) * sum(map(str.isupper, part))) * letter / width), 1)
        for part in text.split("\n")
    )
