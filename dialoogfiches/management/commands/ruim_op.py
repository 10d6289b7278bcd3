"""Delete the parents' talks whose day has come. Run it every night."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from dialoogfiches.domain.bewaartermijn import purge


class Command(BaseCommand):
    help = "Wis de gesprekken met ouders waarvan de bewaartermijn om is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--op", type=_day, help="doe alsof het deze dag is (2028-08-31); anders vandaag"
        )

    def handle(self, *args: Any, op: date | None, **options: Any) -> None:  # noqa: ARG002
        count = purge(op=op or timezone.localdate())
        self.stdout.write(f"{count} gesprekken met ouders gewist.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is geen dag zoals 2028-08-31") from error
