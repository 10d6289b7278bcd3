"""The contents of the overview: each action as a row of text, or open with a form."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode
from uuid import UUID

from django.db import models

from dossiers.acties.domain.acties import is_overdue, lacks_check, lacks_who_or_when, names
from dossiers.acties.forms import (
    ActieForm,
    ActionPlace,
    ActionRow,
    NieuweActieForm,
    action_row,
    new_action,
    sent_actions,
)
from dossiers.acties.models import Actie
from dossiers.acties.queries.trekkers import chosen_for
from dossiers.materialen.models import Fase
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.domain.acties import PlaceInPlan
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.queries.checks import stories_with_scores
from preventieplan.queries.earlier import EarlierGoal, goals_left_behind
from preventieplan.queries.plan import goals_of, placed_acties
from preventieplan.queries.stand import priorities_of


class Toon(models.TextChoices):
    """Which actions the overview shows, when it does not show all."""

    OVER_TIJD = "over-tijd", "over tijd"
    VAN_MIJ = "van-mij", "van mij"
    ZONDER = "zonder-wie-of-wanneer", "zonder wie of wanneer"
    ZONDER_CHECK = "zonder-check", "zonder check"


@dataclass(frozen=True)
class Asked:
    """What somebody asked the overview for; an address that means nothing asks for everything.

    opened: the primary keys, as text, of the actions to open.
    """

    toon: Toon | None = None
    fase: Fase | None = None
    opened: frozenset[str] = frozenset()

    @property
    def is_van_mij(self) -> bool:
        return self.toon == Toon.VAN_MIJ

    @property
    def query(self) -> str:
        """The filter as the beginning of a query: empty, or ending in an ampersand."""
        return self.query_for(self.toon, self.fase)

    @staticmethod
    def query_for(toon: Toon | None, fase: Fase | None) -> str:
        chosen = {"toon": toon, "fase": None if fase is None else int(fase)}
        sent = urlencode({name: value for name, value in chosen.items() if value is not None})
        return f"{sent}&" if sent else ""


@dataclass(frozen=True)
class Choice:
    """One way to narrow the overview down, with the number of actions that are left then."""

    label: str
    aantal: int
    query: str
    is_chosen: bool
    fase: Fase | None = None


@dataclass(frozen=True)
class GoalPart:
    """A goal in the overview, with its score and the actions that are shown.

    plaats: where an action of the goal is made, with the form `nieuw`.
    """

    doelstelling: Doelstelling
    score: int | None
    is_prioriteit: bool
    acties: tuple[ActionRow, ...]
    plaats: ActionPlace
    nieuw: NieuweActieForm

    @property
    def rows(self) -> int:
        """Over how many rows of the table its score stands."""
        return len(self.acties) + 2


@dataclass(frozen=True)
class PhasePart:
    """A phase in the overview: its goals, and the actions that belong at none of them."""

    fase: Fase
    doelen: tuple[GoalPart, ...]
    acties: tuple[ActionRow, ...]


@dataclass(frozen=True)
class EarlierPart:
    """What stayed on an earlier version of a goal, with its actions, which still need follow-up."""

    earlier: EarlierGoal
    acties: tuple[ActionRow, ...]


@dataclass(frozen=True)
class OverviewPage:
    """The contents of the overview.

    earlier: what stayed on earlier versions.
    others: the actions that come from elsewhere, such as a talk or a tip, and belong nowhere.
    geschrapt: the struck actions.
    toon, per_fase: the ways to narrow it down.
    """

    asked: Asked
    fasen: tuple[PhasePart, ...]
    earlier: tuple[EarlierPart, ...]
    others: tuple[ActionRow, ...]
    geschrapt: tuple[Actie, ...]
    toon: tuple[Choice, ...]
    per_fase: tuple[Choice, ...]

    @property
    def parts(self) -> Iterator[GoalPart]:
        for fase in self.fasen:
            yield from fase.doelen

    @property
    def rows(self) -> Iterator[ActionRow]:
        for deel in self.parts:
            yield from deel.acties
        for fase in self.fasen:
            yield from fase.acties
        for one in self.earlier:
            yield from one.acties
        yield from self.others

    @property
    def forms(self) -> Iterator[ActieForm]:
        return (row.form for row in self.rows if row.form is not None)

    @property
    def has_rows(self) -> bool:
        """Whether any action is shown."""
        return any(self.rows)

    @property
    def is_bare(self) -> bool:
        """Whether a filter left nothing."""
        return self.asked.toon is not None and not self.has_rows

    @property
    def typed_actions(self) -> list[tuple[PlaceInPlan, NieuweActieForm]]:
        """The new actions that were filled in, each with its goal."""
        return [
            (PlaceInPlan(deel.doelstelling), deel.nieuw)
            for deel in self.parts
            if deel.nieuw.is_bound
        ]

    def place(self, naam: str) -> ActionPlace | None:
        """The place with this name."""
        return next((deel.plaats for deel in self.parts if deel.plaats.naam == naam), None)


def what_is_asked(query: Mapping[str, str], opened: Iterable[str]) -> Asked:
    """Read the address of the overview."""
    toon, fase = query.get("toon", ""), query.get("fase", "")
    return Asked(
        Toon(toon) if toon in Toon.values else None,
        Fase(int(fase)) if fase in map(str, Fase.values) else None,
        frozenset(opened),
    )


@dataclass
class _Gathered:
    """The actions of a dossier, each where it is shown."""

    of_goals: dict[int, list[Actie]] = field(default_factory=dict)
    of_phases: Mapping[Fase, tuple[Actie, ...]] = field(default_factory=dict)
    earlier: tuple[EarlierGoal, ...] = ()
    others: tuple[Actie, ...] = ()
    geschrapt: tuple[Actie, ...] = ()

    def among(self, opened: Container[str]) -> list[Actie]:
        """The actions that are open: `opened` has their primary keys, as text."""
        of_earlier = (actie for one in self.earlier for actie in one.acties)
        some = (*self.of_goals.values(), *self.of_phases.values(), self.others, of_earlier)
        return [actie for acties in some for actie in acties if str(actie.pk) in opened]


def overview_page(
    *,
    dossier: Dossier,
    asked: Asked,
    user: User,
    today: date,
    data: Mapping[str, str] | None = None,
    remarks: Mapping[UUID, int] = MappingProxyType({}),
) -> OverviewPage:
    """The contents of the overview of a dossier's plan. A constant number of queries.

    user: who reads it, for "van mij".
    data: the POST, for bound forms; None otherwise. Each action with a field in it is open.
    remarks: how many wait beside an action, by its primary key; none where they are not shown.
    """
    gathered = _gather(dossier)
    doelen = goals_of(dossier.planversie)
    fase_of = {doel.pk: Fase(doel.fase) for doel in doelen}
    opened = asked.opened | sent_actions(data) if data is not None else asked.opened
    told = stories_with_scores(dossier, gathered.among(opened))
    everything: list[tuple[Actie, Fase | None]] = [
        *((actie, fase_of[pk]) for pk, mine in gathered.of_goals.items() for actie in mine),
        *((actie, fase) for fase, mine in gathered.of_phases.items() for actie in mine),
        *((actie, None) for one in gathered.earlier for actie in one.acties),
        *((actie, None) for actie in gathered.others),
    ]
    van_mij = chosen_for(user, (actie for actie, _ in everything))

    def is_shown(actie: Actie, toon: Toon | None, fase: Fase | None, here: Fase | None) -> bool:
        if fase not in (None, here):
            return False
        if toon == Toon.VAN_MIJ:
            return actie.pk in van_mij or names(actie, naam=user.naam)
        return _fits(actie, toon, today=today)

    def rows(acties: Iterable[Actie], here: Fase | None = None) -> tuple[ActionRow, ...]:
        return tuple(
            action_row(actie, opened=opened, today=today, data=data, stories=told, remarks=remarks)
            for actie in acties
            if str(actie.pk) in opened or is_shown(actie, asked.toon, asked.fase, here)
        )

    def count(toon: Toon | None, fase: Fase | None) -> int:
        return sum(is_shown(actie, toon, fase, here) for actie, here in everything)

    scores = dict(
        Inschaling.objects.filter(dossier=dossier).values_list("doelstelling_id", "score")
    )
    first = priorities_of(dossier)
    goals: dict[Fase, list[GoalPart]] = {fase: [] for fase in Fase}
    for doel in doelen:
        nieuw = new_action(doel.code, data)
        part = GoalPart(
            doelstelling=doel,
            score=scores.get(doel.pk),
            is_prioriteit=doel.pk in first,
            acties=rows(gathered.of_goals.get(doel.pk, ()), fase_of[doel.pk]),
            plaats=ActionPlace(naam=doel.code, bij=doel.kort, form=nieuw),
            nieuw=nieuw,
        )
        if _shows_goal(part, asked, fase_of[doel.pk]):
            goals[fase_of[doel.pk]].append(part)
    fasen = (
        PhasePart(fase, tuple(parts), rows(gathered.of_phases.get(fase, ()), fase))
        for fase, parts in goals.items()
    )
    is_whole = asked.toon is None and asked.fase is None
    earlier = tuple(EarlierPart(one, rows(one.acties)) for one in gathered.earlier)
    return OverviewPage(
        asked=asked,
        fasen=tuple(one for one in fasen if one.doelen or one.acties),
        earlier=tuple(part for part in earlier if is_whole or part.acties),
        others=rows(gathered.others),
        geschrapt=gathered.geschrapt if is_whole else (),
        toon=tuple(
            Choice(
                "alle acties" if toon is None else str(toon.label),
                count(toon, asked.fase),
                Asked.query_for(toon, asked.fase).removesuffix("&"),
                toon == asked.toon,
            )
            for toon in (None, *Toon)
        ),
        per_fase=tuple(
            Choice(
                "alle fases" if fase is None else str(fase.label),
                count(asked.toon, fase),
                Asked.query_for(asked.toon, fase).removesuffix("&"),
                fase == asked.fase,
                fase,
            )
            for fase in (None, *Fase)
        ),
    )


def _gather(dossier: Dossier) -> _Gathered:
    """Every action of a dossier. Four queries."""
    placed = placed_acties(dossier)
    gathered = _Gathered(
        of_phases=placed.of_phases,
        earlier=goals_left_behind(dossier, placed.of_goals),
        others=placed.others,
        geschrapt=tuple(Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=False)),
    )
    for one in placed.of_goals:
        if one.doelstelling.versie_id == dossier.planversie_id:
            gathered.of_goals.setdefault(one.doelstelling.pk, []).append(one.actie)
    return gathered


def _fits(actie: Actie, toon: Toon | None, *, today: date) -> bool:
    if toon == Toon.OVER_TIJD:
        return actie.dossier.is_open and is_overdue(actie, today=today)
    if toon == Toon.ZONDER:
        return lacks_who_or_when(actie)
    return toon is None or lacks_check(actie)


def _shows_goal(part: GoalPart, asked: Asked, fase: Fase) -> bool:
    """Whether a goal stands in the table: who narrowed it down to some actions sees no others."""
    if part.acties or part.nieuw.is_bound:
        return True
    return asked.toon is None and asked.fase in (None, fase)
