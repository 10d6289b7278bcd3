"""From how many schools on something is told of them together, and how often that is settled.

The rules stand with their reasons in docs/adr/0043 and 0045.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

# The fewest schools, and CLB's of those schools, that something is told of and moved by.
MIN_SCHOLEN, MIN_CLBS = 5, 2
# And of these, how many are left at least without those of any one CLB: it knows its own.
MIN_VAN_ANDEREN = 2


def are_enough(clbs: Iterable[UUID]) -> bool:
    """Whether something may be told of these schools together. clbs: for each school its CLB."""
    counted = Counter(clbs)
    return counted.total() >= MIN_SCHOLEN and without_the_largest(counted) >= MIN_VAN_ANDEREN


def without_the_largest(clbs: Counter[UUID]) -> int:
    """How many schools are left for the CLB that knows most of them: those of others."""
    return clbs.total() - max(clbs.values(), default=0)


def month_to_settle(today: date) -> date:
    """The first day of the month that ended last."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
