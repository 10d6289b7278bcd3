"""Saves the child rows of a part of a concept."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

# The number of a row whose number was left empty, so that it comes after all others.
LAST = 32_767


def save_rows(
    *,
    saved: Iterable[Any],
    deleted: Iterable[Any],
    rows: QuerySet[Any],
    moved: Callable[[], Mapping[Any, int]],
    complete: Callable[[Any], None],
) -> None:
    """Save some rows, delete others, and renumber all rows of the same part from 1.

    saved: the new and the changed records; a record without a number comes last.
    rows: all rows of the same part.
    moved: called once all are saved; by primary key, 1 for a row that moved down the list and -1
        for one that moved up or is new. Of two rows with the same number, the one that moved down
        comes second.
    complete: fills in what a new record lacks, apart from its number.
    """
    for record in deleted:
        record.delete()
    for record in saved:
        if record.volgorde is None:
            record.volgorde = LAST
        if record._state.adding:
            complete(record)
        record.save()
    _number_again(rows, moved())


def _number_again(rows: QuerySet[Any], moved: Mapping[Any, int]) -> None:
    def place(record: Any) -> tuple[int, int, int]:
        return record.volgorde, moved.get(record.pk, 0), record.pk

    for nummer, record in enumerate(sorted(rows, key=place), start=1):
        if record.volgorde != nummer:
            rows.filter(pk=record.pk).update(volgorde=nummer)
