"""Erase everything whose day has come, and kept PDFs that nobody asks for. For every night."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.retention import (
    purge,
    purge_left_behind,
    purge_vrijgaven,
    settle_erasures,
)
from dossiers.domain import tidy_documents
from dossiers.logboek.domain import forget_old
from dossiers.mensen.domain.wissen import erase_accounts_due
from start.domain.erasing import erase_due
from stsdialoog.wislijst import NotRemembered


class Command(BaseCommand):
    help = (
        "Wis de gesprekken met ouders en de vrijgaven waarvan de bewaartermijn om is; de dossiers, "
        "accounts en achtergebleven gesprekken waarvan de wachttijd om is; de oude regels van het "
        "logboek; en de bewaarde PDF's die niemand nog vraagt."
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
            day = op or today
            talks = purge(op=day) + purge_left_behind(op=day)
            texts, dossiers = purge_vrijgaven(op=day), erase_due(op=day)
            accounts = erase_accounts_due(op=day)
        except NotRemembered as error:
            raise CommandError(f"Niet alles is gewist: {error}.") from error
        forget_old()
        tidy_documents()
        self.stdout.write(
            f"{talks} gesprekken met ouders, {texts} vrijgegeven teksten, {dossiers} dossiers en "
            f"{accounts} accounts gewist."
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is geen dag zoals 2028-08-31") from error
