"""Whether this code can go on with a database: one that is too old, too new, or not yet migrated.

Too old is what was made before the apps were reorganised and their migrations began anew. Nothing
had been released by then, so there is no upgrade path. Too new is what a later release migrated:
this code does not know what it would write over. Both are only detected, and never written to.
"""

from collections.abc import Iterable
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# Migrations that a database which is too old has recorded and that no longer exist. Who takes
# migrations away for good, so that a release before this one cannot go on here, adds them.
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


TOO_NEW = (
    "De database {name} is van een nieuwere versie van STS-Dialoog dan deze code, want ze kent "
    "{first}. Er werd niets in gewijzigd. Installeer die versie of een latere, of zet met deze "
    "versie een kopie van vroeger terug in een lege database."
)


def is_old(connection: BaseDatabaseWrapper) -> bool:
    """Whether a database was made before the reorganisation. Only reads."""
    recorder = MigrationRecorder(connection)
    return recorder.has_table() and not OLD_MIGRATIONS.isdisjoint(recorder.applied_migrations())


def explain(connection: BaseDatabaseWrapper) -> str:
    """One line, in Dutch, that says what such a database is and how to keep a copy of it."""
    return MESSAGE.format(name=_name(connection), copy=HOW_TO_COPY[connection.vendor])


def unknown(migrations: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those migrations, by app and name, that this code neither has nor took others' place of."""
    here = MigrationLoader(None).disk_migrations
    replaced = {one for migration in here.values() for one in migration.replaces}
    return sorted(set(migrations) - here.keys() - replaced)


def why_it_is_too_new(connection: BaseDatabaseWrapper) -> str:
    """One line, in Dutch, when a later release migrated this database; else empty. Only reads."""
    if found := unknown(MigrationRecorder(connection).applied_migrations()):
        return TOO_NEW.format(name=_name(connection), first=".".join(found[0]))
    return ""


def why_it_is_behind(connection: BaseDatabaseWrapper) -> str:
    """What `migrate` would still do, for the log; empty when that is nothing. Only reads."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return ""
    return f"{len(plan)} migrations were not applied, the first is {plan[0][0]}"


def _name(connection: BaseDatabaseWrapper) -> str:
    return Path(str(connection.settings_dict["NAME"])).name
