"""A new database for one storm, which keeps what it says it keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import Server, server

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = (SQLITE, POSTGRESQL)
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Database:
    """A database, and what has to be killed with it: SQLite has no server."""

    url: str
    server: Server | None = None


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[Database]:
    if kind == SQLITE:
        yield Database(f"sqlite:///{folder / 'storm.sqlite3'}")
    else:
        with server(**DURABLE) as running:
            yield Database(running.url, running)
