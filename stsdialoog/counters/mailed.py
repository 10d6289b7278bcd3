"""How many links were made in a day: by one person, and for one address."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone


class Mailed(NamedTuple):
    by_one: int
    to_one: int


def mailed_in_a_day(rows: QuerySet[Any], *, door: Model, email: str) -> Mailed:
    """What one person made, and what one address got, in the 24 hours until now. One query.

    rows: of a model with `door`, `email` and `gemaakt_op`.
    """
    counts = rows.filter(gemaakt_op__gt=timezone.now() - timedelta(days=1)).aggregate(
        by_one=Count("pk", filter=Q(door=door)), to_one=Count("pk", filter=Q(email=email))
    )
    return Mailed(**counts)
