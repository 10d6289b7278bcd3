"""The typeface of pages: what a browser needs of the files that PDFs are made with.

Those hold 570 kB, with Greek, Cyrillic and small capitals. A browser gets the letters that names
are written with, punctuation and signs, as WOFF2.
"""

from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path

from stsdialoog.made_files import MadeFilesFinder, folder_for
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


class WebTypefaceFinder(MadeFilesFinder):
    paths = FILES

    def folder(self) -> Path:
        return _folder()

    def content(self, path: str) -> bytes:
        return web_font(FILES[path])


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


@cache
def _folder() -> Path:
    return folder_for([Path(__file__), *map(font_file, WEIGHTS)])
