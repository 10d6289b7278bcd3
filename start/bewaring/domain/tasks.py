"""What `ruim_op` does of each row of the table: in small steps, one after the other."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from stsdialoog.small_steps import delete_in_steps

logger = logging.getLogger(__name__)

# A step that took so long is followed by as long a rest, of so many seconds at most.
LONGEST_REST = 1.0


@dataclass(frozen=True)
class Taak:
    """Something that becomes due on a day.

    wat: what of it is named in the output, behind a number: "sessies gewist".
    due: how many there are to do on a day; asks and writes nothing.
    run: does it in steps of a transaction each; yields after each how many it did.
    again: whether a restored backup gets it before anybody sees it. Not for what the wislijst
        holds, which is seen to apart, nor for what tells people.
    """

    wat: str
    due: Callable[[date], int]
    run: Callable[[date], Iterable[int]]
    again: bool = False


def deletion(wat: str, rows: Callable[[date], QuerySet[Any]], *, again: bool = True) -> Taak:
    """A task that only deletes rows."""
    return Taak(
        wat,
        due=lambda op: rows(op).count(),
        run=lambda op: delete_in_steps(rows(op)),
        again=again,
    )


@dataclass(frozen=True)
class Done:
    """How a task ended. mislukt: the name of what went wrong, "" for nothing; never what it said,
    because that may quote a record.
    """

    taak: Taak
    aantal: int
    mislukt: str = ""


def run(taak: Taak, *, op: date, tell: Callable[[int], None] | None = None) -> Done:
    """Do all that is due of a task; what goes wrong ends this task and no other.

    After each step it rests as long as that took, so that whoever saves gets a turn: SQLite gives
    the database to whoever happens to ask, and a loop asks all the time.

    tell: hears after each step how many were done so far.
    """
    count = 0
    try:
        for few in _rested(taak.run(op)):
            count += few
            if tell:
                tell(count)
    # Whatever it is, the other tasks go on.
    except Exception as error:
        logger.error("ruim_op: %s: %s", taak.wat, type(error).__name__)
        return Done(taak, count, type(error).__name__)
    return Done(taak, count)


def _rested(steps: Iterable[int]) -> Iterator[int]:
    start = time.monotonic()
    for few in steps:
        yield few
        time.sleep(min(time.monotonic() - start, LONGEST_REST))
        start = time.monotonic()
