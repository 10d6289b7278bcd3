"""Recognises a database from before the apps were reorganised and their migrations began anew.

Nothing had been released by then, so there is no upgrade path: such a database is only detected,
and never written to.
"""

from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

# Migrations that such a database has recorded and that no longer exist.
OLD_MIGRATIONS = frozenset(
    (app, "0001_initial") for app in ("dossiers", "preventieplan", "dialoogfiches")
)

HOW_TO_COPY = {
    "sqlite": "Kopieer het bestand terwijl STS-Dialoog niet draait",
    "postgresql": "Maak een kopie met pg_dump",
}
MESSAGE = (
    "De database {name} is van een vroegere versie van STS-Dialoog en blijft zoals ze is: er werd "
    "niets in gewijzigd. Wil je ze houden? {copy}. Geef daarna met DATABASE_URL een nieuwe, lege "
    "database op."
)


def is_old(connection: BaseDatabaseWrapper) -> bool:
    """Whether a database was made before the reorganisation. Only reads."""
    recorder = MigrationRecorder(connection)
    return recorder.has_table() and not OLD_MIGRATIONS.isdisjoint(recorder.applied_migrations())


def explain(connection: BaseDatabaseWrapper) -> str:
    """One line, in Dutch, that says what such a database is and how to keep a copy of it."""
    name = Path(str(connection.settings_dict["NAME"])).name
    return MESSAGE.format(name=name, copy=HOW_TO_COPY[connection.vendor])
