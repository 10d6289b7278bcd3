"""A database that is too old or too new is told apart, and nothing is written in it."""

import hashlib
import importlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from stsdialoog.upgrade import OLD_MIGRATIONS, unknown, why_it_is_behind

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def applied(db):
    """What this database says that was applied to it."""
    return lambda: set(MigrationRecorder.Migration.objects.values_list("app", "name", "applied"))


@pytest.mark.parametrize("app", sorted(app for app, _ in OLD_MIGRATIONS))
def test_migrate_refuses_a_database_in_which_an_app_of_before_worked(applied, app):
    MigrationRecorder(connection).record_applied(app, "0001_initial")
    before = applied()

    with pytest.raises(CommandError, match="vroegere versie") as refused:
        call_command("migrate", verbosity=0)

    assert refused.value.returncode == 3
    assert "\n" not in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)
    assert applied() == before


def test_migrate_refuses_a_database_that_a_later_release_migrated(applied):
    MigrationRecorder(connection).record_applied("dossiers", "0999_van_morgen")
    before = applied()

    with pytest.raises(CommandError, match="nieuwere versie") as refused:
        call_command("migrate", verbosity=0)

    assert "dossiers.0999_van_morgen" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 1
    assert applied() == before


def test_a_migration_that_others_were_put_together_in_makes_those_known(monkeypatch):
    names = [("dossiers", "0001_start"), ("dossiers", "0000_toen")]
    assert unknown(names) == [("dossiers", "0000_toen")]

    start = importlib.import_module("dossiers.migrations.0001_start").Migration
    monkeypatch.setattr(start, "replaces", [("dossiers", "0000_toen")])
    assert unknown(names) == []


def test_a_database_that_was_not_migrated_is_behind(applied):
    assert why_it_is_behind(connection) == ""

    MigrationRecorder(connection).record_unapplied("counters", "0001_start")
    assert why_it_is_behind(connection) == (
        "1 migrations were not applied, the first is counters.0001_start"
    )


def test_migrate_goes_on_with_a_database_of_now(applied):
    before = applied()

    call_command("migrate", verbosity=0)

    assert applied() == before


def test_the_line_says_how_to_keep_a_copy(applied):
    MigrationRecorder(connection).record_applied("dossiers", "0001_initial")
    how = {"sqlite": "Kopieer het bestand", "postgresql": "pg_dump"}[connection.vendor]

    with pytest.raises(CommandError, match=how):
        call_command("migrate", verbosity=0)


@pytest.fixture
def old_file(tmp_path):
    """A file of before: what `migrate` recorded in it, and a text that somebody typed."""
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("""
            PRAGMA journal_mode=WAL;
            CREATE TABLE django_migrations (
                id integer PRIMARY KEY, app varchar(255), name varchar(255), applied datetime);
            INSERT INTO django_migrations (app, name, applied)
                VALUES ('dossiers', '0001_initial', '2026-11-01');
            CREATE TABLE preventieplan_antwoord (id integer PRIMARY KEY, toelichting text);
            INSERT INTO preventieplan_antwoord (toelichting) VALUES ('Elke ochtend aan de poort.');
        """)
    return path


def test_the_file_of_before_stays_byte_for_byte(old_file):
    before = hashlib.sha256(old_file.read_bytes()).hexdigest()

    settings = {
        "DJANGO_SETTINGS_MODULE": "stsdialoog.settings",
        "DJANGO_DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{old_file}",
    }
    migrate = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert migrate.returncode == 3
    assert migrate.stderr.count("\n") == 1
    assert "db.sqlite3" in migrate.stderr
    assert hashlib.sha256(old_file.read_bytes()).hexdigest() == before
    assert [path.name for path in old_file.parent.iterdir()] == ["db.sqlite3"]
