"""Tell the PLG's what schools said of their materials. For every night."""
# ruff: noqa: ARG002 (Django calls with more than we use)

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.reacties.domain.settling import settle_reacties
from dossiers.thresholds import month_to_settle


class Command(BaseCommand):
    help = (
        "Leg vast wat scholen en CLB's tot het einde van vorige maand over een regel van een "
        "materiaal zeiden, waar dat van genoeg scholen is. Elke maand gebeurt dat één keer, de "
        "eerste nacht dat dit draait."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        maand = month_to_settle(timezone.localdate())
        lines = settle_reacties(maand=maand)
        name = date_format(maand, "F Y")
        if lines is None:
            self.stdout.write(f"{name} was al vastgelegd.")
        else:
            self.stdout.write(f"{name} vastgelegd: over {lines} regels zeiden genoeg scholen iets.")
