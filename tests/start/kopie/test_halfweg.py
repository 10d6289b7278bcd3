"""A command that is killed half-way leaves nothing that counts, and can be given again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from dossiers.models import Dossier
from start.kopie.domain.tables import occupied
from tests.start.kopie.elders import bewaar, connected_to, zet_terug

# Kills itself where a function would be called for the n-th time.
KILLED = """
import importlib, os, signal, sys
import django
django.setup()
from django.core.management import call_command

module, function, nth, *command = sys.argv[1:]
module = importlib.import_module(module)
usual, calls = getattr(module, function), iter(range(1, 99))

def or_die(*args, **kwargs):
    if next(calls) == int(nth):
        os.kill(os.getpid(), signal.SIGKILL)
    return usual(*args, **kwargs)

setattr(module, function, or_die)
call_command(*command)
"""


def killed_in(point: str, *command: str | Path) -> None:
    """Run a command on the database of now in a process that is killed at some point."""
    module, function, nth = point.split(":")
    # An open connection, even one that does nothing, is somebody who uses the database.
    connection.close()
    process = subprocess.run(  # noqa: S603
        [sys.executable, "-c", KILLED, module, function, nth, *map(str, command)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "stsdialoog.settings",
            "DJANGO_DEBUG": "true",
            "DATABASE_URL": url(),
            "WISLIJST": settings.WISLIJST,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL, process.stderr


def url() -> str:
    """The DATABASE_URL of the database that the connection of Django works with."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{name}"


@pytest.fixture
def alone(huis, tmp_path) -> str:
    """The database, or on SQLite a copy of it, that no other thread of the tests has open.

    Where one process reads the bytes of a file that it has open, SQLite's locks on it are gone, and
    another process may take away what the first still works with.
    """
    if connection.vendor == "postgresql":
        return connection.settings_dict["NAME"]
    copy = tmp_path / "apart.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    return str(copy)


DOMAIN = "start.kopie.domain"


@pytest.mark.parametrize(
    "point",
    [f"{DOMAIN}.kopie:count_rows:1", f"{DOMAIN}.archive:checksum:1", f"{DOMAIN}.kopie:sync:1"],
)
def test_a_backup_that_was_killed_is_not_taken_for_one(alone, folder, leeg, point):
    with connected_to(alone):
        killed_in(point, "bewaar_kopie", folder)

        left = [path for path in folder.iterdir() if path.suffix == ".zip"]
        # At the last of these points it stood there, whole.
        assert len(left) == point.endswith("sync:1")
        kopie = bewaar(folder)
    assert sorted(folder.iterdir()) == sorted([*left, kopie])
    with connected_to(leeg):
        assert "1 dossiers" in zet_terug((left or [kopie])[0])


# Where a restore is killed: while it is laid out apart, while it is brought up to date there, and
# while it takes its place.
POINTS = {
    "sqlite": [f"{DOMAIN}.sqlite:require_empty:1"],
    "postgresql": [
        f"{DOMAIN}.postgresql:_pipe:1",
        f"{DOMAIN}.postgresql:require_empty:1",
        # The tables of `migrate` are gone and the others are not there yet, in one transaction.
        f"{DOMAIN}.postgresql:_move:4",
    ],
}
EVERYWHERE = ("count_rows", "catch_up", "count_gaps")


def test_a_restore_that_was_killed_leaves_the_database_empty(kopie, gemigreerd):
    with connected_to(gemigreerd):
        for function in EVERYWHERE:
            killed_in(f"{DOMAIN}.kopie:{function}:1", "zet_terug", kopie)
            assert occupied() == []
        for point in POINTS[connection.vendor]:
            killed_in(point, "zet_terug", kopie)
            assert occupied() == []

        assert "1 dossiers" in zet_terug(kopie)
        assert Dossier.objects.count() == 1
        if connection.vendor == "sqlite":
            connection.close()
            assert [one.name for one in Path(gemigreerd).parent.iterdir()] == ["db.sqlite3"]
        else:
            assert schemas() == ["public"]


def schemas() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_)'")
        return [name for (name,) in cursor.fetchall()]
