"""Several databases side by side, so that what is compared can be measured in turn."""

from pathlib import Path

from django.core.management import call_command
from django.db import connection


def make_database(name: str) -> None:
    """Create a database without rows and stay connected to it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{_full(name)}"')
    use_database(name)
    call_command("migrate", verbosity=0)


def use_database(name: str) -> None:
    """Connect to one of them, with a first query so that connecting is not timed."""
    if connection.settings_dict["NAME"] != _full(name):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
        connection.settings_dict["NAME"] = _full(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _full(name: str) -> str:
    if connection.vendor == "postgresql":
        return f"bench_{name}"
    return str(Path(connection.settings_dict["NAME"]).with_name(f"bench-{name}.sqlite3"))
