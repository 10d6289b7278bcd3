"""A small and a large database side by side, so that both can be measured in turn."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench.data import fill
from dossiers.mensen.models import User


def make_database(*, schools: int) -> User:
    """Create a database with this many schools and stay connected to it.

    Returns the ankerfiguur of its first CLB.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{_name(schools)}"')
    use_database(schools=schools)
    call_command("migrate", verbosity=0)
    return fill(schools=schools)


def use_database(*, schools: int) -> None:
    """Connect to the database of this size, with a first query so that connecting is not timed."""
    if connection.settings_dict["NAME"] != _name(schools):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
        connection.settings_dict["NAME"] = _name(schools)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _name(schools: int) -> str:
    if connection.vendor == "postgresql":
        return f"bench_{schools}"
    return str(Path(connection.settings_dict["NAME"]).with_name(f"bench-{schools}.sqlite3"))
