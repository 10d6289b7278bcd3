"""Where a goal stands in the drawing of the source: in which block of its phase."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from stsdialoog.text import search_key

# "ongewettigd (B-codes)": the name of a track, and the codes that belong to it.
WITH_CODES = re.compile(r"(?P<naam>.*?)\s*\((?P<codes>[^()]*)\)")
# The pupil who returns is the arrow of the drawing, and no word in a block.
WELCOME_BACK = "WELCOME BACK!"


def block_of(kort: str, blokken: Sequence[Mapping[str, Any]]) -> int | None:
    """Which block of a phase a goal belongs to: the one called after it, or with it as a word.

    kort: the short name of the goal.
    Returns None for a goal that the source has no block for.
    """
    name = search_key(kort)
    for index, blok in enumerate(blokken):
        if search_key(blok["kop"]) == name:
            return index
    for index, blok in enumerate(blokken):
        if any(_is_about(name, search_key(woord)) for woord in blok["woorden"]):
            return index
    return None


def name_and_codes(kop: str) -> tuple[str, str]:
    """The heading of a block, and the codes behind it: empty for most."""
    found = WITH_CODES.fullmatch(kop)
    return (found["naam"], found["codes"].removesuffix("-codes")) if found else (kop, "")


def spoken_words(blok: Mapping[str, Any]) -> tuple[str, ...]:
    """The key words of a block, without the one that is drawn as an arrow."""
    return tuple(woord for woord in blok["woorden"] if woord != WELCOME_BACK)


def _is_about(name: str, woord: str) -> bool:
    return bool(woord) and (name.startswith(woord) or woord.startswith(name))
