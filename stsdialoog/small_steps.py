"""Deleting many rows a few at a time, so that nobody who saves meanwhile waits long."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

STEP = 200  # rows


def midnight(day: date) -> datetime:
    """The first moment of a day, here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def delete_in_steps(rows: QuerySet) -> Iterator[int]:
    """Delete rows, so many in a transaction of its own; yields after each how many those were.

    rows: asked again at each step, so what no longer belongs to them by then stays. Nothing is
        deleted by who does not go through the result.
    """
    last = None
    while batch := list(_after(rows, last).order_by("pk").values_list("pk", flat=True)[:STEP]):
        with transaction.atomic():
            rows.filter(pk__in=batch).delete()
        last = batch[-1]
        yield len(batch)


def _after(rows: QuerySet, last: object) -> QuerySet:
    return rows if last is None else rows.filter(pk__gt=last)
