"""How the scores of a goal lay, beside the score that its team agreed on.

It comes along with the inschaling of the goal: the page of a goal has no query to spare.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum, UUIDField
from django.db.models.functions import JSONArray

from preventieplan.inschalen.domain.spreiding import Spread
from preventieplan.inschalen.models import Rondedoel
from preventieplan.models import MAX_SCORE, Inschaling


@dataclass(frozen=True)
class GoalSpread:
    """How the scores of a goal lay in its last round, which is to be read at `ronde`."""

    spread: Spread
    ronde: UUID
    op: datetime


def with_spread(inschalingen: QuerySet[Inschaling]) -> QuerySet[Inschaling]:
    """Inschalingen that know how scores lay, for `spread_beside`; of a goal one round shows it."""
    shown = Rondedoel.objects.filter(
        doel=OuterRef("doelstelling__code"),
        ronde__dossier=OuterRef("dossier"),
        ronde__getoond_op__isnull=False,
    ).order_by("pk")
    counts = JSONArray(
        *(
            Sum("stemmentallen__stemmen", filter=Q(stemmentallen__score=score))
            for score in range(MAX_SCORE + 1)
        )
    )
    return inschalingen.annotate(
        gespreid_in=Subquery(shown.values("ronde")[:1], output_field=UUIDField()),
        gespreid_op=Subquery(shown.values("ronde__getoond_op")[:1]),
        gespreid=Subquery(shown.annotate(stemmen=counts).values("stemmen")[:1]),
    )


def spread_beside(inschaling: Inschaling) -> GoalSpread | None:
    """How the scores of its goal lay; None when no round showed it, or nothing was agreed yet.

    inschaling: one of `with_spread`, or a new one.
    """
    ronde = getattr(inschaling, "gespreid_in", None)
    if ronde is None or inschaling.score is None:
        return None
    known = vars(inschaling)
    return GoalSpread(Spread(tuple(known["gespreid"])), ronde, known["gespreid_op"])
