"""The health check for monitoring: it says whether a save would succeed, and nothing more."""

import logging
from threading import Barrier

import pytest
from cryptography.fernet import Fernet
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from start.domain.health import TRY_EVERY, Health
from start.views import pages
from stsdialoog import database
from stsdialoog.database import why_it_takes_no_text, why_nobody_gets_in
from tests.concurrency import at_once
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek

GEZOND = reverse("gezond")
POOL = 4  # connections


@pytest.fixture
def clock(monkeypatch):
    """A process that has just started, and its clock."""
    now = [1000.0]
    monkeypatch.setattr(pages, "health", Health(clock=lambda: now[0]))
    return now


@pytest.fixture
def ill(client, clock, caplog):
    """Ask once, of a process that is ill; gives the reason that its log tells."""

    def ask() -> str:
        response = client.get(GEZOND)
        assert response.status_code == 503
        assert response.json() == {"status": "ziek"}
        (line,) = [record for record in caplog.records if record.name == "start.views.pages"]
        assert line.levelno == logging.ERROR
        return line.getMessage()

    return ask


@pytest.mark.django_db
def test_it_says_that_all_is_well(client, clock):
    response = client.get(GEZOND)

    assert response.status_code == 200
    assert response.json() == {"status": "gezond"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seconds", "tries"), [(TRY_EVERY - 1, False), (TRY_EVERY, True), (TRY_EVERY + 1, True)]
)
def test_it_tries_to_write_at_most_every_ten_seconds(
    client, clock, django_assert_num_queries, django_assert_max_num_queries, seconds, tries
):
    client.get(GEZOND)
    clock[0] += seconds

    with django_assert_max_num_queries(30) as asked:
        client.get(GEZOND)
    assert any("schrijfproef" in query["sql"] for query in asked.captured_queries) == tries
    with django_assert_num_queries(1):
        client.get(GEZOND)


@pytest.mark.django_db
def test_a_database_that_was_not_migrated_is_no_place_to_save_in(ill, client, clock):
    applied = MigrationRecorder(connection)
    applied.record_unapplied("counters", "0001_start")
    assert "counters.0001_start" in ill()

    applied.record_applied("counters", "0001_start")
    clock[0] += TRY_EVERY
    assert client.get(GEZOND).status_code == 200


@pytest.mark.django_db
def test_a_process_that_was_up_to_date_serves_on_while_a_next_release_comes(client, clock):
    """That one migrates first; and nothing is asked twice of which the answer stays the same."""
    assert client.get(GEZOND).status_code == 200
    MigrationRecorder(connection).record_applied("counters", "0999_van_morgen")
    clock[0] += TRY_EVERY

    with CaptureQueriesContext(connection) as asked:
        assert client.get(GEZOND).status_code == 200
    assert not [query for query in asked.captured_queries if "django_migrations" in query["sql"]]


@pytest.mark.django_db
def test_a_lost_database_gives_503_and_the_reason_to_the_log_alone(ill, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("connection to 10.0.0.5\n refused")

    monkeypatch.setattr(connection, "cursor", broken)
    monkeypatch.setattr(pages.health.__class__, "_tried", lambda _: pytest.fail("no use trying"))

    assert ill() == "A save would fail: connection to 10.0.0.5 refused"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_may_only_be_read(ill):
    on, off = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": (
            "SET default_transaction_read_only = on",
            "SET default_transaction_read_only = off",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(on)
        try:
            reason = ill()
        finally:
            cursor.execute(off)

    assert "read-only" in reason or "readonly" in reason


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a limit that SQLite alone has")
def test_a_full_disk(ill):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages_in_use = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages_in_use}")
        try:
            reason = ill()
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")

    assert "full" in reason


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no one writer")
def test_a_writer_that_does_not_end_is_not_waited_for_as_long_as_a_save_would(ill, monkeypatch):
    monkeypatch.setattr(database, "SECONDS", 0)
    other = connection.copy()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = cursor.fetchone()
        with other.cursor() as writer:
            writer.execute("BEGIN IMMEDIATE")
            reason = ill()
        other.close()
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == before

    assert "locked" in reason
    assert why_it_takes_no_text() == ""


@pytest.mark.django_db
def test_keys_that_do_not_open_what_is_stored(ill, huis, settings):
    make_gesprek(huis)
    settings.OUDERGESPREK_SLEUTELS = [Fernet.generate_key().decode()]

    reason = ill()
    assert "OUDERGESPREK_SLEUTELS" in reason
    assert settings.OUDERGESPREK_SLEUTELS[0] not in reason


@pytest.mark.django_db
def test_a_database_that_was_not_migrated_to_this_release(ill):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE oudergesprekken_oudernotitie RENAME TO iets_anders")

    assert "oudergesprekken_oudernotitie" in ill()


@pytest.mark.django_db
def test_it_stays_ill_for_ten_seconds_and_finds_out_that_it_is_well_again(client, clock):
    answers = []
    for seconds, why in ((0, "full"), (TRY_EVERY - 1, ""), (1, "")):
        clock[0] += seconds
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("start.domain.health.why_it_takes_no_text", lambda why=why: why)
            answers.append(client.get(GEZOND).status_code)

    assert answers == [503, 503, 200]


@pytest.mark.django_db
def test_while_one_asks_the_database_nobody_waits_for_it(clock):
    health = pages.health
    asked = []

    def meanwhile() -> str:
        asked.append(health.why_a_save_would_fail())
        return "full"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("start.domain.health.why_it_takes_no_text", meanwhile)
        assert health.why_a_save_would_fail() == "full"

    # What was known until then.
    assert asked == [""]


@pytest.mark.django_db(transaction=True)
def test_a_try_leaves_nothing_behind(clock):
    before = connection.introspection.table_names()

    assert why_it_takes_no_text() == ""
    assert connection.introspection.table_names() == before


@pytest.mark.django_db(transaction=True)
def test_who_asks_outside_the_pool_hears_why(monkeypatch, tmp_path):
    assert why_nobody_gets_in() == ""

    nowhere = {
        "sqlite": {"NAME": str(tmp_path / "niets" / "db.sqlite3")},
        "postgresql": {"HOST": "127.0.0.1", "PORT": 1},
    }[connection.vendor]
    for name, value in nowhere.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    why = why_nobody_gets_in()
    monkeypatch.undo()
    assert "unable to open" in why or "refused" in why
    assert "\n" not in why


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no pool")
def test_no_connection_of_before_a_restart_is_handed_out():
    """The server ends all its connections, as a restart does; who comes next notices nothing."""
    all_of_them = Barrier(POOL)

    def hold() -> None:
        connection.ensure_connection()
        all_of_them.wait()

    at_once(*[hold] * POOL)
    connection.close()
    direct = connection.copy()
    direct.settings_dict["OPTIONS"].pop("pool")
    with direct.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= POOL
    direct.close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_it_only_answers_questions(client):
    assert client.post(GEZOND).status_code == 405
