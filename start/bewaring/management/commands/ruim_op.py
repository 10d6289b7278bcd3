"""Do what the table of retention says is due, in small steps. For every night."""
# ruff: noqa: ARG002 (Django calls with more than we use)

import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.retention import settle_erasures
from start.bewaring.domain.table import taken
from start.bewaring.domain.tasks import Taak, run
from stsdialoog.wislijst import NotRemembered

# Somebody who looks on sees that it goes on.
TELL_EVERY = 5.0  # seconds


class Command(BaseCommand):
    help = (
        "Doe alles waarvan de bewaartermijn om is (docs/retention.md), in kleine stappen. Met "
        "--proef: zeg wat dat is, en doe niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--op", type=_day, help="tel voor deze dag (2028-08-31), samen met --proef"
        )
        parser.add_argument(
            "--proef", action="store_true", help="toon hoeveel het er zijn, en wijzig niets"
        )

    def handle(
        self, *args: Any, op: date | None, proef: bool, verbosity: int, **options: Any
    ) -> None:
        self._quiet = verbosity == 0
        today = timezone.localdate()
        if proef:
            self._rehearse(op or today)
            return
        # A deletion cannot be undone, and a wrong year is easily typed. One that has been would
        # have people warned of a day that has been too, and so of nothing.
        if op and op != today and not settings.DEBUG:
            raise CommandError(f"{op} is niet vandaag, dus er is niets gewist. Voeg --proef toe.")
        failed = [*self._settle(), *self._do(op or today)]
        if failed:
            raise CommandError(f"Niet alles is gewist: {'; '.join(failed)}.")

    def _rehearse(self, op: date) -> None:
        self.stdout.write(f"Proef voor {op}: er wordt niets gewijzigd.")
        for taak in taken():
            self.stdout.write(f"{taak.due(op):>7} {taak.wat}")

    def _settle(self) -> list[str]:
        """Write down how what was cut short ended. Returns what went wrong."""
        try:
            settle_erasures()
        except NotRemembered:
            return ["de wislijst kan niet geschreven worden"]
        return []

    def _do(self, op: date) -> list[str]:
        """Do all tasks, each whatever became of the others. Returns what went wrong."""
        failed = []
        for taak in taken():
            done = run(taak, op=op, tell=Progress(taak, self._say))
            self._say(f"{done.aantal:>7} {taak.wat}")
            if done.mislukt:
                failed.append(f"{taak.wat} ({done.mislukt})")
        return failed

    def _say(self, line: str) -> None:
        if not self._quiet:
            self.stdout.write(line)


class Progress:
    """Says now and then how far a task is."""

    def __init__(self, taak: Taak, write: Callable[[str], object]) -> None:
        self._taak, self._write, self._last = taak, write, time.monotonic()

    def __call__(self, count: int) -> None:
        if time.monotonic() - self._last > TELL_EVERY:
            self._write(f"{count:>7} {self._taak.wat}, nog bezig")
            self._last = time.monotonic()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is geen dag zoals 2028-08-31") from error
