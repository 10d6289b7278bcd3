"""Django's own `migrate`, which refuses a database from before the apps were reorganised."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from stsdialoog.old_database import explain, is_old

# The exit code by which a script (scripts/run.sh) recognises this refusal.
OLD_DATABASE = 3


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if is_old(connection):
            raise CommandError(explain(connection), returncode=OLD_DATABASE)
        super().handle(*args, **options)
