"""Laying out PDFs. The only module that calls WeasyPrint.

Every PDF is tagged (PDF/UA-1), embeds a single typeface (save for the scripts of parents in what
they take home), and is rendered without network access. The same HTML gives the same PDF, byte for
byte, at any time and on any machine. Pango and fontconfig share caches between threads and corrupt
them, so one process lays out one PDF at a time: `stsdialoog/documents/` sees to that.
"""

import gc
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from stsdialoog.typeface import WEIGHTS, covered, font_file, limit_to_typeface, script_files

STYLES_DIR = settings.BASE_DIR / "static" / "pdf"
BASE_STYLE = "basis.css"
# The one picture that a document may bring along, in its HTML: a PNG, for a logo.
PICTURE = "data:image/png;base64,"
PNG = b"\x89PNG\r\n\x1a\n"
# A document with this sheet may be printed in other scripts too.
SCRIPTS_STYLE = "schriften.css"

# A run of 125 characters without a space to break at, each written as itself or as an entity:
# longer than any name, so never in a title. WeasyPrint takes a minute to break one word of 20 000
# letters over lines, and no time for many short ones. Words with non-breaking spaces between them
# are one word.
LONG_WORD = re.compile(r'(?:&[#\w]+;|[^ \t\n\r\f<>"&]){125}')

# White space at the end of a block, and before the herkomst mark that follows a sentence. When the
# last word just fills the line, WeasyPrint breaks after the first word instead of at that white
# space. So the first kind is removed, and the second gets an explicit break opportunity. The
# lookbehind makes the regex try each run of white space only once.
TRAILING_SPACE = re.compile(r"(?<!\s)\s+(?=</(?:p|h[1-6]|li|td|th)>)")
SPACE_BEFORE_MARK = re.compile(r'(?<!\s)\s+(?=<span class="herkomst">)')


def write_pdf(html: str, *, styles: tuple[str, ...]) -> bytes:
    """Lay out an HTML document as the bytes of a PDF.

    styles: names of files in static/pdf, in addition to basis.css.
    """
    scripts = SCRIPTS_STYLE in styles
    html = LONG_WORD.sub(r"\g<0><wbr>", limit_to_typeface(html, scripts=scripts))
    html = SPACE_BEFORE_MARK.sub("<wbr> ", TRAILING_SPACE.sub("", html))
    with _collector_paused():
        document = _weasyprint().HTML(string=html, url_fetcher=_fetcher())
        return document.write_pdf(
            stylesheets=[
                _typeface(),
                *([_scripts()] if scripts else []),
                *(_style(name) for name in (BASE_STYLE, *styles)),
            ],
            font_config=_font_config(),
            pdf_variant="pdf/ua-1",
        )


def warm_up() -> None:
    """Do beforehand what every layout does, and what a process may do before it forks.

    No font may be opened yet: Pango may use a thread for that, which a fork would lose.
    """
    _fetcher()
    covered()


def open_typeface(*, styles: tuple[str, ...]) -> None:
    """Open the fonts of a document, of which WeasyPrint writes a copy to a temporary folder."""
    _typeface()
    if SCRIPTS_STYLE in styles:
        _scripts()


def is_own_file(url: str) -> bool:
    """Whether a URL is one of our own fonts or PDF style sheets."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        return False
    path = Path(unquote(parts.path)).resolve()
    return any(
        path.is_relative_to(folder.resolve()) for folder in (settings.FONT_DIR, STYLES_DIR)
    ) or path in (one.resolve() for one in script_files().values())


def picture_in(url: str) -> bytes | None:
    """The PNG that a URL consists of; None for any other URL, also of another kind of picture."""
    data = b64decode(url.removeprefix(PICTURE)) if url.startswith(PICTURE) else b""
    return data if data.startswith(PNG) else None


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector: a layout makes many objects and no garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@cache
def _weasyprint() -> ModuleType:
    """Import WeasyPrint for the first PDF: that takes 0.6 s, which no other page should pay."""
    return import_module("weasyprint")


@cache
def _font_config() -> Any:
    return import_module("weasyprint.text.fonts").FontConfiguration()


@cache
def _typeface() -> Any:
    rules = [
        f"@font-face {{ font-family: 'Source Sans'; font-weight: {weight};"
        f" src: url({font_file(name).as_uri()}) }}"
        for name, weight in WEIGHTS.items()
    ]
    return _css(string="\n".join(rules))


@cache
def _scripts() -> Any:
    rules = [
        f"@font-face {{ font-family: '{family}'; src: url({path.as_uri()}) }}"
        for family, path in script_files().items()
    ]
    return _css(string="\n".join(rules))


@cache
def _style(name: str) -> Any:
    return _css(filename=STYLES_DIR / name)


def _css(**source: Any) -> Any:
    return _weasyprint().CSS(**source, font_config=_font_config(), url_fetcher=_fetcher())


@cache
def _fetcher() -> Any:
    urls: Any = import_module("weasyprint.urls")

    class OwnFiles(urls.URLFetcher):
        """Serves our own fonts and style sheets, and the logo that stands in the HTML itself;
        nothing else from the machine or network.
        """

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if (picture := picture_in(url)) is not None:
                return urls.URLFetcherResponse(url, picture, {"Content-Type": "image/png"})
            if not is_own_file(url):
                raise ValueError(f"A PDF may not load {url}")
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols=["file"], allow_redirects=False)
