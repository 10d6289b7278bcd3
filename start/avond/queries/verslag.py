"""The minutes of an evening, read from the records: what was typed and agreed while it went on.

What changed after it does not change them: each text is as it was when the evening ended. What was
struck since is left out, and so is the spread of a round that is not ticked any more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gesprekstap,
    Gesprekstaprevisie,
    Notitie,
    Notitierevisie,
)
from dialoogfiches.models import Onderdeel
from dossiers.models import Dossier
from preventieplan.domain.words import own_words
from preventieplan.inschalen.domain.spreiding import Spread
from preventieplan.inschalen.models import Rondedoel
from preventieplan.inschalen.queries.rondes import printed_spreads
from preventieplan.models import (
    Antwoord,
    Antwoordrevisie,
    Antwoordstand,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
)
from preventieplan.queries.plan import goal_of
from start.avond.models import Avond
from start.avond.queries.afspraken import Agreements, agreements_of
from start.avond.queries.punten import Agenda, agenda_of, end_of
from start.avond.queries.toen import Texts, as_number, texts_of

RESULTAAT = "Resultaat van deze stap"
FOCUS = "Onze focus"


@dataclass(frozen=True)
class Said:
    """What was typed at a question, and chosen: one of the two may be empty."""

    vraag: str
    tekst: str
    stand: str = ""


@dataclass(frozen=True)
class Part:
    """A goal or a step that was talked about.

    waar: the phase or the talk that it is of. score: that of then, when it was talked about.
    """

    sleutel: tuple[str, ...]
    naam: str
    fase: int | None
    waar: str
    volgorde: tuple[Any, ...] = ()
    score: int | None = None
    woorden: tuple[tuple[str, str], ...] = ()
    spreiding: Spread | None = None
    gezegd: tuple[Said, ...] = ()

    @property
    def is_stap(self) -> bool:
        return self.sleutel[0] == "stap"

    @property
    def in_woorden(self) -> tuple[Said, ...]:
        """The questions at which something was typed."""
        return tuple(one for one in self.gezegd if one.tekst)

    @property
    def zonder_woorden(self) -> str:
        """What was chosen at the others, as in "2 ‘doen we’, 1 ‘deels’"."""
        chosen = Counter(one.stand for one in self.gezegd if not one.tekst)
        return ", ".join(
            f"{chosen[label]} ‘{label}’" for label in Antwoordstand.labels if chosen[label]
        )

    @property
    def says_something(self) -> bool:
        return bool(self.score is not None or self.woorden or self.gezegd or self.spreiding)


@dataclass(frozen=True)
class Minutes:
    """The minutes of an evening, until `tot`."""

    avond: Avond
    agenda: Agenda
    tot: datetime
    delen: tuple[Part, ...]
    afspraken: Agreements

    @property
    def is_leeg(self) -> bool:
        return not self.delen and self.afspraken.is_leeg

    @property
    def texts(self) -> Iterator[str]:
        """All that somebody typed, without who was there."""
        for deel in self.delen:
            yield from (tekst for _, tekst in deel.woorden)
            yield from (one.tekst for one in deel.gezegd)
        yield from self.afspraken.texts

    @property
    def may_go(self) -> bool:
        """Whether the evening was ended and left nothing, so that it can be removed."""
        evening = self.avond
        untouched = not (evening.aanwezig or evening.geclaimd_op)
        return evening.is_beeindigd and self.is_leeg and untouched


@dataclass(frozen=True)
class _StepSaid:
    """What was said in a step, with its place there."""

    gesprek: Gesprek
    onderdeel: Onderdeel
    volgorde: tuple[int, int, int]
    gezegd: Said


def minutes_of(dossier: Dossier, avond: Avond) -> Minutes:
    """The minutes of an evening that began.

    A constant number of queries: some ten, and those of content that this process did not read.
    """
    agenda, tot = agenda_of(dossier, avond), end_of(avond)
    return Minutes(
        avond=avond,
        agenda=agenda,
        tot=tot,
        delen=tuple(_parts(dossier, avond, agenda, tot)),
        afspraken=agreements_of(dossier, avond, tot),
    )


def _parts(dossier: Dossier, avond: Avond, agenda: Agenda, tot: datetime) -> Iterator[Part]:
    """Those of the evening in its order, then the others in which somebody wrote meanwhile."""
    parts = (*_goals(dossier, avond, tot), *_steps(dossier, avond, tot))
    found = {one.sleutel: one for one in parts}
    for point in agenda.punten:
        punt = point.punt
        key = ("doel", punt.doel) if punt.doel else ("stap", str(punt.gesprek_id), punt.stap)
        if part := found.pop(key, None):
            yield part
    yield from sorted(found.values(), key=lambda one: one.volgorde)


@dataclass(frozen=True)
class _GoalsSaid:
    """What was said at goals that evening, by the code of each.

    before: every text about the scores of these, from before the evening as well.
    """

    doelen: Mapping[str, Doelstelling]
    answered: Mapping[str, list[tuple[Checklistvraag, str, str]]]
    scored: Mapping[str, Inschaling]
    scores: Texts
    before: Texts
    spreads: Mapping[str, Spread]

    def part(self, code: str) -> Part:
        doel, inschaling = self.doelen[code], self.scored.get(code)
        focus = self.scores.last.get((inschaling.pk, "focus"), "") if inschaling else ""
        return Part(
            sleutel=("doel", code),
            naam=doel.kort,
            fase=doel.fase,
            waar=f"Fase {doel.fase}",
            volgorde=(0, doel.fase, doel.volgorde),
            score=_score(inschaling, self.scores, self.before) if inschaling else None,
            woorden=_words(inschaling, self.scores, self.before) if inschaling else (),
            spreiding=self.spreads.get(code),
            gezegd=(
                *_answered(self.answered.get(code, ())),
                *([Said(FOCUS, focus)] if focus else ()),
            ),
        )


def _goals(dossier: Dossier, avond: Avond, tot: datetime) -> Iterator[Part]:
    said = _said_at_goals(dossier, avond, tot)
    parts = (said.part(code) for code in said.doelen)
    yield from (part for part in parts if part.says_something)


def _said_at_goals(dossier: Dossier, avond: Avond, tot: datetime) -> _GoalsSaid:
    answers = texts_of(
        Antwoordrevisie.objects.filter(record__dossier=dossier, op__gte=avond.begonnen_op),
        "record__vraag__doelstelling",
        tot=tot,
    )
    scores = texts_of(
        Inschalingrevisie.objects.filter(record__dossier=dossier, op__gte=avond.begonnen_op),
        "record__doelstelling",
        tot=tot,
    )
    spreads = _spreads(dossier, avond, tot)
    # Of a goal with a spread, also when nothing else was said.
    shown = (goal_of(dossier.planversie, code) for code in spreads)
    doelen = {doel.code: doel for doel in shown if doel}
    answered: dict[str, list[tuple[Checklistvraag, str, str]]] = {}
    for (pk, veld), tekst in answers.last.items():
        vraag = answers.records[pk].vraag
        doelen[vraag.doelstelling.code] = vraag.doelstelling
        answered.setdefault(vraag.doelstelling.code, []).append((vraag, veld, tekst))
    scored = {one.doelstelling.code: one for one in scores.records.values()}
    return _GoalsSaid(
        doelen=doelen | {code: one.doelstelling for code, one in scored.items()},
        answered=answered,
        scored=scored,
        scores=scores,
        before=texts_of(Inschalingrevisie.objects.filter(record__in=scores.records), tot=tot),
        spreads=spreads,
    )


def _answered(said: Iterable[tuple[Checklistvraag, str, str]]) -> Iterator[Said]:
    """What was chosen and typed at each question, in the order of the goal."""
    order = {veld: place for place, veld in enumerate(Antwoord.VELDEN)}
    by_question: dict[str, dict[str, str]] = {}
    for vraag, veld, tekst in sorted(said, key=lambda one: (one[0].volgorde, order[one[1]])):
        if tekst:
            by_question.setdefault(vraag.tekst, {})[veld] = tekst
    for vraagtekst, texts in by_question.items():
        stand = dict(Antwoordstand.choices).get(texts.pop("stand", ""), "")
        words = (f"Groeikans: {one}" if veld == "groeikans" else one for veld, one in texts.items())
        yield Said(vraagtekst, "\n".join(words), stand)


def _score(inschaling: Inschaling, scores: Texts, before: Texts) -> int | None:
    """The score of then, when it or the words about it were typed that evening."""
    pk = inschaling.pk
    if not any((pk, veld) in scores.last for veld in ("score", "want", "hoger")):
        return None
    return as_number(before.last.get((pk, "score"), ""))


def _words(inschaling: Inschaling, scores: Texts, before: Texts) -> tuple[tuple[str, str], ...]:
    """The words about the score; why it was given may have been said before."""
    pk = inschaling.pk
    score = _score(inschaling, scores, before)
    typed = scores.last.get((pk, "want"), "")
    return own_words(
        score=score,
        want=typed if score is None else before.last.get((pk, "want"), ""),
        hoger=scores.last.get((pk, "hoger"), ""),
    )


def _steps(dossier: Dossier, avond: Avond, tot: datetime) -> Iterator[Part]:
    here: dict[str, Any] = {
        "record__dossier": dossier,
        "record__gesprek__geschrapt_op": None,
        "op__gte": avond.begonnen_op,
    }
    notes = texts_of(
        Notitierevisie.objects.filter(**here),
        "record__gesprek",
        "record__item__rubriek__onderdeel",
        tot=tot,
    )
    results = texts_of(
        Gesprekstaprevisie.objects.filter(veld="resultaat", **here),
        "record__gesprek",
        "record__onderdeel",
        tot=tot,
    )
    said = [
        *(_noted(notes.records[pk], tekst) for (pk, _), tekst in notes.last.items()),
        *(_resulted(results.records[pk], tekst) for (pk, _), tekst in results.last.items()),
    ]
    by_step: dict[tuple[str, ...], list[_StepSaid]] = {}
    for one in sorted(filter(lambda one: one.gezegd.tekst, said), key=lambda one: one.volgorde):
        by_step.setdefault(("stap", str(one.gesprek.pk), one.onderdeel.code), []).append(one)
    for key, texts in by_step.items():
        gesprek, onderdeel = texts[0].gesprek, texts[0].onderdeel
        yield Part(
            sleutel=key,
            naam=onderdeel.titel,
            fase=onderdeel.fase,
            waar=gesprek.titel,
            volgorde=(1, gesprek.gemaakt_op, onderdeel.volgorde),
            gezegd=tuple(one.gezegd for one in texts),
        )


def _noted(note: Notitie, tekst: str) -> "_StepSaid":
    rubriek = note.item.rubriek
    where = (0, rubriek.volgorde, note.item.volgorde)
    return _StepSaid(note.gesprek, rubriek.onderdeel, where, Said(note.item.tekst, tekst))


def _resulted(stap: Gesprekstap, tekst: str) -> "_StepSaid":
    naam = FOCUS if stap.onderdeel.chooses_focus else RESULTAAT
    return _StepSaid(stap.gesprek, stap.onderdeel, (1, 0, 0), Said(naam, tekst))


def _spreads(dossier: Dossier, avond: Avond, tot: datetime) -> Mapping[str, Spread]:
    """How the scores of that evening lie, of the rounds of which the team wants that on paper."""
    shown = Rondedoel.objects.filter(
        ronde__dossier=dossier,
        ronde__getoond_op__gte=avond.begonnen_op,
        ronde__getoond_op__lt=tot,
    )
    codes = set(shown.values_list("doel", flat=True))
    if not codes:
        return {}
    return {code: one for code, one in printed_spreads(dossier).items() if code in codes}
