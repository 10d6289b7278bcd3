"""The kind of material that is a survey among teachers."""

from uuid import UUID

from django.urls import reverse

from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.materiaalsoort import fiche_soort
from dossiers.materialen.models import Materiaalversie, Vorm


def start_url(dossier_pk: UUID, versie: Materiaalversie) -> str:
    url = reverse("bevraging-nieuw", args=[dossier_pk])
    return f"{url}?materiaal={versie.materiaal.slug}"


BEVRAGING = fiche_soort(Vorm.BEVRAGING, start_url=start_url, answers=((Bevraging, "versie"),))
