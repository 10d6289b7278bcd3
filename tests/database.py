"""The database of the stories: migrated once, and put back behind a story that commits.

Migrating takes half a minute, so one process does it, and all copy what it made. On SQLite the next
run copies it too, as long as nothing that it was made of has changed.

Behind a story that commits Django would empty each table, make content types and permissions again,
and leave the next story without materials. Here what stood there before the first story comes back,
so that every story begins with the same.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

ROOT = Path(__file__).resolve().parent.parent
MIGRATED = "gemigreerd"
ROOMS = ("stsdialoog", "dossiers", "preventieplan", "dialoogfiches", "start")


def of_these_migrations(folder: Path) -> Path:
    """Where in a folder a database stands that was migrated with the code of now.

    folder: it stays between two runs; what was made with other code is removed.
    """
    digest = sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        if _makes_databases(path.relative_to(ROOT)):
            digest.update(bytes(path.relative_to(ROOT)) + path.read_bytes())
    place = folder / digest.hexdigest()
    place.mkdir(exist_ok=True)
    for other in set(folder.iterdir()) - {place}:
        shutil.rmtree(other, ignore_errors=True)
    return place


def _makes_databases(path: Path) -> bool:
    """Whether it is a migration, or something that those use."""
    return (
        path.parts[0] == "stsdialoog"
        or bool({"migrations", "models"} & set(path.parts))
        or path.name in ("models.py", "encryption.py")
    )


def migrated(folder: Path) -> str:
    """A database that was migrated and holds nothing else, to copy: a file, or a name.

    folder: the same one for all processes that tell stories; the first of them makes it.
    """
    name = str(folder / MIGRATED) if connection.vendor == "sqlite" else MIGRATED
    done = folder / "migrated"
    with done.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.stat().st_size:
            if connection.vendor == "postgresql":
                execute(f"CREATE DATABASE {name}")
            elif Path(name).exists():
                # Whoever began it was stopped half way.
                Path(name).unlink()
            with connected_to(name):
                call_command("migrate", verbosity=0)
            lock.write("once")
    return name


def copy(source: str, to: str) -> None:
    """Make a database that is like another one, in which nobody works."""
    if connection.vendor == "sqlite":
        shutil.copyfile(source, to)
    else:
        execute(f"DROP DATABASE IF EXISTS {to}", f"CREATE DATABASE {to} TEMPLATE {source}")


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def connected_to(name: str, **settings: str) -> Iterator[None]:
    """Inside, the connection of Django works with another database: a file, or a name.

    settings: others that are different there, such as USER.
    """
    usual = connection.settings_dict
    _connect(usual | {"NAME": name} | settings)
    try:
        yield
    finally:
        _connect(usual)


def _connect(settings: dict[str, Any]) -> None:
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    connection.settings_dict = settings
    ContentType.objects.clear_cache()


class KeptFile:
    """All of a database of SQLite, as it is when this is made."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._kept = sqlite3.connect(":memory:")
        connection.connection.backup(self._kept)

    def put_back(self) -> None:
        connection.ensure_connection()
        self._kept.backup(connection.connection)


class KeptRows:
    """The rows of a database of PostgreSQL, as they are when this is made."""

    def __init__(self) -> None:
        self._rows: dict[str, list[bytes]] = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True):
                with cursor.copy(f"COPY {table} TO STDOUT") as out:
                    self._rows[table] = [bytes(row) for row in out]
        self._since = _transaction()

    def put_back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(map(self._if_changed, self._rows)))
            changed = [table for (table,) in cursor.fetchall()]
            # They stood there: no trigger has to look at them, nor at what they refer to.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in changed:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (of our own)
                with cursor.copy(f"COPY {table} FROM STDIN") as into:
                    for row in self._rows[table]:
                        into.write(row)
        self._since = _transaction()

    def _if_changed(self, table: str) -> str:
        """A question that gives the table when a row of it came, went, or is another one."""
        rows = len(self._rows[table])
        return f"""
            SELECT '{table}' WHERE (SELECT count(*) FROM {table}) <> {rows}
            OR EXISTS (SELECT FROM {table} WHERE xmin::text::bigint >= {self._since})
        """  # noqa: S608 (of our own)


def _transaction() -> int:
    """The number of a transaction: what is written from now on has a higher one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def kept() -> KeptFile | KeptRows:
    return KeptFile() if connection.vendor == "sqlite" else KeptRows()
