"""How a phase of the plan ends: what was done in it, and what is still open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dossiers.acties.domain.acties import is_finished, lacks_check, lacks_who_or_when
from dossiers.acties.models import Actie
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.domain.last_year import priorities_left
from preventieplan.models import Antwoord, Doelstelling
from preventieplan.queries.plan import placed_acties
from preventieplan.queries.stand import GoalState, PhaseState, plan_stand, to_find_out
from stsdialoog.seen import mark_of


@dataclass(frozen=True)
class GoalEnd:
    """A goal at the end of its phase.

    acties: how many it has, with those that are finished.
    zonder: how many of them still need somebody or a moment.
    """

    stand: GoalState
    acties: int
    zonder: int

    @property
    def is_klaar(self) -> bool:
        """Whether nothing of it is open any more."""
        stand = self.stand
        return bool(stand.is_af and stand.focus and self.acties and not self.zonder)


@dataclass(frozen=True)
class PhaseEnd:
    """A phase with its goals, and what a team still has to find out or to plan in it.

    zonder_check: the open actions without a moment to look back.
    volgende_check: the first day on which one of them is checked; None when none is planned.
    voorstel: what came first in the dossier that this one goes on from, until somebody chooses.
    """

    stand: PhaseState
    doelen: tuple[GoalEnd, ...]
    uit_te_zoeken: tuple[Antwoord, ...]
    acties: int
    zonder_check: tuple[Actie, ...]
    volgende_check: date | None
    voorstel: tuple[Doelstelling, ...]

    @property
    def seen(self) -> str:
        """The mark of what comes first now."""
        return mark_of(*(doel.code for doel in self.stand.prioriteiten))

    @property
    def aangevinkt(self) -> list[str]:
        """The codes of the goals that are ticked when nobody ticked anything yet."""
        first = [doel.code for doel in self.stand.prioriteiten]
        return first or [doel.code for doel in self.voorstel]

    @property
    def volgend_doel(self) -> GoalState | None:
        """The first goal that is not complete."""
        return next((doel for doel in self.stand.doelen if not doel.is_af), None)


def phase_end(*, dossier: Dossier, fase: Fase, today: date) -> PhaseEnd:
    """Everything on the page of a phase. Three queries, and one where it goes on from another."""
    stand = next(one for one in plan_stand(dossier) if one.fase == fase)
    acties: dict[int, list[Actie]] = defaultdict(list)
    placed = placed_acties(dossier)
    for one in placed.of_goals:
        acties[one.doelstelling.pk].append(one.actie)
    doelen = tuple(_goal_end(doel, acties[doel.doelstelling.pk]) for doel in stand.doelen)
    here = [actie for doel in stand.doelen for actie in acties[doel.doelstelling.pk]]
    here += placed.of_phases.get(fase, ())
    checks = [actie.check_op for actie in here if actie.check_op and not is_finished(actie)]
    return PhaseEnd(
        stand=stand,
        doelen=doelen,
        uit_te_zoeken=tuple(
            one for one in to_find_out(dossier) if one.vraag.doelstelling.fase == fase
        ),
        acties=len(here),
        zonder_check=tuple(
            actie for actie in here if lacks_check(actie) and not is_finished(actie)
        ),
        volgende_check=min((day for day in checks if day >= today), default=None),
        voorstel=tuple(priorities_left(dossier, dossier.vorig).get(fase, ())),
    )


def _goal_end(doel: GoalState, acties: list[Actie]) -> GoalEnd:
    return GoalEnd(doel, len(acties), sum(map(lacks_who_or_when, acties)))
