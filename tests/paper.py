"""Documents on paper, for the stories about what stands on them.

The real thing lays them out in a process of their own and keeps them (tests/stsdialoog/documents/);
here it is done in this process, and once for all stories, because a layout takes seconds.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pypdf
import pytest

from stsdialoog import pdf
from stsdialoog.documents import desk
from stsdialoog.documents.document import Document

# Points of a page that are for its margin boxes, above and below.
ABOVE, BELOW = 34.0, 31.0
# As many lines a page has at least.
FEWEST = 3
# From how large a line is a heading: all text is smaller, in points.
HEADING = 11.5

_made: dict[tuple[str, tuple[str, ...]], bytes] = {}


def on_paper(document: Document) -> bytes:
    made_of = document.html, document.styles
    if made_of not in _made:
        _made[made_of] = on_paper_again(document)
    return _made[made_of]


def on_paper_again(document: Document) -> bytes:
    """Lay it out, also when that was done before."""
    return pdf.write_pdf(document.html, styles=document.styles)


def lay_out_by(make: Callable[[Document], bytes], patch: pytest.MonkeyPatch) -> None:
    """Let something else make what is asked for, at once; nothing of it is kept."""
    patch.setattr(desk, "find_or_make", lambda document, **_: make(document))
    patch.setattr(desk, "make_unkept", make)


def short_pages(data: bytes) -> list[str]:
    """The pages of a PDF with fewer lines than are worth a page, unless it has only one."""
    pages = _pages(data)
    return [
        f"page {number} of {len(pages)} has only {[words for words, _ in lines]}"
        for number, lines in enumerate(pages, start=1)
        if len(pages) > 1 and len(lines) < FEWEST
    ]


def headings_at_the_foot(data: bytes) -> list[str]:
    """The pages of a PDF that end on a heading; the first one may end on a drawing."""
    return [
        f"page {number} ends on {lines[-1][0]!r}"
        for number, lines in enumerate(_pages(data), start=1)
        if number > 1 and lines and lines[-1][1] >= HEADING
    ]


def page_count(data: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def _pages(data: bytes) -> list[list[tuple[str, float]]]:
    return [list(_lines(one)) for one in pypdf.PdfReader(io.BytesIO(data)).pages]


def _lines(page: Any) -> Iterator[tuple[str, float]]:
    """The lines of a page from its top, each with the size of its smallest letters in points."""
    # By how far they are from the foot, in steps of two points.
    found: dict[int, list[tuple[str, float]]] = {}

    def look(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if words := text.strip():
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.setdefault(round(up / 2), []).append((words, size * abs(cm[3] * tm[3])))

    page.extract_text(visitor_text=look)
    height = float(page.mediabox.height)
    for place in sorted(found, reverse=True):
        if BELOW < 2 * place < height - ABOVE:
            line = found[place]
            yield " ".join(words for words, _ in line), min(points for _, points in line)
