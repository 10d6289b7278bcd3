"""Management command that fills the database with demo data."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dossiers.materialen.queries import GeenMateriaal
from start.demo.build import Account, build_demo


class Command(BaseCommand):
    help = "Vult aan wat er van de demo ontbreekt, en toont hoe je inlogt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ook-buiten-debug",
            action="store_true",
            help="ook op een echte server; iedereen kent het wachtwoord van de demo",
        )

    def handle(self, **options: Any) -> None:
        if not (settings.DEBUG or options["ook_buiten_debug"]):
            raise CommandError(
                "De demo maakt accounts met een wachtwoord dat iedereen kent. Dit lijkt een echte "
                "server. Wil je het toch, kies dan --ook-buiten-debug."
            )
        try:
            demo = build_demo(
                directory=settings.BASE_DIR / "fixtures" / "demo", today=timezone.localdate()
            )
        except GeenMateriaal as error:
            raise CommandError(str(error)) from error
        self._show(demo.accounts)
        self.stdout.write(f"\nWachtwoord: {demo.wachtwoord}")

    def _show(self, accounts: tuple[Account, ...]) -> None:
        kop = Account("E-mailadres", "Naam", "Rol", "Waar")
        for account in (kop, *accounts):
            self.stdout.write(
                f"{account.email:24} {account.naam:16} {account.rol:26} {account.waar}"
            )
