"""Whether a save would succeed now."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.db import Error, connection

from dialoogfiches.oudergesprekken.domain.keys import require_that_they_fit
from dialoogfiches.oudergesprekken.encryption import MissingKey
from stsdialoog.database import why_it_does_not_answer, why_it_takes_no_text
from stsdialoog.upgrade import why_it_is_behind

TRY_EVERY = 10  # seconds


class Health:
    """The health of one process. Asks each time whether the database answers; tries to write, and
    to read a talk with parents, at most every ten seconds, and remembers what came of it. Until
    the database was once found migrated as far as this code, it looks at that first.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._trying = Lock()
        self._next_try = clock()
        self._why = ""
        self._up_to_date = False

    def why_a_save_would_fail(self) -> str:
        """The reason, for the log alone; empty when all is well."""
        return why_it_does_not_answer() or self._tried()

    def _tried(self) -> str:
        # While one thread tries, the others do not wait for it.
        if self._clock() >= self._next_try and self._trying.acquire(blocking=False):
            try:
                self._why = (
                    self._why_it_is_behind()
                    or why_it_takes_no_text()
                    or _why_a_talk_cannot_be_read()
                )
                self._next_try = self._clock() + TRY_EVERY
            finally:
                self._trying.release()
        return self._why

    def _why_it_is_behind(self) -> str:
        if self._up_to_date:
            return ""
        try:
            why = why_it_is_behind(connection)
        except Error as error:
            return str(error)
        self._up_to_date = not why
        return why


def _why_a_talk_cannot_be_read() -> str:
    try:
        require_that_they_fit()
    except (MissingKey, Error) as error:
        return str(error)
    return ""


health = Health()
