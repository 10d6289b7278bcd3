"""Ask who still works with which school, and end what nobody confirmed. For every night."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dossiers.mensen.domain.nacht import ask_and_end


class Command(BaseCommand):
    help = (
        "Vraag de ankerfiguren in augustus en september wie er nog in hun scholen werkt, en "
        "beëindig wat niemand bevestigde of waarvan de einddatum voorbij is. Twee keer op een "
        "nacht stuurt niets dubbel."
    )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        night = ask_and_end(today=timezone.localdate())
        self.stdout.write(f"{night.mails} mails verstuurd, {night.beeindigd} rollen beëindigd.")
        if night.verweesd:
            self.stdout.write(
                f"{night.verweesd} CLB's zonder ankerfiguur die inlogt: daar eindigt niets."
            )
