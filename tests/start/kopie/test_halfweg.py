"""A command that is killed half-way leaves nothing that counts, and can be given again."""

from pathlib import Path

import pytest
from django.db import connection

from dossiers.models import Dossier
from start.kopie.domain.tables import occupied
from tests.database import connected_to
from tests.killed import apart, killed_in
from tests.start.kopie.elders import bewaar, zet_terug


@pytest.fixture
def alone(huis, tmp_path) -> str:
    return apart(tmp_path)


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
