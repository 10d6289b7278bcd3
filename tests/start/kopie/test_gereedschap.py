"""On PostgreSQL its own tools do the work; what is wrong with them is said in one sentence."""

import pytest
from django.core.management import CommandError
from django.db import connection

from start.kopie.domain.postgresql import _command
from start.kopie.domain.tables import occupied
from tests.database import connected_to
from tests.start.kopie.elders import altered, bewaar, content, zet_terug


@pytest.fixture(autouse=True)
def _on_postgresql_alone():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no tools")


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """The only folder in PATH, to put tools in."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def test_a_tool_that_is_not_installed_is_named(huis, folder, tools):
    server = str(connection.pg_version // 10_000)
    with pytest.raises(CommandError, match=f"^pg_dump ontbreekt.*postgresql-client-{server}"):
        bewaar(folder)

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("step", [-1, 1])
def test_a_tool_of_another_version_is_named(huis, folder, tools, step):
    server = connection.pg_version // 10_000
    tool = tools / "pg_dump"
    tool.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {server + step}.1 (Debian)'\n")
    tool.chmod(0o755)
    with pytest.raises(CommandError, match=f"^pg_dump is van PostgreSQL {server + step} "):
        bewaar(folder)


def test_a_restore_without_psql_changes_nothing(kopie, leeg, tools):
    with connected_to(leeg):
        with pytest.raises(CommandError, match=r"^psql ontbreekt"):
            zet_terug(kopie)

        assert connection.introspection.table_names() == []


def test_a_role_that_may_make_no_schema_is_told_what_it_needs(kopie, leeg):
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE beperkt LOGIN PASSWORD 'geheim'")
    try:
        with (
            connected_to(leeg, USER="beperkt", PASSWORD="geheim"),
            pytest.raises(CommandError, match="GRANT CREATE ON DATABASE"),
        ):
            zet_terug(kopie)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP ROLE beperkt")


def test_a_password_is_never_in_a_command(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "geheim")

    assert not [one for one in _command("pg_dump") if "geheim" in one]


def test_half_a_dump_leaves_nothing_and_tells_nothing_of_what_is_in_it(kopie, leeg):
    whole = content(kopie)
    for size in (len(whole) // 2, len(whole) - 1):
        with connected_to(leeg):
            with pytest.raises(CommandError, match="pg_restore") as told:
                zet_terug(altered(kopie, database=whole[:size]))

            assert "\n" not in str(told.value)
            assert occupied() == []
            assert connection.introspection.table_names() == []
