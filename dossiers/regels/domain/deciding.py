"""Deciding on a line of a material: confirm it, put it in other words, drop it, take that back.

Each decision goes into the concept of the material, which begins by itself with the first one. Who
decides says what she saw: no decision goes unseen over another one, and none into another concept
than that on her page.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from dossiers.materialen.content.files import Finding, Inhoud, Place
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.domain.versions import (
    ConceptBestaat,
    NietConcept,
    hold_concept,
    make_concept,
    note_edited,
)
from dossiers.materialen.models import Herkomst, Materiaal, Materiaalversie
from dossiers.materialen.registry import soort_of
from dossiers.mensen.models import User
from dossiers.regels.domain.lines import (
    Line,
    block_at,
    can_be_dropped,
    inserted,
    lines_in,
    new_findings,
    own_of,
    replaced,
    with_words,
)
from dossiers.regels.domain.looking import note_looked
from dossiers.regels.models import Besluitsoort, Regelbesluit
from stsdialoog.seen import IntussenGewijzigd


class RegelWeg(Exception):
    """The line, or the decision, is not there (any more)."""


class KanNiet(Exception):
    """The material would not be whole with it; `findings` says what is wrong."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.text for finding in findings))
        self.findings = findings


@dataclass(frozen=True)
class Seen:
    """What somebody had before her when she decided.

    concept: the key of the concept that her page showed; None when it showed a published version.
    mark: of the line (`Line.mark`).
    """

    concept: int | None
    mark: str


@dataclass(frozen=True)
class _Held:
    """A line of a concept that is locked until the end of the transaction."""

    concept: Materiaalversie
    document: Inhoud
    line: Line

    @property
    def place(self) -> Place:
        return self.line.part.place

    @property
    def block(self) -> Any:
        return block_at(self.document, self.place)


@transaction.atomic
def confirm(*, materiaal: Materiaal, code: str, seen: Seen, door: User, today: date) -> None:
    """Make a proposal the PLG's own, from today on.

    Raises IntussenGewijzigd when the line is another one by now than was seen, NietConcept when the
    concept that was seen has been published, RegelWeg without such a line.
    """
    held = _hold(materiaal, code, seen, door, today)
    if held.line.is_voorstel:
        confirmed = held.block | {"herkomst": Herkomst.BRON.value}
        _decide(held, Besluitsoort.BEVESTIGD, confirmed, today)
    note_looked(materiaal=materiaal, line=_line_now(held), door=door, today=today)


@transaction.atomic
def reword(
    *, materiaal: Materiaal, code: str, words: list[str], seen: Seen, door: User, today: date
) -> None:
    """Put a line in other words, which are the PLG's own from then on.

    words: not empty, one for each text of `Line.words`. The same words as before only confirm it.
    Raises what `confirm` raises, and KanNiet when the material would not be whole with them.
    """
    held = _hold(materiaal, code, seen, door, today)
    if words == [text for _, text in held.line.words]:
        return confirm(materiaal=materiaal, code=code, seen=seen, door=door, today=today)
    if not held.line.can_be_reworded or len(words) != len(held.line.words):
        raise IntussenGewijzigd
    block = with_words(held.line, held.block, words) | {"herkomst": Herkomst.BRON.value}
    _decide(held, Besluitsoort.HERWOORD, block, today)
    return note_looked(materiaal=materiaal, line=_line_now(held), door=door, today=today)


@transaction.atomic
def drop(*, materiaal: Materiaal, code: str, seen: Seen, door: User, today: date) -> None:
    """Leave a line out, with what stands behind it. Raises what `reword` raises."""
    held = _hold(materiaal, code, seen, door, today)
    if not can_be_dropped(held.document, held.line):
        raise KanNiet(new_findings(held.document, replaced(held.document, held.place, None)))
    _decide(held, Besluitsoort.GESCHRAPT, None, today)


@transaction.atomic
def take_back(*, materiaal: Materiaal, code: str, seen: Seen) -> None:
    """Put a line back as it was before it was decided on, as long as that is a concept.

    seen: of a line that was dropped, with the mark of that decision.
    Raises IntussenGewijzigd when somebody decided otherwise since, NietConcept when it has been
    published, RegelWeg when there is no such decision, KanNiet when the part where the line stood
    is another one by now.
    """
    concept = _held_concept(materiaal, seen.concept or 0)
    besluit = Regelbesluit.objects.filter(versie=concept, code=code).first()
    if besluit is None:
        raise RegelWeg
    before = document_of(concept)
    if seen.mark != (besluit.mark if besluit.is_geschrapt else _line(before, code).mark):
        raise IntussenGewijzigd
    try:
        after = _undone(before, besluit)
    except (LookupError, TypeError) as error:
        raise RegelWeg from error
    _store(concept, before, after)
    besluit.delete()


def _hold(materiaal: Materiaal, code: str, seen: Seen, door: User, today: date) -> _Held:
    concept = _concept_for(materiaal, seen, door, today)
    document = document_of(concept)
    line = _line(document, code)
    if line.mark != seen.mark:
        raise IntussenGewijzigd
    return _Held(concept, document, line)


def _concept_for(materiaal: Materiaal, seen: Seen, door: User, today: date) -> Materiaalversie:
    """The concept of a material, held; a new one for the first decision since it was published."""
    if seen.concept is not None:
        return _held_concept(materiaal, seen.concept)
    assert materiaal.nieuwste is not None  # noqa: S101 (the front door asks for one)
    try:
        made = make_concept(versie=materiaal.nieuwste, door=door, today=today)
    except ConceptBestaat as error:
        made = error.concept
    return hold_concept(made.pk)


def _held_concept(materiaal: Materiaal, pk: int) -> Materiaalversie:
    try:
        concept = hold_concept(pk)
    except Materiaalversie.DoesNotExist as error:
        raise NietConcept from error
    if concept.materiaal_id != materiaal.pk:
        raise RegelWeg
    return concept


def _line(document: Inhoud, code: str) -> Line:
    for line in lines_in(document):
        if line.code == code:
            return line
    raise RegelWeg


def _line_now(held: _Held) -> Line:
    return _line(document_of(held.concept), held.line.code)


def _decide(held: _Held, soort: Besluitsoort, block: Inhoud | None, today: date) -> None:
    """Store a line as decided, and keep what stood there before the first decision on it."""
    line, part = held.line, held.line.part
    first = Regelbesluit.objects.filter(versie=held.concept, code=line.code).first()
    besluit = first or Regelbesluit(
        versie=held.concept,
        code=line.code,
        waar=part.waar,
        oud_tekst=part.tekst,
        oud_herkomst=part.herkomst,
        oud=own_of(held.block),
    )
    if block is None:
        # With the lines behind it; its own words as they were at first.
        besluit.oud = held.block | besluit.oud
    besluit.soort, besluit.op, besluit.plaats = soort, today, list(part.place)
    _store(held.concept, held.document, replaced(held.document, part.place, block))
    besluit.save()


def _undone(document: Inhoud, besluit: Regelbesluit) -> Inhoud:
    if besluit.is_geschrapt:
        return inserted(document, tuple(besluit.plaats), besluit.oud)
    place = _line(document, besluit.code).part.place
    lines_inside = {
        key: value
        for key, value in block_at(document, place).items()
        if key not in own_of(block_at(document, place))
    }
    return replaced(document, place, besluit.oud | lines_inside)


def _store(concept: Materiaalversie, before: Inhoud, after: Inhoud) -> None:
    """Store another document in a concept. Raises KanNiet when something would be wrong with it."""
    if findings := new_findings(before, after):
        raise KanNiet(findings)
    concept.waarvoor = after.get("waarvoor", {})
    concept.save(update_fields=["waarvoor"])
    soort_of(concept).content.store(concept, after)
    note_edited(concept)
