"""Back the database up in one file, also while the application runs. Run this every night."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from start.kopie.domain.kopie import make_kopie
from start.kopie.domain.problems import KopieNietGelukt, in_one_line


class Command(BaseCommand):
    help = "Bewaar een kopie van de database in een map; de naam van het bestand komt het laatst."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("map", type=Path, help="waar de kopie komt; best op een andere schijf")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            kopie = make_kopie(folder=options["map"].absolute())
        except KopieNietGelukt as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"Er is geen kopie gemaakt: {in_one_line(error)}.") from error
        self.stdout.write(str(kopie))
