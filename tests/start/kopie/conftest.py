from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from start.kopie.domain import postgresql
from start.kopie.domain.problems import KopieNietGelukt
from tests.database import copy, execute
from tests.start.kopie.elders import bewaar


@pytest.fixture(autouse=True)
def _the_tools_of_this_server(transactional_db):
    if connection.vendor == "postgresql":
        try:
            for tool in ("pg_dump", "pg_restore", "psql"):
                postgresql._tool(tool)
        except KopieNietGelukt as why:
            pytest.skip(str(why))


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    """A list of what was erased for this story alone."""
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    return tmp_path / "wislijst.jsonl"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kopieen"


@pytest.fixture
def kopie(huis, folder):
    """A backup of a house with one dossier."""
    return bewaar(folder)


@pytest.fixture
def leeg(tmp_path, _the_tools_of_this_server) -> Iterator[str]:
    """A new database without any table: the name of a file, or of a database on the server."""
    (tmp_path / "leeg").mkdir()
    yield _new_database(tmp_path / "leeg")
    _drop(tmp_path / "leeg")


@pytest.fixture
def gemigreerd(leeg, migrated_once) -> str:
    """The same, and then migrated."""
    copy(migrated_once, to=leeg)
    return leeg


def _new_database(folder: Path) -> str:
    if connection.vendor == "sqlite":
        return str(folder / "db.sqlite3")
    name = f"leeg_{uuid4().hex}"
    (folder / "name").write_text(name)
    execute(f"CREATE DATABASE {name}")
    return name


def _drop(folder: Path) -> None:
    if connection.vendor == "postgresql":
        execute(f"DROP DATABASE {(folder / 'name').read_text()} WITH (FORCE)")
