#!/usr/bin/env python
"""Django's command line for STS-Dialoog."""

import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import OperationalError

INTERRUPTED = 130  # what a shell makes of Ctrl+C


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stsdialoog.settings")
    # A command has one connection, and hears from that at once why the database does not answer.
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    try:
        execute_from_command_line(sys.argv)
    except OperationalError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Dat lukte niet. De database van DATABASE_URL zegt: {error}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
