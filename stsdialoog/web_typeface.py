"""The typeface of pages: what a browser needs of the files that PDFs are made with.

Those hold 570 kB, with Greek, Cyrillic and small capitals. A browser gets the letters that names
are written with, punctuation and signs, as WOFF2. That is made where static files are looked for,
so `runserver` and `collectstatic` both have it without a step of their own.
"""

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

from stsdialoog.typeface import WEIGHTS, font_file

RANGES = (
    range(0x0020, 0x0250),  # the letters of every language that is written in Latin
    range(0x02B0, 0x0370),  # what stands beside, above and below them
    range(0x1E00, 0x1F00),  # Vietnamese, among others
    range(0x2000, 0x2070),  # punctuation
    range(0x20A0, 0x2300),  # currencies, fractions, arrows, mathematics
    range(0x25A0, 0x27C0),  # shapes, ticks and crosses
)
FILES = {f"fonts/sans-{weight.lower()}.woff2": weight for weight in WEIGHTS}
# The licence of the typeface (OFL) wants its own words and the copyright to stay in a file that was
# changed, and the name "Source" not to. Numbers of the OpenType specification.
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]
NAMES_OF_THE_FAMILY = (1, 3, 4, 6)
FAMILY = "STS-Dialoog-Sans"


class WebTypefaceFinder(BaseFinder):
    """Finds the typeface of pages among the static files, and makes it when it is not there yet."""

    def check(self, **kwargs: Any) -> list[Any]:  # noqa: ARG002 (a method of Django's)
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        found = [str(_made(path))] if path in FILES else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        storage = FileSystemStorage(location=_folder())
        for path in FILES:
            _made(path)
            yield path, storage


def web_font(weight: str) -> bytes:
    """One of the WEIGHTS as WOFF2; from the same files the same bytes."""
    subset = import_module("fontTools.subset")
    options = subset.Options(name_IDs=KEPT_NAMES, notdef_outline=True, flavor="woff2")
    subsetter, written = subset.Subsetter(options), BytesIO()
    subsetter.populate(unicodes=[code for codes in RANGES for code in codes])
    with subset.load_font(font_file(weight), options) as font:
        subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in NAMES_OF_THE_FAMILY:
                record.string = f"{FAMILY}-{weight}"
        subset.save_font(font, written, options)
    return written.getvalue()


def _made(path: str) -> Path:
    """The file of a static path; others that make it at the same time do no harm."""
    file = _folder() / path
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as output:
            output.write(web_font(FILES[path]))
        Path(new).replace(file)
    return file


@cache
def _folder() -> Path:
    """Another one for each release of the typeface or of this module."""
    sources = [Path(__file__), *map(font_file, WEIGHTS)]
    digest = sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    return settings.WEB_TYPEFACE_DIR / digest[:12]
