"""The registry of kinds of material, filled by the apps that implement them.

A `Content` says how the files of one soort are checked, stored, read, compared and edited. A
`Materiaalsoort` says how such content is used: where a dossier starts using it, its PDF, and which
records are answers to it. There is one for each vorm.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm

from dossiers.materialen.content.difference import Part
from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.content.schema import Schema
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm
from dossiers.mensen.models import CLB, School
from stsdialoog.documents.document import KeptDocument
from stsdialoog.links import PageLink


@dataclass(frozen=True)
class Editor:
    """How a content is edited in the admin.

    form: gives the form class for the page of a concept, with FIELDSETS (`forms.VersieForm`).
    inlines: the inlines on that page.
    page_of_place: the page on which a part of the document is edited; None when that is the page
        of the concept.
    prefetch: what page_of_place looks at, so that a whole version costs no query for each place.
    rows: the list in the document whose members are rows on such a page.
    """

    form: Callable[[Materiaalversie], type[ModelForm]]
    inlines: Sequence[type[InlineModelAdmin]]
    page_of_place: Callable[[Materiaalversie, Place], PageLink | None]
    prefetch: Sequence[str]
    rows: str


@dataclass(frozen=True)
class Codes:
    """What another material can refer to.

    said: the questions and steps that have words of a team.
    doelen: the goals.
    """

    said: frozenset[str] = frozenset()
    doelen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """Everything the shelf needs to know about one soort of content file.

    soort: its name in the head of a file.
    schema: JSON Schema of the document without its head.
    check: finds what a schema cannot express, such as rules across items; it is also called for
        documents of the wrong shape, and skips what it cannot read.
    vorm_of: gives the vorm of a valid document.
    store: writes the content of a version, replacing what the version held.
    read: the reverse of `store`: gives the content of a version as a document without its head.
    parts: gives the parts of a document in document order, for comparing two versions.
    codes: gives what another material can refer to in a valid document.
    template: the template fragment that shows the content (styled by static/css/toolbox.css).
    context: gives the template context for a version.
    with_proposals: a condition on Materiaalversie that holds when something in its content, apart
        from `waarvoor` and `teksten`, still has to be confirmed by the PLG.
    editor: how the content is edited in the admin.
    """

    soort: str
    schema: Schema
    check: Callable[[Inhoud], Iterable[Finding]]
    vorm_of: Callable[[Inhoud], Vorm]
    store: Callable[[Materiaalversie, Inhoud], None]
    read: Callable[[Materiaalversie], Inhoud]
    parts: Callable[[Inhoud], Iterable[Part]]
    codes: Callable[[Inhoud], Codes]
    template: str
    context: Callable[[Materiaalversie], dict[str, Any]]
    with_proposals: Q
    editor: Editor


@dataclass(frozen=True)
class Materiaalsoort:
    """How content of one vorm is used.

    blank_pdf: makes the PDF of a version for printing, with blanks to fill in by hand if any,
        for a school or a CLB, or for nobody known.
    start_url: the URL at which the dossier with this primary key starts using a version.
    answers: the models whose rows are answers to such a version, each with the lookup from a row to
        the version.
    """

    vorm: Vorm
    content: Content
    blank_pdf: Callable[[Materiaalversie, School | CLB | None], KeptDocument]
    start_url: Callable[[UUID, Materiaalversie], str]
    answers: Sequence[tuple[type[Model], str]]


_soorten: dict[Vorm, Materiaalsoort] = {}


def register_soort(soort: Materiaalsoort) -> None:
    """Register a kind of material. Called by its app in `AppConfig.ready`."""
    _soorten[soort.vorm] = soort


def soort_of(versie: Materiaalversie) -> Materiaalsoort:
    """The kind of material of a version, by its vorm."""
    return _soorten[Vorm(versie.vorm)]


def contents() -> dict[str, Content]:
    """Every registered content, by the soort in the head of its files."""
    return {soort.content.soort: soort.content for soort in _soorten.values()}


def has_answers(versie: Materiaalversie) -> bool:
    """Whether anything that users filled in refers to a version.

    Checks every kind with the same content, because a version may have answers of any of them.
    """
    content = soort_of(versie).content
    answers = {
        one for soort in _soorten.values() if soort.content == content for one in soort.answers
    }
    return any(
        model._default_manager.filter(**{lookup: versie}).exists() for model, lookup in answers
    )


def mark_proposals(versies: QuerySet[Materiaalversie]) -> QuerySet[Materiaalversie]:
    """Annotate versions, of any soort, with what `has_proposals` needs."""
    waits = Q()
    for content in contents().values():
        waits |= content.with_proposals
    return versies.annotate(met_voorstel=waits)


def has_proposals(versie: Any) -> bool:
    """Whether any sentence of a version still has to be confirmed by the PLG.

    versie: a Materiaalversie annotated by `mark_proposals`.
    """
    return versie.met_voorstel or _waits([versie.waarvoor, versie.teksten])


def _waits(part: Any) -> bool:
    if isinstance(part, list):
        return any(map(_waits, part))
    if isinstance(part, dict):
        return part.get("herkomst") == Herkomst.VOORSTEL or any(map(_waits, part.values()))
    return False
