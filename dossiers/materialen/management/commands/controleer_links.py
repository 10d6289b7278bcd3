"""Management command that looks over the links in the materials, without following them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dossiers.materialen.domain.links import FoundLink, links_in_use


class Command(BaseCommand):
    help = (
        "Kijkt de links in de materialen na: is elk adres goed geschreven, en keek iemand het dit "
        "jaar nog na? Eindigt met 1 als er werk is. Volgt zelf geen enkele link."
    )

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        today = timezone.localdate()
        links = list(links_in_use())
        wrong = [link for link in links if not link.is_well_formed]
        stale = [link for link in links if link.is_well_formed and link.is_stale(today)]
        for link in wrong:
            self.stdout.write(f"{_place(link)}: dit is geen goed adres.")
        for link in stale:
            self.stdout.write(f"{_place(link)}: nagekeken op {link.nagekeken:%d/%m/%Y}.")
        self.stdout.write(f"{len(links)} links in de nieuwste versies.")
        if wrong or stale:
            raise CommandError(
                f"{len(wrong)} met een fout adres, {len(stale)} langer dan een jaar niet "
                "nagekeken. Volg ze, en zet in een volgende versie van het materiaal wat klopt."
            )


def _place(link: FoundLink) -> str:
    versie = link.versie
    return f"{versie.materiaal.slug} {versie.versie}, {link.code}: {link.adres}"
