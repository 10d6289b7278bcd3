"""Django's own `migrate`, which refuses a database that is too old or too new for this code."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from stsdialoog.upgrade import explain, is_old, why_it_is_too_new

# The exit code by which a script (scripts/run.sh) recognises this refusal.
OLD_DATABASE = 3


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if is_old(connection):
            raise CommandError(explain(connection), returncode=OLD_DATABASE)
        if why := why_it_is_too_new(connection):
            raise CommandError(why)
        super().handle(*args, **options)
