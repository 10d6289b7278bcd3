"""Processes that are killed at a chosen point, on the database of a story."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

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
    process = start("-c", KILLED, module, function, nth, *command)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, errors


def start(*command: str | Path) -> subprocess.Popen:
    """Start Python on the database of now, as the application has it."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, *map(str, command)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "stsdialoog.settings",
            "DJANGO_DEBUG": "true",
            "DATABASE_URL": url(),
            "WISLIJST": str(settings.WISLIJST),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def url() -> str:
    """The DATABASE_URL of the database that the connection of Django works with."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{name}"


def apart(folder: Path) -> str:
    """The database, or on SQLite a copy of it, that no other thread of the tests has open.

    Where one process reads the bytes of a file that it has open, SQLite's locks on it are gone, and
    another process may take away what the first still works with.
    """
    if connection.vendor == "postgresql":
        return connection.settings_dict["NAME"]
    copy = folder / "apart.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    return str(copy)
