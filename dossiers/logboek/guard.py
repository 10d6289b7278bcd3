"""The triggers that keep the log what it is: no line is changed, and none goes before its time.

They are laid after every `migrate`, not by one migration: to change a table, SQLite makes a new one
and drops the old, with its triggers. So they are also there in a restored backup of before.

They keep out mistakes of the code and whoever got at its queries, not the owner of the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

from dossiers.logboek.models import DAGEN_BEWAARD, Logregel

TABLE = Logregel._meta.db_table
REFUSAL = "the log is not changed"

# Name and statement of each, by the kind of database. On SQLite they read like the ones that it
# keeps itself, letter for letter.
TRIGGERS: dict[str, dict[str, str]] = {
    "sqlite": {
        "logregel_vast": (
            f"CREATE TRIGGER logregel_vast BEFORE UPDATE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
        "logregel_te_jong": (
            f"CREATE TRIGGER logregel_te_jong BEFORE DELETE ON {TABLE} "
            f"WHEN OLD.op > datetime('now', '-{DAGEN_BEWAARD} days') "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
    },
    "postgresql": {
        "logregel_vast": (
            "CREATE OR REPLACE FUNCTION logregel_vast() RETURNS trigger LANGUAGE plpgsql AS "
            "$guard$ BEGIN "
            f"IF TG_OP = 'DELETE' AND OLD.op <= now() - interval '{DAGEN_BEWAARD} days' "
            "THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $guard$; "
            f"DROP TRIGGER IF EXISTS logregel_vast ON {TABLE}; "
            f"CREATE TRIGGER logregel_vast BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION logregel_vast()"
        ),
    },
}
# What a database has now: the name of each and what it does.
KNOWN = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgrelid = to_regclass(%s)"
    ),
}


def lay(*, using: str = "default") -> None:
    """Lay the triggers that are not there, or say something else; nothing is locked otherwise."""
    database = connections[using]
    with database.cursor() as cursor:
        if TABLE not in database.introspection.table_names(cursor):
            return
        cursor.execute(KNOWN[database.vendor], [TABLE])
        known = dict(cursor.fetchall())
        for name, statement in TRIGGERS[database.vendor].items():
            # PostgreSQL keeps only what stands in the function.
            if name not in known or known[name] not in statement:
                _drop(cursor, name)
                cursor.execute(statement)


@contextmanager
def lifted() -> Iterator[None]:
    """Inside, lines can be changed and deleted.

    For the demo, which sets its own clocks back, and for who empties a database of tests.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It does not touch the triggers of a table of which it has yet to check a row.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in TRIGGERS[connection.vendor]:
            _drop(cursor, name)
    yield
    lay()


def _drop(cursor: Any, name: str) -> None:
    of = "" if connection.vendor == "sqlite" else f" ON {TABLE}"
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")
