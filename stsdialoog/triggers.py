"""Triggers that keep the rows of a table as they were written, on each kind of database.

They are laid after every `migrate`, not by one migration: to change a table, SQLite makes a new one
and drops the old, with its triggers. So they are also there in a restored backup of before.

They keep out mistakes of the code and whoever got at its queries, not the owner of the database.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

# What a database has now: the name of each and what it does.
KNOWN = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgrelid = to_regclass(%s)"
    ),
}


@dataclass(frozen=True)
class Guard:
    """The triggers of a table.

    triggers: the name and statement of each, by the kind of database. On SQLite they read like the
        ones that it keeps itself, letter for letter.
    """

    table: str
    triggers: Mapping[str, Mapping[str, str]]

    def lay(self, *, using: str = "default") -> None:
        """Lay those that are not there, or say something else; nothing is locked otherwise."""
        database = connections[using]
        with database.cursor() as cursor:
            if self.table not in database.introspection.table_names(cursor):
                return
            cursor.execute(KNOWN[database.vendor], [self.table])
            known = dict(cursor.fetchall())
            for name, statement in self.triggers[database.vendor].items():
                # PostgreSQL keeps only what stands in the function.
                if name not in known or known[name] not in statement:
                    self._drop(cursor, name)
                    cursor.execute(statement)

    @contextmanager
    def lifted(self) -> Iterator[None]:
        """Inside, rows can be changed and deleted.

        For the demo, which sets its own clocks back, and for who empties a database of tests.
        """
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # It does not touch the triggers of a table of which it has yet to check a row.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in self.triggers[connection.vendor]:
                self._drop(cursor, name)
        yield
        self.lay()

    def _drop(self, cursor: Any, name: str) -> None:
        of = "" if connection.vendor == "sqlite" else f" ON {self.table}"
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")
