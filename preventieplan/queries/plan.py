"""Queries for the pages of the plan: a constant number, however much was filled in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import FilteredRelation, Max, Q, QuerySet
from django.urls import reverse

from dossiers.acties.belonging import is_whole_phase, phase_of
from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import with_findings
from dossiers.acties.queries.trekkers import name_trekkers, with_trekkers
from dossiers.ernaast import asks_for
from dossiers.materialen.kept import KeptPerProcess
from dossiers.materialen.models import Fase, Materiaalversie, Toont
from dossiers.models import Dossier
from dossiers.overnemen.queries import earlier_content
from dossiers.sociale_kaart.queries import KaartBeside
from preventieplan.models import (
    Antwoord,
    Checklistvraag,
    Doelstelling,
    Inschaling,
)
from preventieplan.queries.stand import GoalState, PhaseState, plan_stand

# From here on others than the school and its CLB help along.
WITH_OTHERS = (Fase.UITBREIDING, Fase.CURRICULUM)


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
    """A phase of the plan with everything that was filled in.

    acties: those that belong in it and at none of its goals.
    """

    stand: PhaseState
    doelen: tuple[PlanGoal, ...]
    acties: tuple[Actie, ...] = ()

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
class GoalActie:
    """An action with the goal it belongs to."""

    actie: Actie
    doelstelling: Doelstelling


@dataclass(frozen=True)
class PlacedActies:
    """Every action of a dossier that was not struck.

    of_goals: in the order of the goals, those of earlier versions too.
    of_phases: those that belong in a phase and at none of its goals.
    others: those that belong nowhere in the plan: they grew in a talk, a tip, a survey.
    """

    of_goals: tuple[GoalActie, ...] = ()
    of_phases: Mapping[Fase, tuple[Actie, ...]] = field(default_factory=dict)
    others: tuple[Actie, ...] = ()

    @property
    def everything(self) -> tuple[Actie, ...]:
        of_goals = (one.actie for one in self.of_goals)
        of_phases = (actie for some in self.of_phases.values() for actie in some)
        return (*of_goals, *of_phases, *self.others)


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


def _by_phase(versie: Materiaalversie) -> tuple[tuple[Fase, tuple[tuple[str, str], ...]], ...]:
    doelen = goals_of(versie)
    return tuple(
        (fase, tuple((doel.code, doel.kort) for doel in doelen if doel.fase == fase))
        for fase in Fase
    )


# The goals of a version by phase, each with its code and its short name.
goals_by_phase = KeptPerProcess(_by_phase)


def _by_code(versie: Materiaalversie) -> dict[str, Checklistvraag]:
    return {vraag.code: vraag for doel in goals_of(versie) for vraag in doel.vragen.all()}


# The questions of a version with their goal, by their code.
questions_by_code = KeptPerProcess(_by_code)


def question_url(dossier: UUID, vraag: Checklistvraag) -> str:
    """Where one question is answered, in either view; it has its goal with it."""
    goal = reverse("doelstelling", args=[dossier, vraag.doelstelling.code])
    return f"{goal}?stop={vraag.code}#vraag-{vraag.code}"


def answers_of(
    dossier: Dossier,
    doelstelling: Doelstelling,
    *,
    sent: Collection[str] = (),
    among: QuerySet[Antwoord] | None = None,
) -> GoalAnswers:
    """The answers of a dossier to the questions of a goal that its school needs or answered anyway.

    Two queries, one of them only when the questions of the goal were not prefetched.

    sent: the codes of the questions that stood on a page that was sent, which are there whatever
        changed since: nothing that was typed is lost.
    among: where answers are looked for, with what should come along; all of them without.
    """
    known = Antwoord.objects.all() if among is None else among
    vragen = list(doelstelling.vragen.all())
    found = {}
    earlier = []
    # The same goal in an earlier version has the same code.
    for antwoord in (
        known.filter(dossier=dossier, vraag__doelstelling__code=doelstelling.code)
        .select_related("vraag__doelstelling", "uitzoekvraag__gebruiker")
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


def inschaling_of(
    dossier: Dossier, doelstelling: Doelstelling, *, among: QuerySet[Inschaling] | None = None
) -> Inschaling:
    """The inschaling of a goal in a dossier, which is unsaved when there is none yet. One query.

    among: where it is looked for, with what should come along; all of them without.
    """
    known = Inschaling.objects.all() if among is None else among
    found = known.filter(dossier=dossier, doelstelling=doelstelling).first()
    inschaling = found or Inschaling()
    inschaling.dossier, inschaling.doelstelling = dossier, doelstelling
    return inschaling


def placed_acties(dossier: Dossier) -> PlacedActies:
    """Every action where it belongs, with the Planactie that says what it grew from in the plan,
    and with what was found when the team looked back (`with_findings`).

    One query, one more when one belongs at a goal that the version in use does not have, and one
    when only the team that is reminded says who does an action.
    """
    acties = list(
        with_trekkers(
            with_findings(Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True))
        )
        .select_related("planactie")
        .order_by("gemaakt_op", "pk")
    )
    name_trekkers(acties)
    doelen = _goals(dossier, [actie.hoort_bij for actie in acties])
    of_goals: list[GoalActie] = []
    of_phases: dict[Fase, list[Actie]] = defaultdict(list)
    others: list[Actie] = []
    for actie in acties:
        actie.dossier = dossier
        fase = phase_of(actie.hoort_bij)
        if doel := doelen.get(actie.hoort_bij):
            of_goals.append(GoalActie(actie, doel))
        elif fase is not None:
            # Also for a goal that no version up to this one has, so that no action is ever lost.
            of_phases[fase].append(actie)
        else:
            others.append(actie)
    of_goals.sort(key=lambda one: (one.doelstelling.fase, one.doelstelling.volgorde))
    return PlacedActies(
        tuple(of_goals), {fase: tuple(some) for fase, some in of_phases.items()}, tuple(others)
    )


def _goals(dossier: Dossier, codes: Iterable[str]) -> dict[str, Doelstelling]:
    """The goals with these codes, of the version in use or else of the newest one that has it."""
    found = {doel.code: doel for doel in goals_of(dossier.planversie)}
    gone = {code for code in codes if code and code not in found and not is_whole_phase(code)}
    if gone:
        record = FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier))
        earlier = Doelstelling.objects.filter(code__in=gone).annotate(record=record)
        for doel in earlier_content(earlier, dossier.planversie):
            found.setdefault(doel.code, doel)
    return found


def whole_plan(dossier: Dossier) -> tuple[PlanPhase, ...]:
    """Everything in the plan, by phase from fase 0 to 3. Four queries."""
    given = {antwoord.vraag_id: antwoord for antwoord in Antwoord.objects.filter(dossier=dossier)}
    vragen = defaultdict(list)
    in_version = Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie_id)
    for vraag in in_version.asked_of(dossier):
        antwoord = given.get(vraag.pk) or Antwoord(dossier=dossier, vraag=vraag)
        vragen[vraag.doelstelling_id].append((vraag, antwoord))
    acties = defaultdict(list)
    placed = placed_acties(dossier)
    for one in placed.of_goals:
        acties[one.doelstelling.pk].append(one.actie)
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
            placed.of_phases.get(fase.fase, ()),
        )
        for fase in plan_stand(dossier)
    )


def kaart_beside(
    dossier: Dossier, fase: Fase, *, today: date, toont: str = ""
) -> KaartBeside | None:
    """The sociale kaart beside a phase, and beside a goal of which the content asks for it.

    toont: as in `Doelstelling.toont`.
    """
    asked = fase in WITH_OTHERS or asks_for(Toont.SOCIALE_KAART, toont)
    return KaartBeside(dossier.school.clb, today) if asked else None


def last_change(dossier: Dossier) -> datetime:
    """When an answer, inschaling, action or check last changed, else when the dossier was opened.

    Three queries.
    """
    acties = Actie.objects.filter(dossier=dossier)
    found = acties.aggregate(actie=Max("gewijzigd_op"), check=Max("checks__gewijzigd_op"))
    moments = [
        model.objects.filter(dossier=dossier).aggregate(last=Max("gewijzigd_op"))["last"]
        for model in (Antwoord, Inschaling)
    ]
    return max(filter(None, [*moments, *found.values()]), default=dossier.geopend_op)
