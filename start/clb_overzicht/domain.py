"""How schools moved on the goals of the plan since the schooljaar before, and who comes first."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import Any, NamedTuple, TypeVar

from dossiers.logboek.domain import log_once_a_day
from dossiers.logboek.models import Logregel
from dossiers.mensen.access import Places
from dossiers.mensen.models import CLB, User
from dossiers.models import Dossier

Row = TypeVar("Row")


class Score(NamedTuple):
    """The agreed score of a goal in a schooljaar and in the one before; None: not scored."""

    nu: int | None
    toen: int | None

    @property
    def verschil(self) -> int | None:
        """How much higher it is by now; None as long as one of both is missing."""
        return None if self.nu is None or self.toen is None else self.nu - self.toen


NOT_SCORED = Score(None, None)


def movement(scores: Iterable[Score]) -> float | None:
    """How much higher a school scores by now: the mean over its goals with a score in both years.

    To one decimal, as it is told: what reads the same is the same. None when no goal has both.
    """
    moved = [verschil for one in scores if (verschil := one.verschil) is not None]
    return round(fmean(moved), 1) if moved else None


def in_order(
    rows: Iterable[Row], value: Callable[[Row], Any], *, reverse: bool = False
) -> Sequence[Row]:
    """The rows by a value, the lowest first; equal ones stay as they came.

    By `movement` that is: the schools that went down most, those that stand still, those that went
    up. What has no value (None) comes last, also in reverse.
    """
    there = list(rows)
    known = [row for row in there if value(row) is not None]
    rest = [row for row in there if value(row) is None]
    return [*sorted(known, key=value, reverse=reverse), *rest]


def label_of(schooljaar: int) -> str:
    """A schooljaar as people write it: 2026-2027."""
    return Dossier(schooljaar=schooljaar).schooljaar_label


def log_file(*, places: Places, door: User) -> None:
    """Log that somebody took the scores of her schools along, with each CLB that they are of."""
    log_once_a_day(
        door=door,
        handeling=Logregel.Handeling.OVERZICHT_OPGEHAALD,
        records=[CLB(pk=key) for key in places.works_for],
    )
