"""Re-encrypt everything with the first key, after which the older keys can be removed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dialoogfiches.oudergesprekken.domain.keys import renew_all
from dialoogfiches.oudergesprekken.encryption import MissingKey

VERPLAATST = (
    "Deze teksten staan op een plaats waarvoor ze niet geschreven zijn, en zijn gebleven wat ze "
    "waren. Iemand wijzigde de database buiten STS-Dialoog om: kijk dat na."
)


class Command(BaseCommand):
    help = "Versleutel gesprekken met ouders en notities opnieuw, met de eerste sleutel."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            renewed = renew_all()
        except MissingKey as error:
            raise CommandError(
                "Er is tekst die met geen enkele sleutel van OUDERGESPREK_SLEUTELS te lezen is. "
                "Zet de ontbrekende sleutel achteraan bij en probeer het opnieuw."
            ) from error
        self.stdout.write(f"{renewed.rows} rijen opnieuw versleuteld.")
        if renewed.displaced:
            raise CommandError("\n".join((VERPLAATST, *renewed.displaced)))
