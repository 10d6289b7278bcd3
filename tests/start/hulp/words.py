"""The words that stand on pages: what a manual may call a button, a link or a heading."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# What is not read: comments, the tags of Django and what they print, the tags of HTML.
BETWEEN = re.compile(
    r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|\{%.*?%\}|\{\{.*?\}\}|<svg.*?</svg>|<[^>]*>",
    re.DOTALL,
)
# The words that a template gives to the part that it includes.
GIVEN = re.compile(r"\{% include [^%]*? with ([^%]*)%\}")
WORDS = re.compile(r'="([^"]*)"')
STRING = re.compile(r'"([^"\n]*)"')
FOLDERS = ("dossiers", "preventieplan", "dialoogfiches", "start", "stsdialoog")
# Its buttons are examples, which nobody presses.
EXAMPLES = ROOT / "templates" / "start" / "huisstijl.html"
# Signs that stand before or after the words of a button, and are no part of its name.
SIGNS = " +→←:‘"


@cache
def words_on_pages() -> frozenset[str]:
    """Every text of a template, also what it gives a part, and every whole string in the code and
    the scripts.
    """
    return frozenset(
        {
            one
            for path in (ROOT / "templates").rglob("*.html")
            if path != EXAMPLES
            for one in texts_of(path.read_text())
        }
        | {
            plain(node.value)
            for folder in FOLDERS
            for path in (ROOT / folder).rglob("*.py")
            if "migrations" not in path.parts
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        | {
            plain(text)
            for path in (ROOT / "static" / "js").rglob("*.js")
            for text in STRING.findall(path.read_text())
        }
    )


def texts_of(template: str) -> set[str]:
    given = [words for one in GIVEN.findall(template) for words in WORDS.findall(one)]
    return {text for part in (*BETWEEN.split(template), *given) if (text := plain(part))}


def plain(text: str) -> str:
    """A text with single spaces, without the signs around it."""
    return " ".join(text.split()).strip(SIGNS)
