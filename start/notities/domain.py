"""How long the notes of a CLB stay."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from dialoogfiches.oudergesprekken.domain.retention import leave_no_trace
from start.notities.models import Gidsnotitie
from stsdialoog.small_steps import delete_in_steps


def due_notes(op: date) -> QuerySet[Gidsnotitie]:
    """The notes whose last day has come."""
    return Gidsnotitie.objects.filter(wissen_op__lte=op)


def purge(*, op: date) -> Iterator[int]:
    """Delete those, also where their key was lost; yields after each step how many."""
    yield from delete_in_steps(due_notes(op))
    leave_no_trace()
