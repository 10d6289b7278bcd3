"""The kind of material that is filled in with parents."""

from uuid import UUID

from django.urls import reverse

from dialoogfiches.materiaalsoort import fiche_soort
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dialoogfiches.oudergesprekken.pdf import blank_oudergesprek_pdf
from dossiers.materialen.models import Materiaalversie, Vorm


def start_url(dossier_pk: UUID, versie: Materiaalversie) -> str:
    url = reverse("oudergesprek-nieuw", args=[dossier_pk])
    return f"{url}?materiaal={versie.materiaal.slug}"


OUDERS = fiche_soort(
    Vorm.OUDERS,
    start_url=start_url,
    answers=((Oudergesprek, "versie"),),
    blank_pdf=blank_oudergesprek_pdf,
)
