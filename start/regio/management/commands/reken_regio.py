"""Settle the figures of the provinces for the month that ended. For every night."""
# ruff: noqa: ARG002 (Django calls with more than we use)

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.formats import date_format
from tqdm import tqdm

from dossiers.thresholds import month_to_settle
from start.regio.domain.settling import settle_month

# Only where somebody looks on.
BAR: dict[str, Any] = {"disable": None, "leave": False}


class Command(BaseCommand):
    help = (
        "Tel per provincie wat scholen samen invulden tot het einde van vorige maand. Elke maand "
        "wordt één keer geteld, de eerste nacht dat dit draait."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        maand = month_to_settle(timezone.localdate())
        with tqdm(desc="Dossiers", **BAR) as bar:
            settled = settle_month(maand=maand, track=bar.update)
        name = date_format(maand, "F Y")
        if settled:
            self.stdout.write(f"{name} geteld: {', '.join(one.label for one in settled)}.")
        else:
            self.stdout.write(f"{name} was al geteld.")
