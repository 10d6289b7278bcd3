"""PDFs. The only module that calls WeasyPrint.

Every PDF is tagged (PDF/UA-1), has one embedded typeface, is made without a network, and is the
same, byte for byte, whenever and wherever it is made from the same data.
"""

import gc
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

STYLES_DIR = settings.BASE_DIR / "static" / "pdf"
WEIGHTS = {"Regular": 400, "Semibold": 600}
# Stands for a character that the typeface does not have, such as an emoji.
MISSING = "\N{LOZENGE}"

# Letters without a space between them, each as itself or as an entity; longer than any name, so
# never in a title. To break one word of 20 000 letters over lines takes a minute, many short ones
# no time.
LONG_WORD = re.compile(r'(?:&[#\w]+;|[^\s<>"&]){125}')

# The white space at the end of a block, and before the mark behind a sentence. Where a line is just
# full with the last word, WeasyPrint breaks after the first word instead of there: so it gets
# nothing to break at, and before the mark a place to break. The lookbehind tries a run only once.
LOOSE_END = re.compile(r"(?<!\s)\s+(?=</(?:p|h[1-6]|li|td|th)>)")
BEFORE_MARK = re.compile(r'(?<!\s)\s+(?=<span class="herkomst">)')

# Pango and fontconfig share their caches between threads and corrupt them: one PDF at a time.
_lock = threading.Lock()


def render_pdf(template: str, context: Mapping[str, Any], *, styles: tuple[str, ...]) -> bytes:
    """Make a PDF from a template.

    context: with `stand_van` when the PDF has a date.
    styles: names of files in static/pdf, besides basis.css.
    """
    return write_pdf(render_to_string(template, {"stand_van": None, **context}), styles=styles)


def write_pdf(html: str, *, styles: tuple[str, ...]) -> bytes:
    """Make a PDF from a page of HTML."""
    html = LONG_WORD.sub(r"\g<0><wbr>", in_our_typeface(html))
    html = BEFORE_MARK.sub("<wbr> ", LOOSE_END.sub("", html))
    with _lock, _collector_paused():
        document = _weasyprint().HTML(string=html, url_fetcher=_fetcher())
        return document.write_pdf(
            stylesheets=[_typeface(), *(_style(name) for name in ("basis.css", *styles))],
            font_config=_font_config(),
            pdf_variant="pdf/ua-1",
        )


def pdf_response(pdf: bytes, *, filename: str) -> HttpResponse:
    """Show a PDF in the browser; `filename` is what it is saved as."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{filename}"',
            "Cache-Control": "private, no-cache",
            # The strict policy of our pages would hold for the page that a browser's own PDF
            # viewer is: without its inline styles Safari shows a PDF the size of a stamp.
            "Content-Security-Policy": "frame-ancestors 'none'",
        },
    )


def is_ours(url: str) -> bool:
    """Whether a URL is one of the files that a PDF is made from."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return False
    path = Path(unquote(parts.path)).resolve()
    return any(path.is_relative_to(folder.resolve()) for folder in (settings.FONT_DIR, STYLES_DIR))


def in_our_typeface(text: str) -> str:
    """Replace what the typeface lacks, so that no other font of the machine ever fills in."""
    text = unicodedata.normalize("NFC", text)
    return text.translate({ord(char): _substitute(char) for char in set(text) - _covered()})


def _substitute(char: str) -> str:
    kind = unicodedata.category(char)[0]
    if kind == "Z":
        return " "
    # Marks and invisible controls only change how the character before them looks.
    return "" if kind in "MC" else MISSING


@cache
def _covered() -> frozenset[str]:
    """Every character that stands in all the font files that we use."""
    return frozenset("\t\n\r") | frozenset.intersection(*map(_characters, WEIGHTS))


def _characters(font_name: str) -> frozenset[str]:
    with import_module("fontTools.ttLib").TTFont(_font_file(font_name), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A layout makes very many objects and no garbage: collecting meanwhile only costs time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _weasyprint() -> ModuleType:
    """Imported at the first PDF: it takes 0.6 s, which no other page should wait for."""
    return import_module("weasyprint")


@cache
def _font_config() -> Any:
    return import_module("weasyprint.text.fonts").FontConfiguration()


@cache
def _typeface() -> Any:
    rules = [
        f"@font-face {{ font-family: 'Source Sans'; font-weight: {weight};"
        f" src: url({_font_file(name).as_uri()}) }}"
        for name, weight in WEIGHTS.items()
    ]
    return _css(string="\n".join(rules))


@cache
def _style(name: str) -> Any:
    return _css(filename=STYLES_DIR / name)


def _css(**source: Any) -> Any:
    return _weasyprint().CSS(**source, font_config=_font_config(), url_fetcher=_fetcher())


def _font_file(name: str) -> Path:
    return settings.FONT_DIR / f"SourceSansPro-{name}.ttf"


@cache
def _fetcher() -> Any:
    urls: Any = import_module("weasyprint.urls")

    class OwnFiles(urls.URLFetcher):
        """Gives our own fonts and style sheets, and nothing else of the machine or the network."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if not is_ours(url):
                raise ValueError(f"A PDF may not load {url}")
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols=["file"], allow_redirects=False)
