"""The kinds of material: what each room and chamber above tells the shelf about its own.

A `Content` says how the files of one soort are checked, stored, read, compared and edited. A
`Materiaalsoort` is what one does with such a content: where it begins in a dossier, what it is on
paper, and which records are answers to it. There is one for each vorm.
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
from stsdialoog.links import PageLink


@dataclass(frozen=True)
class Editor:
    """How a content is edited in the admin.

    form: makes the form of a concept's own page, with its FIELDSETS (`forms.VersieForm`).
    inlines: the parts on that page.
    page_of_place: the page on which a part of the document is edited; None for the concept's own.
    """

    form: Callable[[Materiaalversie], type[ModelForm]]
    inlines: Sequence[type[InlineModelAdmin]]
    page_of_place: Callable[[Materiaalversie, Place], PageLink | None]


@dataclass(frozen=True)
class Content:
    """One soort of content file, and all that the shelf needs to know about it.

    soort: as the head of a file names it.
    schema: JSON Schema of the document without its head.
    check: finds what a schema cannot say, such as rules across items; it also gets documents
        whose shape is wrong, and passes over what it cannot read.
    vorm_of: the vorm that a document without findings says it has.
    store: writes the content of a version, in place of what the version held.
    read: gives what a version holds as the document has it, without its head; undoes `store`.
    parts: the parts of a document, in its order, by which two versions are compared.
    template: the part of a page that shows the content (static/css/toolbox.css lays it out).
    context: what that template needs, for a version.
    with_proposals: condition on a Materiaalversie: something in its content, its `waarvoor` and its
        `teksten` aside, still waits for the PLG.
    """

    soort: str
    schema: Schema
    check: Callable[[Inhoud], Iterable[Finding]]
    vorm_of: Callable[[Inhoud], Vorm]
    store: Callable[[Materiaalversie, Inhoud], None]
    read: Callable[[Materiaalversie], Inhoud]
    parts: Callable[[Inhoud], Iterable[Part]]
    template: str
    context: Callable[[Materiaalversie], dict[str, Any]]
    with_proposals: Q
    editor: Editor


@dataclass(frozen=True)
class Materiaalsoort:
    """What one does with a content.

    blank_pdf: the version to print, and to fill in by hand where one writes in it.
    start_url: where one begins with a version in the dossier with this key.
    answers: the models whose rows are answers to such a version, each with the lookup from a row to
        the version.
    """

    vorm: Vorm
    content: Content
    blank_pdf: Callable[[Materiaalversie], bytes]
    start_url: Callable[[UUID, Materiaalversie], str]
    answers: Sequence[tuple[type[Model], str]]


_soorten: dict[Vorm, Materiaalsoort] = {}


def register_soort(soort: Materiaalsoort) -> None:
    """Make a kind of material known; its app does this when it is ready."""
    _soorten[soort.vorm] = soort


def soort_of(versie: Materiaalversie) -> Materiaalsoort:
    """The kind of material that a version is of."""
    return _soorten[Vorm(versie.vorm)]


def contents() -> dict[str, Content]:
    """Every content that a file can have, by the soort in its head."""
    return {soort.content.soort: soort.content for soort in _soorten.values()}


def has_answers(versie: Materiaalversie) -> bool:
    """Whether something that people filled in hangs on a version.

    Every kind of the same content is asked: a version keeps its answers whatever one did with it.
    """
    content = soort_of(versie).content
    answers = {
        one for soort in _soorten.values() if soort.content == content for one in soort.answers
    }
    return any(
        model._default_manager.filter(**{lookup: versie}).exists() for model, lookup in answers
    )


def mark_proposals(versies: QuerySet[Materiaalversie]) -> QuerySet[Materiaalversie]:
    """Annotate versions with what `has_proposals` needs, whatever their soort."""
    waits = Q()
    for content in contents().values():
        waits |= content.with_proposals
    return versies.annotate(met_voorstel=waits)


def has_proposals(versie: Any) -> bool:
    """Whether any sentence of a version waits for the PLG.

    versie: annotated by `mark_proposals`.
    """
    return versie.met_voorstel or _waits([versie.waarvoor, versie.teksten])


def _waits(part: Any) -> bool:
    if isinstance(part, list):
        return any(map(_waits, part))
    if isinstance(part, dict):
        return part.get("herkomst") == Herkomst.VOORSTEL or any(map(_waits, part.values()))
    return False
