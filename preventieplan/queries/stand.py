"""The state of the plan: per goal its score, its words, and how far the team came."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.domain.words import own_words
from preventieplan.models import (
    Antwoord,
    Antwoordstand,
    Checklistvraag,
    Doelstelling,
    Prioriteit,
)


@dataclass(frozen=True)
class GoalState:
    """A goal with its score and focus, and how many of its questions were discussed.

    want, hoger: the team's own words on why it is this score, and what one more would take.
    besproken, vragen: numbers of questions; a question counts as discussed when its answer has a
        stand.
    uit_te_zoeken: how many of them the team doesn't know yet.
    is_prioriteit: whether the team works on it first.
    """

    doelstelling: Doelstelling
    score: int | None
    want: str
    hoger: str
    focus: str
    besproken: int
    vragen: int
    uit_te_zoeken: int
    is_prioriteit: bool

    @property
    def code(self) -> str:
        return self.doelstelling.code

    @property
    def is_af(self) -> bool:
        """Whether every question was discussed and a score was given."""
        return self.besproken == self.vragen and self.score is not None

    @property
    def kort(self) -> str:
        return self.doelstelling.kort

    @property
    def hoever(self) -> str:
        """How far it is: `af`, `bezig` or `leeg`."""
        if self.is_af:
            return "af"
        return "bezig" if self.score is not None or self.besproken else "leeg"

    @property
    def hoever_in_woorden(self) -> str:
        if self.hoever == "leeg":
            return "nog niet besproken"
        score = "nog geen score" if self.score is None else f"score {self.score}"
        return f"{self.besproken} van {self.vragen} besproken, {score}"

    @property
    def nog(self) -> int:
        """How many questions were not discussed yet."""
        return self.vragen - self.besproken

    @property
    def woorden(self) -> tuple[tuple[str, str], ...]:
        """What the team said about its score, each answer after what was asked."""
        return own_words(score=self.score, want=self.want, hoger=self.hoger)

    @property
    def has_words(self) -> bool:
        """Whether the team said anything about its score or its focus."""
        return bool(self.woorden or self.focus.strip())


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

    @property
    def uit_te_zoeken(self) -> int:
        return sum(doel.uit_te_zoeken for doel in self.doelen)

    @property
    def is_begonnen(self) -> bool:
        return bool(self.besproken or self.ingeschaald)

    @property
    def is_rond(self) -> bool:
        """Whether every question of it was discussed and every goal got a score."""
        return bool(self.doelen) and all(doel.is_af for doel in self.doelen)

    @property
    def nog_vragen(self) -> int:
        return self.vragen - self.besproken

    @property
    def nog_scores(self) -> int:
        return len(self.doelen) - self.ingeschaald

    @property
    def prioriteiten(self) -> tuple[GoalState, ...]:
        return tuple(doel for doel in self.doelen if doel.is_prioriteit)

    @property
    def scores_in_words(self) -> str:
        return ", ".join(
            f"{doel.doelstelling.kort} "
            + ("nog niet ingeschaald" if doel.score is None else f"{doel.score} op 10")
            for doel in self.doelen
        )


def plan_stand(dossier: Dossier) -> tuple[PhaseState, ...]:
    """The state of every goal, by phase from fase 0 to 3. One query."""
    doelen = [_doelstand(doel) for doel in goals_with_standing(dossier)]
    return tuple(
        PhaseState(fase, tuple(doel for doel in doelen if doel.doelstelling.fase == fase))
        for fase in Fase
    )


def goals_of_phase(among: QuerySet[Doelstelling], fase: int) -> tuple[GoalState, ...]:
    """The state of the goals of one phase, in their order. One query.

    among: goals of `goals_with_standing`, which may know more than that.
    """
    return tuple(_doelstand(doel) for doel in among.filter(fase=fase))


def priorities_of(dossier: Dossier) -> frozenset[int]:
    """The primary keys of the goals that a team works on first. One query."""
    return frozenset(
        Prioriteit.objects.filter(dossier=dossier).values_list("doelstelling_id", flat=True)
    )


def to_find_out(dossier: Dossier) -> tuple[Antwoord, ...]:
    """What the team doesn't know yet, in order: each answer with its question, the goal of that,
    and who finds it out. One query.
    """
    return tuple(
        Antwoord.objects.filter(
            dossier=dossier,
            stand=Antwoordstand.WETEN_WE_NIET,
            vraag__doelstelling__versie=dossier.planversie_id,
        )
        .select_related("vraag__doelstelling", "uitzoekvraag__gebruiker")
        .order_by(
            "vraag__doelstelling__fase", "vraag__doelstelling__volgorde", "vraag__volgorde", "pk"
        )
    )


def goals_with_standing(dossier: Dossier) -> QuerySet[Doelstelling]:
    here = Antwoord.objects.filter(dossier=dossier, vraag__doelstelling=OuterRef("pk"))
    besproken = _count_per_goal(here.exclude(stand=""))
    unknown = _count_per_goal(here.filter(stand=Antwoordstand.WETEN_WE_NIET))
    prioriteit = Prioriteit.objects.filter(dossier=dossier, doelstelling=OuterRef("pk"))
    vragen = (
        Checklistvraag.objects.filter(doelstelling=OuterRef("pk"))
        .asked_of(dossier)
        .order_by()
        .values("doelstelling")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )
    return Doelstelling.objects.filter(versie=dossier.planversie_id).annotate(
        besproken=Coalesce(Subquery(besproken, output_field=IntegerField()), 0),
        uit_te_zoeken=Coalesce(Subquery(unknown, output_field=IntegerField()), 0),
        is_prioriteit=Exists(prioriteit),
        aantal_vragen=Coalesce(Subquery(vragen, output_field=IntegerField()), 0),
        # Unique per dossier and goal, so this join does not duplicate rows.
        record=FilteredRelation("inschalingen", condition=Q(inschalingen__dossier=dossier)),
        score=F("record__score"),
        want=F("record__want"),
        hoger=F("record__hoger"),
        focus=F("record__focus"),
    )


def _count_per_goal(antwoorden: QuerySet[Antwoord]) -> QuerySet[Any]:
    return (
        antwoorden.order_by()
        .values("vraag__doelstelling")
        .annotate(aantal=Count("pk"))
        .values("aantal")
    )


def _doelstand(doel: Any) -> GoalState:
    return GoalState(
        doelstelling=doel,
        score=doel.score,
        want=doel.want or "",
        hoger=doel.hoger or "",
        focus=doel.focus or "",
        besproken=doel.besproken,
        vragen=doel.aantal_vragen,
        uit_te_zoeken=doel.uit_te_zoeken,
        is_prioriteit=doel.is_prioriteit,
    )
