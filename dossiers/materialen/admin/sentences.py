"""The sentences of a concept by the page that has them, so that nobody looks for their place."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.db.models import prefetch_related_objects

from dossiers.materialen.admin.content import page_of
from dossiers.materialen.content.files import Place
from dossiers.materialen.domain.documents import document_of, sentences_of
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import soort_of
from stsdialoog.links import PageLink

# What is chosen or counted, and not written; and the sheets to fill in by hand, which only a file
# changes: what stands on one has to fit on it.
NO_SENTENCES = frozenset(("doelgroepen", "datum", "invulblad"))


@dataclass(frozen=True)
class Sentence:
    """A text of a concept, and the address at which it is changed."""

    tekst: str
    url: str


@dataclass(frozen=True)
class SentencePage:
    """The sentences that one page of the admin has."""

    titel: str
    zinnen: tuple[Sentence, ...]


def sentences_by_page(versie: Materiaalversie) -> Iterator[SentencePage]:
    """Every sentence, in the order of the document. A constant number of queries."""
    editor = soort_of(versie).content.editor
    prefetch_related_objects([versie], *editor.prefetch)
    own = page_of(versie)
    placed = [
        (editor.page_of_place(versie, place) or own, Sentence(tekst, _box(place, editor.rows)))
        for place, tekst in sentences_of(document_of(versie))
        if not NO_SENTENCES.intersection(place) and place != ("versie", "versie")
    ]
    for page, found in groupby(placed, key=lambda one: one[0]):
        zinnen = tuple(Sentence(zin.tekst, page.url + zin.url) for _, zin in found)
        yield SentencePage(_titel(page, own), zinnen)


def _titel(page: PageLink, own: PageLink) -> str:
    return "Titel, bron en vaste zinnen" if page == own else page.titel


def _box(place: Place, rows: str) -> str:
    """The fragment of the box of a sentence on its page: a browser puts the focus there.

    A sentence that has no box of that name is found by eye, as without a fragment.
    """
    is_marked = place[-1] == "tekst" and isinstance(place[-2], str)
    field = place[-2] if is_marked else place[-1]
    row = next((f"{rows}-{number}-" for name, number in pairwise(place) if name == rows), "")
    return f"#id_{row}{field}"
