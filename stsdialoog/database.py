"""Whether the database answers, and whether it still takes what is written."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection, transaction

logger = logging.getLogger(__name__)

SECONDS = 3  # how long a check waits for another writer, or for a database that is busy

# About 64 kB: a long text and its history. A new table takes room of its own; what is written into
# a table that is there can use the place of rows that were deleted, also on a full disk.
MAKE_ROOM = {
    "sqlite": (
        "CREATE TABLE schrijfproef (ruimte)",
        "INSERT INTO schrijfproef VALUES (zeroblob(65536))",
        "DROP TABLE schrijfproef",
    ),
    "postgresql": (
        f"SET LOCAL statement_timeout = '{SECONDS}s'",
        "CREATE TEMPORARY TABLE schrijfproef AS SELECT n FROM generate_series(1, 2000) AS n",
        "DROP TABLE schrijfproef",
    ),
}


def log_whether_it_answers() -> None:
    """Say in the log, when a process starts, that the database does not answer and why."""
    if why := why_nobody_gets_in():
        logger.error("The database of DATABASE_URL does not answer: %s", why)


def why_nobody_gets_in() -> str:
    """What the database says to a new connection; empty if it answers.

    The connection is one outside the pool, which would only say that it had none to give. It also
    finds a server that is there and says nothing, for which an old connection waits for ever.
    """
    direct = connection.copy()
    direct.settings_dict["OPTIONS"].pop("pool", None)
    try:
        direct.ensure_connection()
    except Error as error:
        return _in_one_line(error)
    finally:
        direct.close()
    return ""


def why_it_does_not_answer() -> str:
    """What the database says, to a new connection or to this thread; empty if it answers."""
    if why := why_nobody_gets_in():
        return why
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return _in_one_line(error)
    return ""


def why_it_takes_no_text() -> str:
    """Why a text cannot be saved; empty if it can. Writes, and leaves nothing behind."""
    try:
        with _no_long_wait(), transaction.atomic(), connection.cursor() as cursor:
            for statement in MAKE_ROOM[connection.vendor]:
                cursor.execute(statement)
    except Error as error:
        return _in_one_line(error)
    return ""


@contextmanager
def _no_long_wait() -> Iterator[None]:
    """On SQLite, wait less long for another writer: it is waited for when a transaction begins."""
    if connection.vendor != "sqlite":
        yield
        return
    patience: Any = connection.settings_dict["OPTIONS"]["timeout"]
    _wait_for_a_writer(SECONDS)
    try:
        yield
    finally:
        _wait_for_a_writer(patience)


def _wait_for_a_writer(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000}")


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
