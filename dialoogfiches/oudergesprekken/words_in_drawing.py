"""Puts words on lines of a drawing, which has no line breaks of its own.

Widths are estimates, in the height of a letter, and on the high side: a line that is a little short
does no harm, a line that runs into its neighbour does.
"""

from collections.abc import Iterable, Iterator

import regex

CHARACTER = regex.compile(r"\X")
NARROW, WIDE = frozenset("iljtfrI.,:;'’‘!|()[]- "), frozenset("mwMW%@&")
CAPITAL = regex.compile(r"\p{Lu}")
LATIN = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{N}\p{P}\p{S}\p{Z}]")
MORE = "en nog {}"
# So that one long point leaves room for others.
LINES_PER_POINT = 4


def wrapped(points: Iterable[str], *, room: float, at_most: int) -> tuple[str, ...]:
    """The points, each from a line of its own on, in lines that fit; of a long one the beginning.

    room: the width of a line. at_most: how many lines; the last one then tells how many points are
        left out.
    """
    rows = [_shortened(list(_lines(point, room))) for point in points]
    if sum(map(len, rows)) <= at_most:
        return tuple(line for row in rows for line in row)
    shown: list[str] = []
    for place, row in enumerate(rows):
        if len(shown) + len(row) > at_most - 1:
            return (*shown, MORE.format(len(rows) - place))
        shown += row
    return tuple(shown)


def _shortened(lines: list[str]) -> list[str]:
    return lines if len(lines) <= LINES_PER_POINT else [*lines[: LINES_PER_POINT - 1], "…"]


def width(text: str) -> float:
    return sum(map(_width, CHARACTER.findall(text)))


def _width(character: str) -> float:
    if character in NARROW:
        return 0.36
    if not LATIN.match(character):
        return 1.1
    if character in WIDE:
        return 0.9
    return 0.68 if CAPITAL.match(character) else 0.56


def _lines(point: str, room: float) -> Iterator[str]:
    line = ""
    for word in point.split():
        if width(f"{line} {word}".strip()) <= room:
            line = f"{line} {word}".strip()
            continue
        # The sign of a point does not stand alone.
        start = f"{line} " if len(line) == 1 else ""
        if line and not start:
            yield line
        *full, line = _pieces(start + word, room)
        yield from full
    yield line


def _pieces(word: str, room: float) -> list[str]:
    """A word in pieces that fit, with a hyphen at each break."""
    pieces = [""]
    for character in CHARACTER.findall(word):
        if pieces[-1] and width(pieces[-1] + character + "-") > room:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += character
    return pieces
