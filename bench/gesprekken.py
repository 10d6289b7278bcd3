"""Benchmark data: a gesprek in every dossier, with a note under every question of every step."""

from django.utils import timezone

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gespreksactie,
    Gesprekstap,
    Notitie,
    Notitierevisie,
)
from dialoogfiches.models import VRAAGSOORTEN, Item, Onderdeel
from dossiers.acties.models import Actie
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.queries import newest_published
from dossiers.mensen.models import User
from dossiers.models import Dossier

MATERIAAL = "aanwezig-op-school"
TEXT = (
    "Elke leerkracht tikt de afwezigen in bij het begin van het lesuur.\n"
    "Het secretariaat kijkt om tien uur na en belt naar huis."
)


def fill_gesprek(dossier: Dossier, door: User) -> Gesprek:
    """Create a gesprek with a note under every question, and a result and an action per step."""
    versie = newest_published(slug=MATERIAAL)
    stamp = {"gewijzigd_op": timezone.now(), "gewijzigd_door": door}
    gesprek = Gesprek.objects.create(
        dossier=dossier, versie=versie, titel="Aanwezig op school", titel_revisie=1, **stamp
    )
    notities = Notitie.objects.bulk_create(
        Notitie(dossier=dossier, gesprek=gesprek, item=item, tekst=TEXT, tekst_revisie=1, **stamp)
        for item in Item.objects.filter(versie=versie, rubriek__soort__in=VRAAGSOORTEN)
    )
    Notitierevisie.objects.bulk_create(
        Notitierevisie(record=notitie, veld="tekst", revisie=1, waarde=TEXT, door=door)
        for notitie in notities
    )
    _fill_stappen(gesprek, versie, stamp)
    return gesprek


def _fill_stappen(gesprek: Gesprek, versie: Materiaalversie, stamp: dict) -> None:
    stappen = list(Onderdeel.objects.filter(versie=versie, stap=True))
    Gesprekstap.objects.bulk_create(
        Gesprekstap(
            dossier=gesprek.dossier,
            gesprek=gesprek,
            onderdeel=onderdeel,
            resultaat=TEXT,
            resultaat_revisie=1,
            **stamp,
        )
        for onderdeel in stappen
    )
    acties = Actie.objects.bulk_create(
        Actie(
            dossier=gesprek.dossier,
            wat=f"Actie uit stap {nummer}",
            wat_revisie=1,
            wie="leerlingenbegeleiding",
            wie_revisie=1,
            **stamp,
        )
        for nummer, _ in enumerate(stappen, start=1)
    )
    Gespreksactie.objects.bulk_create(
        Gespreksactie(actie=actie, onderdeel=onderdeel, gesprek=gesprek)
        for actie, onderdeel in zip(acties, stappen, strict=True)
    )
