"""A backup of a database in which people go on saving, and a restore in one that is in use."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event

import pytest
from django.core.management import CommandError
from django.db import connection, connections, transaction

from dossiers.models import Dossier
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from preventieplan.models import Antwoord
from start.kopie.domain import kopie as domain
from start.kopie.domain import postgresql
from start.kopie.domain.history import count_gaps
from tests.database import connected_to
from tests.start.kopie.elders import bewaar, zet_terug

PEOPLE = 4


def test_all_that_was_saved_before_the_backup_began_is_in_it(dossier, doel, tom, folder, leeg):
    vragen = list(doel.vragen.all())[:PEOPLE]
    saved = [0] * PEOPLE
    begun, done = Barrier(PEOPLE + 1), Event()

    def type_on(i: int) -> None:
        """Save one field again and again, until the backup is there."""
        record = Antwoord(dossier=dossier, vraag=vragen[i])
        try:
            while saved[i] < 3 or not done.is_set():
                basis = saved[i]
                result = save_veld(
                    record=record, veld="toelichting", waarde=f"{basis + 1}", basis=basis, door=tom
                )
                assert result.outcome == SaveOutcome.SAVED
                saved[i] += 1
                if saved[i] == 2:
                    begun.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        people = [pool.submit(type_on, i) for i in range(PEOPLE)]
        begun.wait(30)
        before = list(saved)
        try:
            kopie = bewaar(folder)
        finally:
            done.set()
        for person in people:
            person.result(30)

    assert min(before) >= 2
    assert sum(saved) > sum(before), "somebody saved while the backup was made"
    with connected_to(leeg):
        zet_terug(kopie)

        assert count_gaps() == {}
        for vraag, number, later in zip(vragen, before, saved, strict=True):
            antwoord = Antwoord.objects.get(vraag=vraag.pk)
            assert number <= antwoord.toelichting_revisie <= later
            assert antwoord.toelichting == f"{antwoord.toelichting_revisie}"


@contextmanager
def somebody_else():
    """A second connection to the database that the story works with."""
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(postgresql, "SECONDS_FOR_A_LOCK", 1)
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)


@pytest.mark.usefixtures("impatient")
def test_a_database_that_is_in_use_stays_as_it_is(kopie, gemigreerd):
    with connected_to(gemigreerd):
        with somebody_else() as other, other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT COUNT(*) FROM dossiers_dossier")
            with pytest.raises(CommandError, match="is in gebruik"):
                zet_terug(kopie)
            cursor.execute("ROLLBACK")

        assert not Dossier.objects.exists()
        assert "1 dossiers" in zet_terug(kopie)


def test_a_row_that_somebody_adds_meanwhile_is_not_lost(kopie, gemigreerd, monkeypatch):
    def meanwhile():
        with somebody_else() as other:
            other.settings_dict = other.settings_dict | {"NAME": gemigreerd}
            with other.cursor() as cursor:
                cursor.execute("INSERT INTO django_session VALUES ('s', '', '2030-01-01 00:00:00')")
        return {}

    with connected_to(gemigreerd):
        monkeypatch.setattr(domain, "count_gaps", meanwhile)
        with pytest.raises(CommandError, match="staat al iets"):
            zet_terug(kopie)

        assert not Dossier.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_session")
            assert cursor.fetchone() == (1,)


def test_a_second_restore_at_the_same_time_is_refused(kopie, leeg):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite each has a file of its own, and the second finds the database full")
    with connected_to(leeg):
        with somebody_else() as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [postgresql.ONE_AT_A_TIME])
            with pytest.raises(CommandError, match="al een kopie teruggezet"):
                zet_terug(kopie)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [postgresql.ONE_AT_A_TIME])

        assert "1 dossiers" in zet_terug(kopie)


def test_the_backup_leaves_no_transaction_behind(kopie):
    assert not connection.in_atomic_block
    with transaction.atomic(durable=True):
        Dossier.objects.update(schooljaar=2027)
