"""Queries for the pages of the plan: a constant number, however much was filled in."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Max,
    QuerySet,
)

from dossiers.acties.models import Actie
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier
from preventieplan.models import (
    Antwoord,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Planactie,
)
from preventieplan.queries.stand import GoalState, PhaseState, plan_stand


@dataclass(frozen=True)
class PlanGoal:
    """A goal with everything that was filled in for it.

    antwoorden: each question with its answer, which is unsaved when there is none yet.
    """

    stand: GoalState
    antwoorden: tuple[tuple[Checklistvraag, Antwoord], ...]
    acties: tuple[Actie, ...]

    @property
    def beantwoord(self) -> tuple[tuple[Checklistvraag, Antwoord], ...]:
        """The questions for which something was filled in, each with its answer."""
        return tuple((vraag, antwoord) for vraag, antwoord in self.antwoorden if antwoord.is_filled)

    @property
    def onbesproken(self) -> tuple[Checklistvraag, ...]:
        """The questions for which nothing was filled in."""
        return tuple(vraag for vraag, antwoord in self.antwoorden if not antwoord.is_filled)

    @property
    def is_begonnen(self) -> bool:
        """Whether anything was filled in for it, chosen or planned."""
        stand = self.stand
        return bool(
            self.beantwoord
            or self.acties
            or stand.score is not None
            or stand.has_words
            or stand.is_prioriteit
        )


@dataclass(frozen=True)
class PlanPhase:
    """A phase of the plan with everything that was filled in."""

    stand: PhaseState
    doelen: tuple[PlanGoal, ...]

    @property
    def in_overzicht(self) -> tuple[PlanGoal, ...]:
        """The goals of which the overview has something to say on paper."""
        return tuple(
            doel
            for doel in self.doelen
            if doel.acties or doel.stand.score is not None or doel.stand.is_prioriteit
        )

    @property
    def begonnen(self) -> tuple[PlanGoal, ...]:
        """The goals for which anything was filled in."""
        return tuple(doel for doel in self.doelen if doel.is_begonnen)

    @property
    def onbesproken(self) -> tuple[PlanGoal, ...]:
        """The goals of which not every question was touched."""
        return tuple(doel for doel in self.doelen if doel.onbesproken or not doel.is_begonnen)


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


def _read_goals(versie: Materiaalversie) -> tuple[Doelstelling, ...]:
    return tuple(Doelstelling.objects.filter(versie=versie).prefetch_related("vragen"))


# The goals of a version with their questions, by fase. Two queries; for a published version, only
# once per process.
goals_of = KeptPerProcess(_read_goals)


def introduction_of(versie: Materiaalversie) -> dict[str, str] | None:
    """The introduction of the plan itself (`herkomst` and `tekst`); older versions have none."""
    return versie.teksten.get("inleiding")


def goal_of(versie: Materiaalversie, code: str) -> Doelstelling | None:
    """A goal of a version by its code, with its questions."""
    return next((doel for doel in goals_of(versie) if doel.code == code), None)


def _by_code(versie: Materiaalversie) -> dict[str, Checklistvraag]:
    return {vraag.code: vraag for doel in goals_of(versie) for vraag in doel.vragen.all()}


# The questions of a version with their goal, by their code.
questions_by_code = KeptPerProcess(_by_code)


def answers_of(
    dossier: Dossier, doelstelling: Doelstelling, *, sent: Collection[str] = ()
) -> GoalAnswers:
    """The answers of a dossier to the questions of a goal that its school needs or answered anyway.

    Two queries, one of them only when the questions of the goal were not prefetched.

    sent: the codes of the questions that stood on a page that was sent, which are there whatever
        changed since: nothing that was typed is lost.
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
    return GoalAnswers(
        tuple(
            (vraag, found[vraag.pk])
            for vraag in vragen
            if vraag.is_for(dossier) or found[vraag.pk].is_filled or vraag.code in sent
        ),
        tuple(earlier),
    )


def inschaling_of(dossier: Dossier, doelstelling: Doelstelling) -> Inschaling:
    """The inschaling of a goal in a dossier, which is unsaved when there is none yet. One query."""
    found = Inschaling.objects.filter(dossier=dossier, doelstelling=doelstelling).first()
    inschaling = found or Inschaling()
    inschaling.dossier, inschaling.doelstelling = dossier, doelstelling
    return inschaling


def acties_of(dossier: Dossier, *, struck: bool = False) -> QuerySet[Planactie]:
    """The actions of the plan with their goal, in the order of the goals.

    struck: give only the struck actions, instead of only the others.
    """
    return (
        Planactie.objects.filter(actie__dossier=dossier, actie__geschrapt_op__isnull=not struck)
        .select_related("actie", "doelstelling")
        .order_by("doelstelling__fase", "doelstelling__volgorde", "actie__gemaakt_op", "actie_id")
    )


def other_acties(dossier: Dossier) -> QuerySet[Actie]:
    """The actions that did not grow at a goal: from talks, tips, surveys. Struck ones left out."""
    return Actie.objects.filter(dossier=dossier, planactie__isnull=True, geschrapt_op__isnull=True)


def whole_plan(dossier: Dossier) -> tuple[PlanPhase, ...]:
    """Everything in the plan, by phase from fase 0 to 3. Four queries."""
    given = {antwoord.vraag_id: antwoord for antwoord in Antwoord.objects.filter(dossier=dossier)}
    vragen = defaultdict(list)
    in_version = Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie_id)
    for vraag in in_version.asked_of(dossier):
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
