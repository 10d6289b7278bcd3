"""The earlier moment that the scores of now are compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

# Within four weeks a team is still busy scoring, or corrects what it said: that is no comparison.
BETWEEN = timedelta(weeks=4)


@dataclass(frozen=True)
class GivenScore:
    """A score in the history of a goal; None when it was cleared."""

    code: str
    score: int | None
    op: date


@dataclass(frozen=True)
class Since:
    """A moment to compare with, and the scores as they were at the end of that day, by goal.

    is_start: there is nothing earlier: it is the day on which the dossier was opened.
    moment: the moment itself, when it was no end of a day.
    """

    op: date
    scores: Mapping[str, int] = field(default_factory=dict)
    is_start: bool = False
    moment: datetime | None = None


def since_in(given: Sequence[GivenScore]) -> Since | None:
    """The newest day of scoring that lies four weeks or more before the last one.

    given: every score that was saved in a dossier, the oldest first.
    Returns None when there is no such day.
    """
    days = sorted({one.op for one in given if one.score is not None})
    before = [day for day in days if day <= days[-1] - BETWEEN]
    if not before:
        return None
    then = {one.code: one.score for one in given if one.op <= before[-1]}
    return Since(before[-1], {code: score for code, score in then.items() if score is not None})
