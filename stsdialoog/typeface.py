"""What the typeface of PDFs has, and what comes in the place of the characters that it lacks."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import regex
from django.conf import settings

from stsdialoog.text import with_plain_line_breaks

WEIGHTS = {"Regular": 400, "Semibold": 600}
# Replaces a sign that the typeface lacks, such as an emoji: one for all that is seen as one sign.
MISSING = "\N{LOZENGE}"
# What the typeface has instead. Word writes the signs of its lists as characters of the typefaces
# Symbol and Wingdings, from U+F020 on.
INSTEAD = str.maketrans(
    {
        **dict.fromkeys("‐‑\uf02d", "-"),
        **dict.fromkeys("⁃", "–"),
        **dict.fromkeys("\uf0b7\uf09f\uf06c\uf09e◦‣●○⚫⚪⦁▪▫◾◽", "•"),
        **dict.fromkeys("\uf06e\uf0a7◼⬛", "■"),
        **dict.fromkeys("\uf06f\uf071\uf072\uf0a8□▢◻⬜❏❑❒", "☐"),
        **dict.fromkeys("\uf0fc✔✅🗸", "✓"),
        **dict.fromkeys("\uf0fe🗹", "☑"),
        **dict.fromkeys("\uf0fb\uf0fd☒✕✖✗✘❌", "×"),
        **dict.fromkeys("\uf0d8➢➤►▸", "▶"),
        **dict.fromkeys("\uf0e0\uf0e8\uf0f0➔➜➞➡⇒⟶", "→"),
        **dict.fromkeys("\uf0df\uf0e7⬅⇐⟵", "←"),
        **dict.fromkeys("\uf075\uf076◇❖✦", "◆"),
        **dict.fromkeys("★☆⭐✩✱", "*"),
    }
)
# Where a sign may be that the typeface lacks: all else is ASCII, and one character before it may be
# a part of the sign, such as the digit on a key.
SUSPECT = regex.compile(r"[\x20-\x7e]?[^\t\n\x20-\x7e]+")
SIGN = regex.compile(r"\X")


def limit_to_typeface(text: str) -> str:
    """Replace what the typeface lacks, so that no other font on the machine is ever used.

    Returns the text NFC-normalised and with LF line breaks only.
    """
    return SUSPECT.sub(_limited, _composed(text))


def missing_from(text: str) -> tuple[str, ...]:
    """The different signs in a text that the typeface lacks, the first one first."""
    return tuple(dict.fromkeys(_missing(_composed(text))))


def font_file(name: str) -> Path:
    """The file of one of the WEIGHTS."""
    return settings.FONT_DIR / f"SourceSansPro-{name}.ttf"


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", with_plain_line_breaks(text))


def _missing(text: str) -> Iterator[str]:
    for suspect in SUSPECT.finditer(text):
        if covered().issuperset(suspect[0]):
            continue
        for sign in SIGN.finditer(suspect[0]):
            if _printed(sign[0]) == MISSING != sign[0]:
                yield sign[0]


def _limited(suspect: "regex.Match[str]") -> str:
    # Nearly always é or a typographic quote, and taking that apart takes time.
    if covered().issuperset(suspect[0]):
        return suspect[0]
    return SIGN.sub(lambda sign: _printed(sign[0]), suspect[0])


def _printed(sign: str) -> str:
    printed = "".join(map(_substitute, sign.translate(INSTEAD)))
    return MISSING if MISSING in printed else printed


def _substitute(char: str) -> str:
    if char in covered():
        return char
    kind = unicodedata.category(char)
    if kind[0] == "Z":
        return " "
    # Combining marks and invisible controls only change how the preceding character looks.
    return "" if kind[0] == "M" or kind in ("Cc", "Cf", "Cs") else MISSING


@cache
def covered() -> frozenset[str]:
    """Every character that all our font files have."""
    return frozenset("\t\n") | frozenset.intersection(*map(_characters, WEIGHTS))


def _characters(font_name: str) -> frozenset[str]:
    with import_module("fontTools.ttLib").TTFont(font_file(font_name), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
