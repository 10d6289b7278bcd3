"""The contents of the overview: records, and the forms that edit them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dossiers.acties.forms import ActionPart, NieuweActieForm, actie_parts, new_action
from dossiers.acties.models import Actie
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from dossiers.velden.forms import VeldenForm
from preventieplan.domain.acties import PlaceInPlan
from preventieplan.forms import InschalingForm
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.queries.earlier import EarlierGoal, goals_left_behind
from preventieplan.queries.plan import acties_of, goals_of


@dataclass(frozen=True)
class GoalPart:
    """A goal in the overview, with its score and its actions."""

    doelstelling: Doelstelling
    inschaling: InschalingForm
    acties: tuple[ActionPart, ...]
    new_action: NieuweActieForm


@dataclass(frozen=True)
class EarlierPart:
    """What stayed on an earlier version of a goal, with its actions, which still need follow-up."""

    earlier: EarlierGoal
    acties: tuple[ActionPart, ...]


@dataclass(frozen=True)
class OverviewPage:
    """The contents of the overview.

    fasen: per phase, its goals.
    earlier: what stayed on earlier versions.
    others: the actions that come from elsewhere, such as a talk or a tip.
    geschrapt: the struck actions.
    """

    fasen: tuple[tuple[Fase, tuple[GoalPart, ...]], ...]
    earlier: tuple[EarlierPart, ...]
    others: tuple[ActionPart, ...]
    geschrapt: tuple[Actie, ...]

    @property
    def parts(self) -> Iterator[GoalPart]:
        for _fase, parts in self.fasen:
            yield from parts

    @property
    def forms(self) -> Iterator[VeldenForm]:
        for deel in self.parts:
            yield deel.inschaling
            yield from (actie.form for actie in deel.acties)
        for earlier in self.earlier:
            yield from (actie.form for actie in earlier.acties)
        yield from (actie.form for actie in self.others)

    @property
    def typed_actions(self) -> list[tuple[PlaceInPlan, NieuweActieForm]]:
        """The new actions that were filled in, each with its goal."""
        return [
            (PlaceInPlan(deel.doelstelling), deel.new_action)
            for deel in self.parts
            if deel.new_action.is_bound
        ]


def overview_page(*, dossier: Dossier, data: Mapping[str, str] | None = None) -> OverviewPage:
    """The contents of the overview of a dossier's plan. A constant number of queries.

    data: the POST, for bound forms; None otherwise.
    """
    inschalingen = {rij.doelstelling_id: rij for rij in Inschaling.objects.filter(dossier=dossier)}
    planacties = list(acties_of(dossier))
    rest = list(_outside_the_goals(dossier))
    fasen: dict[Fase, list[GoalPart]] = {fase: [] for fase in Fase}
    for doel in goals_of(dossier.planversie):
        record = inschalingen.get(doel.pk) or Inschaling()
        record.dossier, record.doelstelling = dossier, doel
        mine = [plan for plan in planacties if plan.doelstelling_id == doel.pk]
        fasen[Fase(doel.fase)].append(
            GoalPart(
                doelstelling=doel,
                inschaling=InschalingForm(record=record, data=data),
                acties=actie_parts((plan.actie for plan in mine), data),
                new_action=new_action(doel.code, data),
            )
        )
    return OverviewPage(
        fasen=tuple((fase, tuple(parts)) for fase, parts in fasen.items()),
        earlier=tuple(
            EarlierPart(earlier, actie_parts(earlier.acties, data))
            for earlier in goals_left_behind(dossier, planacties)
        ),
        others=actie_parts((actie for actie in rest if not actie.geschrapt_op), data),
        geschrapt=tuple(actie for actie in rest if actie.geschrapt_op),
    )


def _outside_the_goals(dossier: Dossier) -> QuerySet[Actie]:
    """The actions that come from a talk or a tip, and every struck action."""
    return Actie.objects.filter(dossier=dossier).filter(
        Q(planactie__isnull=True) | Q(geschrapt_op__isnull=False)
    )
