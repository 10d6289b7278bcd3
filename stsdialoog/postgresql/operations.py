"""Operations for migrations of a large table, during which everybody can go on saving.

Those of Django are for PostgreSQL alone. On SQLite, where nobody saves during any migration, these
do the same in the ordinary way. The migration says `atomic = False` (CONTRIBUTING.md).
"""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres import operations
from django.db.migrations.operations import AddConstraint, AddIndex, RemoveIndex
from django.db.migrations.operations.base import Operation

Work = Callable[..., None]


def _on_each(postgresql: Work, sqlite: Work) -> Work:
    """What an operation does in the database, on either of the two."""

    def work(self: Operation, app_label: str, schema_editor: Any, *states: Any) -> None:
        does = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
        does(self, app_label, schema_editor, *states)

    return work


def _nothing(*args: Any) -> None:
    """SQLite looked at every row when the constraint came."""


class AddIndexConcurrently(operations.AddIndexConcurrently):
    database_forwards = _on_each(
        operations.AddIndexConcurrently.database_forwards, AddIndex.database_forwards
    )
    database_backwards = _on_each(
        operations.AddIndexConcurrently.database_backwards, AddIndex.database_backwards
    )


class RemoveIndexConcurrently(operations.RemoveIndexConcurrently):
    database_forwards = _on_each(
        operations.RemoveIndexConcurrently.database_forwards, RemoveIndex.database_forwards
    )
    database_backwards = _on_each(
        operations.RemoveIndexConcurrently.database_backwards, RemoveIndex.database_backwards
    )


class AddConstraintNotValid(operations.AddConstraintNotValid):
    """For new rows from now on; the rows that are there are looked at by ValidateConstraint."""

    database_forwards = _on_each(
        operations.AddConstraintNotValid.database_forwards, AddConstraint.database_forwards
    )


class ValidateConstraint(operations.ValidateConstraint):
    """In a migration of its own, after the one that added the constraint."""

    database_forwards = _on_each(operations.ValidateConstraint.database_forwards, _nothing)
