"""A backup of a SQLite file with SQLite's own backup API, and the way back.

Both directions copy all pages in one transaction: others see the state before it or the state
after it, also when the process is killed.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db import OperationalError, connection

from start.kopie.domain.problems import IN_GEBRUIK, KopieNietGelukt
from start.kopie.domain.tables import left_out, quoted
from start.kopie.domain.target import require_empty
from start.kopie.domain.working_folder import working_folder


def server_version() -> str:
    return sqlite3.sqlite_version


@contextmanager
def snapshot(payload: Path) -> Iterator[None]:
    """Copy the database to a file. Inside, the connection of Django reads that copy."""
    connection.ensure_connection()
    with connection.wrap_database_errors, closing(sqlite3.connect(payload)) as copy:
        connection.connection.backup(copy)
    with _connected_to(payload):
        with connection.cursor() as cursor:
            for table in left_out():
                cursor.execute(f"DELETE FROM {quoted([table])}")  # noqa: S608 quoted
            # Also gives back the pages in which those rows and other deleted ones were.
            cursor.execute("VACUUM")
        yield


@dataclass(frozen=True)
class Workplace:
    file: Path

    def looked_at(self) -> AbstractContextManager[None]:
        """Inside, the connection of Django works with the restored copy."""
        return _connected_to(self.file)

    def put_in_place(self) -> None:
        """Copy it into the database, unless that is in use or has been filled meanwhile."""
        with _alone(), closing(sqlite3.connect(self.file)) as source:
            require_empty()
            with connection.wrap_database_errors:
                source.backup(connection.connection)


@contextmanager
def workplace(payload: IO[bytes]) -> Iterator[Workplace]:
    """Lay a backup out in a file beside the database, which nobody else works with."""
    with working_folder(Path(connection.settings_dict["NAME"]).parent) as folder:
        file = folder / "database"
        with file.open("wb") as unpacked:
            shutil.copyfileobj(payload, unpacked)
        yield Workplace(file)


@contextmanager
def _connected_to(file: Path) -> Iterator[None]:
    """Inside, the connection of Django has another file open."""
    # Other threads share the dict, so it is replaced and not changed.
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = usual | {"NAME": str(file)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


@contextmanager
def _alone() -> Iterator[None]:
    """Inside, nobody else can read or write the database. Raises KopieNietGelukt if it is busy."""
    connection.close()
    try:
        _shut_others_out()
        yield
    finally:
        # Only a new connection lets others in again.
        connection.close()


def _shut_others_out() -> None:
    try:
        with connection.cursor() as cursor:
            # The lock of the transaction is then kept for as long as the connection is open.
            cursor.execute("PRAGMA locking_mode = EXCLUSIVE")
            cursor.execute("BEGIN EXCLUSIVE")
            cursor.execute("COMMIT")
    except OperationalError as error:
        raise KopieNietGelukt(IN_GEBRUIK) from error
