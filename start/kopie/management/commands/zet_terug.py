"""Restore a backup in an empty database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from start.kopie.domain.kopie import Restored, restore_kopie
from start.kopie.domain.problems import KopieNietGelukt, in_one_line

TERUG = (
    "{dossiers} dossiers staan terug, zoals ze waren op {made_at:%d/%m/%Y} om {made_at:%H:%M}.\n"
    "Wat sinds de kopie gewist werd of gewist moest worden, is weer gewist: {talks} gesprekken met "
    "ouders en {texts} vrijgegeven teksten."
)
GEEN_WISLIJST = (
    "Let op: er is geen wislijst ({path}). Werd er sinds de kopie een gesprek met ouders met de "
    "hand gewist, dan staat het er weer. Heb je de wislijst nog? Zet ze op die plaats, en zet de "
    "kopie nog eens terug in een nieuwe, lege database."
)
SLEUTEL_ONTBREEKT = (
    "Let op: niet elk gesprek met ouders is te lezen met de sleutels van OUDERGESPREK_SLEUTELS. "
    "Zet de sleutel van toen erachter."
)
GATEN = (
    "De kopie staat terug, maar van sommige velden ontbreekt een vroegere tekst: {gaps}. Vergelijk "
    "met een andere kopie."
)


class Command(BaseCommand):
    help = "Zet een kopie terug in een lege database, en wis er wat intussen gewist moest zijn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bestand", type=Path, help="een kopie die bewaar_kopie maakte")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            restored = restore_kopie(file=options["bestand"], today=timezone.localdate())
        except KopieNietGelukt as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"De kopie is niet teruggezet: {in_one_line(error)}.") from error
        self._tell(restored)

    def _tell(self, restored: Restored) -> None:
        self.stdout.write(TERUG.format(**vars(restored)))
        if not restored.wislijst:
            self.stderr.write(GEEN_WISLIJST.format(path=settings.WISLIJST))
        if not restored.keys:
            self.stderr.write(SLEUTEL_ONTBREEKT)
        if restored.gaps:
            gaps = ", ".join(f"{veld} ({number})" for veld, number in restored.gaps.items())
            raise CommandError(GATEN.format(gaps=gaps))
