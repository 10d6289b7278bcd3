"""What a document is made of, and the key that its PDF is kept under."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from stsdialoog import pdf, text, typeface

# The sheet that marks what comes out of an oefendossier.
OEFEN = "oefen.css"
# The sheet with the names and logos above the first page.
LETTERHEAD = "briefhoofd.css"
# The owner of documents that show only what a material holds.
MATERIALS = "materialen"


@dataclass(frozen=True)
class Sender:
    """Who a document comes from, as its first page says.

    naam, contact: a line each, or "".
    logo: a PNG as the address of a picture (pdf.PICTURE), or "".
    van: whose logo it is, for who cannot see it.
    """

    naam: str
    contact: str
    logo: str
    van: str


@dataclass(frozen=True)
class Document:
    """A document that can be laid out.

    template: names it in the log, which never gets its words.
    titel: what a reader knows it by.
    styles: names of files in static/pdf, in addition to basis.css.
    """

    template: str
    titel: str
    html: str
    styles: tuple[str, ...]


@dataclass(frozen=True)
class KeptDocument(Document):
    """A document whose PDF may be kept on disk.

    owner: what it is deleted with: the primary key of a dossier, or MATERIALS. What belongs to
        anything else, such as a CLB, is kept until the next night.
    """

    owner: str

    @cached_property
    def key(self) -> str:
        """The same for the same bytes of PDF: a digest of all that a layout reads."""
        parts = (_code_version(), *_styles(self.styles), self.html.encode())
        # Of each part on its own, so that nothing can move from one part to the next.
        digests = [hashlib.sha256(part).digest() for part in parts]
        return hashlib.sha256(b"".join(digests)).hexdigest()


def render_document(
    template: str,
    context: Mapping[str, Any],
    *,
    styles: tuple[str, ...],
    oefen: bool,
    letterhead: tuple[Sender, ...] = (),
) -> Document:
    """Render the HTML of a document that is never kept.

    context: with `titel`, and with `stand_van` when the document has a date.
    oefen: whether it comes out of an oefendossier; then each page says so.
    letterhead: who it comes from, for above its first page.
    """
    html = _html(template, context, letterhead)
    return Document(template, context["titel"], html, _sheets(styles, oefen, letterhead))


def render_kept(
    template: str,
    context: Mapping[str, Any],
    *,
    styles: tuple[str, ...],
    owner: object,
    letterhead: tuple[Sender, ...] = (),
) -> KeptDocument:
    """Render the HTML of a document that may be kept; see `render_document` and `KeptDocument`.

    context: with `dossier` when it is about one; that says whether each page is marked.
    """
    dossier = context.get("dossier")
    oefen = dossier is not None and dossier.school.oefen
    html = _html(template, context, letterhead)
    sheets = _sheets(styles, oefen, letterhead)
    return KeptDocument(template, context["titel"], html, sheets, str(owner))


def _sheets(
    styles: tuple[str, ...], oefen: bool, letterhead: tuple[Sender, ...]
) -> tuple[str, ...]:
    return (*styles, *([LETTERHEAD] if letterhead else ()), *([OEFEN] if oefen else ()))


def _html(template: str, context: Mapping[str, Any], letterhead: tuple[Sender, ...]) -> str:
    return render_to_string(template, {"stand_van": None, "briefhoofd": letterhead, **context})


def _styles(names: tuple[str, ...]) -> Iterator[bytes]:
    for name in (pdf.BASE_STYLE, *names):
        yield (pdf.STYLES_DIR / name).read_bytes()


@cache
def _code_version() -> bytes:
    """What changes only with a release: our code, the typeface, and every installed package."""
    packages = sorted(f"{found.name}=={found.version}" for found in distributions())
    code = (Path(str(module.__file__)) for module in (pdf, typeface, text))
    files = [*code, *map(typeface.font_file, typeface.WEIGHTS)]
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    return "\n".join([*packages, *digests]).encode()
