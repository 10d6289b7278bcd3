"""Send who wants it a mail with what comes near and what is new. For every morning."""
# ruff: noqa: ARG002 (Django calls with more than we use)

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from start.herinneringen.domain.versturen import people_to_look_at, rehearse, send_due

# Only where somebody looks on.
BAR: dict[str, Any] = {"disable": None, "leave": False}


class Command(BaseCommand):
    help = (
        "Stuur wie dat wil één mail met de acties en checks die dichtbij komen of over tijd zijn, "
        "en met wat er nieuw is. Op een dag zonder school vertrekt er niets. Twee keer op een dag "
        "stuurt niets dubbel."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--op", type=_day, help="doe alsof het deze dag is (2026-12-14), samen met --proef"
        )
        parser.add_argument(
            "--proef", action="store_true", help="zeg hoeveel mails het zijn, en stuur er geen"
        )

    def handle(self, *args: Any, op: date | None, proef: bool, **options: Any) -> None:
        today = timezone.localdate()
        # People would hear that something is late which is not.
        if op and op != today and not proef and not settings.DEBUG:
            raise CommandError(
                f"{op} is niet vandaag, dus er is niets verstuurd. Voeg --proef toe."
            )
        day = op or today
        with tqdm(total=people_to_look_at(day), desc="Herinneringen", **BAR) as bar:
            run = (rehearse if proef else send_due)(today=day, track=bar.update)
        if not run.school:
            self.stdout.write("0 herinneringen verstuurd: het is vandaag geen schooldag.")
        elif proef:
            self.stdout.write(f"Proef: {run.verstuurd} herinneringen zouden vertrekken.")
        else:
            self.stdout.write(f"{run.verstuurd} herinneringen verstuurd.")
        if run.weg:
            raise CommandError("De mailserver is niet bereikbaar. Geef dit straks opnieuw.")
        if run.mislukt:
            raise CommandError(f"{run.mislukt} vertrokken niet: de mailserver weigerde ze.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is geen dag zoals 2026-12-14") from error
