"""The kind of material that is the subject of a talk."""

from uuid import UUID

from django.urls import reverse

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gespreksactie,
    Gesprekstap,
    Notitie,
    VoorbereideVraag,
)
from dialoogfiches.materiaalsoort import fiche_soort
from dossiers.materialen.models import Materiaalversie, Vorm


def start_url(dossier_pk: UUID, versie: Materiaalversie) -> str:
    return reverse("gesprek-nieuw", args=[dossier_pk, versie.materiaal.slug])


GESPREK = fiche_soort(
    Vorm.GESPREK,
    start_url=start_url,
    answers=(
        (Gesprek, "versie"),
        (Gespreksactie, "onderdeel__versie"),
        # What stayed behind in an older version when the talk moved to a newer one.
        (Notitie, "item__versie"),
        (Gesprekstap, "onderdeel__versie"),
        (VoorbereideVraag, "item__versie"),
    ),
)
