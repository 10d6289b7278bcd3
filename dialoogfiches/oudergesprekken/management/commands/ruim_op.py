"""Delete expired parents' talks, what was released from them, and kept PDFs. For every night."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.retention import (
    purge,
    purge_vrijgaven,
    settle_erasures,
)
from dossiers.domain import tidy_documents
from stsdialoog.wislijst import NotRemembered


class Command(BaseCommand):
    help = (
        "Wis de gesprekken met ouders en de vrijgaven waarvan de bewaartermijn om is, "
        "en de bewaarde PDF's die niemand nog vraagt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--op", type=_day, help="doe alsof het deze dag is (2028-08-31); anders vandaag"
        )

    def handle(self, *args: Any, op: date | None, **options: Any) -> None:  # noqa: ARG002
        today = timezone.localdate()
        # A deletion cannot be undone, and a wrong year is easily typed.
        if op and op > today and not settings.DEBUG:
            raise CommandError(f"{op} moet nog komen: er is niets gewist.")
        try:
            settle_erasures()
            talks, texts = purge(op=op or today), purge_vrijgaven(op=op or today)
        except NotRemembered as error:
            raise CommandError(f"Niet alles is gewist: {error}.") from error
        tidy_documents()
        self.stdout.write(f"{talks} gesprekken met ouders en {texts} vrijgegeven teksten gewist.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is geen dag zoals 2028-08-31") from error
