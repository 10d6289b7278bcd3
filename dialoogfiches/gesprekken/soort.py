"""The kind of material that one has a talk about."""

from uuid import UUID

from django.urls import reverse

from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dialoogfiches.kinds import fiche_soort
from dossiers.materialen.models import Materiaalversie, Vorm


def start_url(dossier_pk: UUID, versie: Materiaalversie) -> str:
    return reverse("gesprek-nieuw", args=[dossier_pk, versie.materiaal.slug])


GESPREK = fiche_soort(
    Vorm.GESPREK,
    start_url=start_url,
    answers=(
        (Gesprek, "versie"),
        (Gespreksactie, "onderdeel__versie"),
        # What a talk left behind when it went on in a newer version.
        (Notitie, "item__versie"),
        (Gesprekstap, "onderdeel__versie"),
    ),
)
