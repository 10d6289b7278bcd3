"""Queries for the pages of the plan: a constant number, however much was filled in."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from dossiers.acties.models import Actie
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Fase, Materiaalversie
from dossiers.models import Dossier
from preventieplan.models import (
    Antwoord,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Inschalingrevisie,
    Planactie,
    Prioriteit,
)


@dataclass(frozen=True)
class GoalState:
    """A goal with its score and focus, and how many of its questions were discussed.

    besproken, vragen: numbers of questions; a question counts as discussed when its answer has a
        stand.
    """

    doelstelling: Doelstelling
    score: int | None
    focus: str
    besproken: int
    vragen: int

    @property
    def code(self) -> str:
        return self.doelstelling.code

    @property
    def is_af(self) -> bool:
        """Whether every question was discussed and a score was given."""
        return self.besproken == self.vragen and self.score is not None


@dataclass(frozen=True)
class PhaseGoal:
    """A goal on the road of its phase.

    besproken, vragen: numbers of questions.
    """

    code: str
    kort: str
    score: int | None
    besproken: int
    vragen: int
    is_prioriteit: bool

    @property
    def stand(self) -> str:
        """How far it is: `af`, `bezig` or `leeg`."""
        if self.score is not None and self.besproken == self.vragen:
            return "af"
        return "bezig" if self.score is not None or self.besproken else "leeg"

    @property
    def woorden(self) -> str:
        if self.stand == "leeg":
            return "nog niet besproken"
        score = "nog geen score" if self.score is None else f"score {self.score}"
        return f"{self.besproken} van {self.vragen} besproken, {score}"


@dataclass(frozen=True)
class PhaseState:
    """A phase of the plan with the state of its goals."""

    fase: Fase
    doelen: tuple[GoalState, ...]

    @property
    def nummer(self) -> int:
        return int(self.fase)

    @property
    def naam(self) -> str:
        return self.fase.label

    @property
    def besproken(self) -> int:
        return sum(doel.besproken for doel in self.doelen)

    @property
    def vragen(self) -> int:
        return sum(doel.vragen for doel in self.doelen)

    @property
    def ingeschaald(self) -> int:
        return sum(doel.score is not None for doel in self.doelen)


@dataclass(frozen=True)
class PlanGoal:
    """A goal with everything that was filled in for it.

    antwoorden: each question with its answer, which is unsaved when there is none yet.
    """

    stand: GoalState
    antwoorden: tuple[tuple[Checklistvraag, Antwoord], ...]
    acties: tuple[Actie, ...]


@dataclass(frozen=True)
class PlanPhase:
    """A phase of the plan with everything that was filled in."""

    stand: PhaseState
    doelen: tuple[PlanGoal, ...]


@dataclass(frozen=True)
class GoalAnswers:
    """The answers to the questions of one goal.

    vragen: each question with its answer, which is unsaved when there is none yet.
    earlier: non-empty answers to questions of the goal in an earlier version.
    """

    vragen: tuple[tuple[Checklistvraag, Antwoord], ...]
    earlier: tuple[Antwoord, ...]


@dataclass(frozen=True)
class Score:
    """A score in the history of a goal; `score` is None when it was cleared."""

    score: int | None
    op: datetime
    door: str


def plan_stand(dossier: Dossier) -> tuple[PhaseState, ...]:
    """The state of every goal, by phase from fase 0 to 3. One query."""
    doelen = [_doelstand(doel) for doel in _goals_with_standing(dossier)]
    return tuple(
        PhaseState(fase, tuple(doel for doel in doelen if doel.doelstelling.fase == fase))
        for fase in Fase
    )


def goals_of_phase(dossier: Dossier, fase: int) -> tuple[PhaseGoal, ...]:
    """The goals of a phase in the version in use, in their order. One query."""
    first = Prioriteit.objects.filter(dossier=dossier, doelstelling=OuterRef("pk"))
    doelen = _goals_with_standing(dossier).filter(fase=fase).annotate(eerst=Exists(first))
    return tuple(_phase_goal(doel) for doel in doelen)


def _phase_goal(doel: Any) -> PhaseGoal:
    return PhaseGoal(
        doel.code, doel.kort, doel.score, doel.besproken, doel.aantal_vragen, doel.eerst
    )


def _read_goals(versie: Materiaalversie) -> tuple[Doelstelling, ...]:
    return tuple(Doelstelling.objects.filter(versie=versie).prefetch_related("vragen"))


# The goals of a version with their questions, by fase. Two queries; for a published version, only
# once per process.
goals_of = KeptPerProcess(_read_goals)


def goal_of(versie: Materiaalversie, code: str) -> Doelstelling | None:
    """A goal of a version by its code, with its questions."""
    return next((doel for doel in goals_of(versie) if doel.code == code), None)


def _by_code(versie: Materiaalversie) -> dict[str, Checklistvraag]:
    return {vraag.code: vraag for doel in goals_of(versie) for vraag in doel.vragen.all()}


# The questions of a version with their goal, by their code.
questions_by_code = KeptPerProcess(_by_code)


def answers_of(dossier: Dossier, doelstelling: Doelstelling) -> GoalAnswers:
    """The answers of a dossier to the questions of a goal.

    Two queries, one of them only when the questions of the goal were not prefetched.
    """
    vragen = list(doelstelling.vragen.all())
    found = {}
    earlier = []
    # The same goal in an earlier version has the same code.
    for antwoord in (
        Antwoord.objects.filter(dossier=dossier, vraag__doelstelling__code=doelstelling.code)
        .select_related("vraag__doelstelling")
        .order_by("vraag__volgorde", "pk")
    ):
        if antwoord.vraag.doelstelling_id == doelstelling.pk:
            found[antwoord.vraag_id] = antwoord
        elif antwoord.is_filled:
            earlier.append(antwoord)
    for vraag in vragen:
        antwoord = found.setdefault(vraag.pk, Antwoord())
        antwoord.dossier, antwoord.vraag = dossier, vraag
    return GoalAnswers(tuple((vraag, found[vraag.pk]) for vraag in vragen), tuple(earlier))


def inschaling_of(dossier: Dossier, doelstelling: Doelstelling) -> Inschaling:
    """The inschaling of a goal in a dossier, which is unsaved when there is none yet. One query."""
    found = Inschaling.objects.filter(dossier=dossier, doelstelling=doelstelling).first()
    inschaling = found or Inschaling()
    inschaling.dossier, inschaling.doelstelling = dossier, doelstelling
    return inschaling


def score_history(inschaling: Inschaling) -> list[Score]:
    """Every saved score of an inschaling, the oldest first. At most one query."""
    if inschaling._state.adding:
        return []
    rows = (
        Inschalingrevisie.objects.filter(record=inschaling, veld="score")
        .select_related("door")
        .order_by("revisie")
    )
    return [Score(int(row.waarde) if row.waarde else None, row.op, str(row.door)) for row in rows]


def acties_of(dossier: Dossier, *, struck: bool = False) -> QuerySet[Planactie]:
    """The actions of the plan with their goal, in the order of the goals.

    struck: give only the struck actions, instead of only the others.
    """
    return (
        Planactie.objects.filter(actie__dossier=dossier, actie__geschrapt_op__isnull=not struck)
        .select_related("actie", "doelstelling")
        .order_by("doelstelling__fase", "doelstelling__volgorde", "actie__gemaakt_op", "actie_id")
    )


def whole_plan(dossier: Dossier) -> tuple[PlanPhase, ...]:
    """Everything in the plan, by phase from fase 0 to 3. Four queries."""
    given = {antwoord.vraag_id: antwoord for antwoord in Antwoord.objects.filter(dossier=dossier)}
    vragen = defaultdict(list)
    for vraag in Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie_id):
        antwoord = given.get(vraag.pk) or Antwoord(dossier=dossier, vraag=vraag)
        vragen[vraag.doelstelling_id].append((vraag, antwoord))
    acties = defaultdict(list)
    for plan in acties_of(dossier):
        acties[plan.doelstelling_id].append(plan.actie)
    return tuple(
        PlanPhase(
            fase,
            tuple(
                PlanGoal(
                    doel,
                    tuple(vragen[doel.doelstelling.pk]),
                    tuple(acties[doel.doelstelling.pk]),
                )
                for doel in fase.doelen
            ),
        )
        for fase in plan_stand(dossier)
    )


def last_change(dossier: Dossier) -> datetime:
    """When an answer, inschaling or action last changed, else when the dossier was opened.

    Three queries.
    """
    moments = [
        model.objects.filter(dossier=dossier).aggregate(last=Max("gewijzigd_op"))["last"]
        for model in (Antwoord, Inschaling, Actie)
    ]
    return max([moment for moment in moments if moment] or [dossier.geopend_op])


def _goals_with_standing(dossier: Dossier) -> QuerySet[Doelstelling]:
    besproken = (
        Antwoord.objects.filter(dossier=dossier, vraag__doelstelling=OuterRef("pk"))
        .exclude(stand="")
        .order_by()
        .values("vraag__doelstelling")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
    vragen = (
        Checklistvraag.objects.filter(doelstelling=OuterRef("pk"))
        .order_by()
        .values("doelstelling")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
    return Doelstelling.objects.filter(versie=dossier.planversie_id).annotate(
        besproken=Coalesce(Subquery(besproken, output_field=IntegerField()), 0),
        aantal_vragen=Coalesce(Subquery(vragen, output_field=IntegerField()), 0),
        # Unique per dossier and goal, so this join does not duplicate rows.
        record=FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier)),
        score=F("record__score"),
        focus=F("record__focus"),
    )


def _doelstand(doel: Any) -> GoalState:
    return GoalState(doel, doel.score, doel.focus or "", doel.besproken, doel.aantal_vragen)
