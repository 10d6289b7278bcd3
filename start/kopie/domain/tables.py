"""The tables of the database: which rows a backup holds, and how many."""

from collections.abc import Iterable

from django.db import connection

# Who is logged in, and counters: rows that mean nothing after a restore. Before `mensen_sessie` and
# `counters_counter` they were in `django_session` and `cache`.
LEFT_OUT = frozenset({"mensen_sessie", "counters_counter", "django_session", "cache"})
# What `migrate` itself writes.
MADE_BY_MIGRATE = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def left_out() -> list[str]:
    """The tables of this database of which a backup holds no rows."""
    return [table for table in _tables() if table in LEFT_OUT]


def count_rows() -> dict[str, int]:
    """The number of rows in each table that a backup holds."""
    return {table: _count(table) for table in sorted({*_tables()} - {*left_out()})}


def occupied() -> list[str]:
    """The tables that hold any row besides what `migrate` itself writes."""
    return [table for table in sorted({*_tables()} - MADE_BY_MIGRATE) if _has_row(table)]


def quoted(tables: Iterable[str]) -> str:
    return ", ".join(connection.ops.quote_name(table) for table in tables)


def _tables() -> list[str]:
    return connection.introspection.table_names()


def _count(table: str) -> int:
    return _value(f"SELECT COUNT(*) FROM {quoted([table])}")  # noqa: S608 its own name, quoted


def _has_row(table: str) -> bool:
    return bool(_value(f"SELECT EXISTS (SELECT 1 FROM {quoted([table])})"))  # noqa: S608 as above


def _value(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
