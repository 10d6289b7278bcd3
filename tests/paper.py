"""Documents on paper, for the stories about what stands on them.

The real thing lays them out in a process of their own and keeps them (tests/stsdialoog/documents/);
here it is done in this process, and once for all stories, because a layout takes seconds.
"""

from collections.abc import Callable

import pytest

from stsdialoog import pdf
from stsdialoog.documents import desk
from stsdialoog.documents.document import Document

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
