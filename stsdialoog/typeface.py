"""What the typeface of PDFs has, and what comes in the place of the characters that it lacks.

Documents have one family. A talk with parents is also printed in the scripts that they write in.
"""

import unicodedata
from functools import cache
from importlib import import_module
from pathlib import Path

import regex
from django.conf import settings

from stsdialoog.text import with_plain_line_breaks

WEIGHTS = {"Regular": 400, "Semibold": 600}
# The families for other scripts, each with its file (static/pdf/schriften.css).
SCRIPTS = {
    "Noto Naskh Arabic": "NotoNaskhArabic-Regular.ttf",
    "Noto Sans Ethiopic": "NotoSansEthiopic-Regular.ttf",
    "Noto Sans Hebrew": "NotoSansHebrew-Regular.ttf",
}
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
# What people see as one word, also in the HTML of a document.
WORD = regex.compile(r"[^\s<>\"]+")
FROM_RIGHT, FROM_LEFT = ("R", "AL"), ("L",)


def limit_to_typeface(text: str, *, scripts: bool = False) -> str:
    """Replace what the typeface lacks, so that no other font on the machine is ever used.

    scripts: whether the text may be printed in the SCRIPTS too.
    Returns the text NFC-normalised and with LF line breaks only.
    """
    has = printable(scripts=scripts)

    def limited(suspect: "regex.Match[str]") -> str:
        # Nearly always é or a typographic quote, and taking that apart takes time.
        if has.issuperset(suspect[0]):
            return suspect[0]
        return SIGN.sub(lambda sign: _printed(sign[0], has), suspect[0])

    return SUSPECT.sub(limited, _composed(text))


def missing_from(text: str, *, scripts: bool = False) -> tuple[str, ...]:
    """The different words in a text that cannot be printed whole, the first one first.

    scripts: as for `limit_to_typeface`.
    """
    has = printable(scripts=scripts)
    return tuple(
        dict.fromkeys(
            word[0]
            for word in WORD.finditer(_composed(text))
            if not has.issuperset(word[0])
            and any(_printed(sign, has) == MISSING != sign for sign in SIGN.findall(word[0]))
        )
    )


def reads_from_right(line: str) -> bool:
    """Whether the first letter of a line is of a script that is read from the right."""
    kinds = map(unicodedata.bidirectional, line)
    return next((kind for kind in kinds if kind in FROM_RIGHT + FROM_LEFT), "L") in FROM_RIGHT


def font_file(name: str) -> Path:
    """The file of one of the WEIGHTS."""
    return settings.FONT_DIR / f"SourceSansPro-{name}.ttf"


def script_files() -> dict[str, Path]:
    """The files of the SCRIPTS that are installed."""
    files = {family: settings.NOTO_DIR / name for family, name in SCRIPTS.items()}
    return {family: path for family, path in files.items() if path.is_file()}


def printable(*, scripts: bool) -> frozenset[str]:
    """Every character that can be printed. scripts: as for `limit_to_typeface`."""
    return covered().union(*map(_characters, script_files().values())) if scripts else covered()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", with_plain_line_breaks(text))


def _printed(sign: str, has: frozenset[str]) -> str:
    printed = "".join(_substitute(char, has) for char in sign.translate(INSTEAD))
    return MISSING if MISSING in printed else printed


def _substitute(char: str, has: frozenset[str]) -> str:
    if char in has:
        return char
    kind = unicodedata.category(char)
    if kind[0] == "Z":
        return " "
    # Combining marks and invisible controls only change how the preceding character looks.
    return "" if kind[0] == "M" or kind in ("Cc", "Cf", "Cs") else MISSING


@cache
def covered() -> frozenset[str]:
    """Every character that all our font files have."""
    return frozenset("\t\n") | frozenset.intersection(
        *(_characters(font_file(name)) for name in WEIGHTS)
    )


@cache
def _characters(path: Path) -> frozenset[str]:
    with import_module("fontTools.ttLib").TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))
