"""Operations for large tables: the same on both databases, and without a lock on PostgreSQL."""

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations.operations import CreateModel, DeleteModel
from django.db.migrations.state import ProjectState
from django.test.utils import CaptureQueriesContext

from stsdialoog.postgresql.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
    RemoveIndexConcurrently,
    ValidateConstraint,
)

pytestmark = pytest.mark.django_db(transaction=True)

APP = "dossiers"
POSITIVE = models.CheckConstraint(condition=models.Q(n__gt=0), name="proef_n_groter_dan_nul")
BY_N = models.Index(fields=["n"], name="proef_n")


class Table:
    """A table of these stories alone, and the operations that were applied to it."""

    def __init__(self) -> None:
        self.state = ProjectState()
        fields: list = [("id", models.AutoField(primary_key=True)), ("n", models.IntegerField())]
        self.apply(CreateModel("Proef", fields))

    def apply(self, operation) -> str:
        """What it asked of the database."""
        after = self.state.clone()
        operation.state_forwards(APP, after)
        with (
            CaptureQueriesContext(connection) as asked,
            connection.schema_editor(atomic=False) as editor,
        ):
            operation.database_forwards(APP, editor, self.state, after)
        self.state = after
        return " ".join(query["sql"] for query in asked.captured_queries)

    def insert(self, n: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO dossiers_proef (n) VALUES (%s)", [n])

    def has(self, name: str) -> bool:
        with connection.cursor() as cursor:
            return name in connection.introspection.get_constraints(cursor, "dossiers_proef")


@pytest.fixture
def table():
    made = Table()
    yield made
    made.apply(DeleteModel("Proef"))


def test_an_index_comes_and_goes_beside_who_saves(table):
    added = table.apply(AddIndexConcurrently("proef", BY_N))
    assert table.has("proef_n")
    removed = table.apply(RemoveIndexConcurrently("proef", "proef_n"))
    assert not table.has("proef_n")

    if connection.vendor == "postgresql":
        assert "CREATE INDEX CONCURRENTLY" in added
        assert "DROP INDEX CONCURRENTLY" in removed


def test_a_constraint_holds_for_new_rows_at_once_and_for_all_when_it_was_validated(table):
    table.insert(1)
    added = table.apply(AddConstraintNotValid("proef", POSITIVE))
    with pytest.raises(IntegrityError):
        table.insert(0)
    table.apply(ValidateConstraint("proef", POSITIVE.name))

    assert table.has(POSITIVE.name)
    if connection.vendor == "postgresql":
        assert "NOT VALID" in added


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite looks at all rows at once")
def test_rows_of_before_do_not_stand_in_the_way_of_a_constraint_until_it_is_validated(table):
    table.insert(0)
    table.apply(AddConstraintNotValid("proef", POSITIVE))

    with pytest.raises(IntegrityError):
        table.apply(ValidateConstraint("proef", POSITIVE.name))
