"""Management command that loads the content files of the materials."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from dossiers.materialen.domain.loading import OngeldigeMaterialen, load_materialen


class Command(BaseCommand):
    help = "Laadt de materialen: alle bestanden, of geen enkel als er iets niet klopt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--map",
            type=Path,
            default=settings.MATERIALEN_DIR,
            metavar="PAD",
            help="de map met de materialen (<slug>/<versie>.yaml)",
        )

    def handle(self, **options: Any) -> None:
        try:
            geladen = load_materialen(options["map"])
        except OngeldigeMaterialen as error:
            raise CommandError(f"Er is niets geladen.\n{error}") from error
        for materiaal in geladen:
            self.stdout.write(f"{materiaal.slug} {materiaal.versie}: {materiaal.outcome}")
