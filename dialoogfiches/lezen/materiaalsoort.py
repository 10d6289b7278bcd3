"""The kinds of material that are read within a dossier."""

from uuid import UUID

from django.urls import reverse

from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.materiaalsoort import fiche_soort
from dossiers.materialen.models import Materiaalversie, Vorm

ANSWERS = ((Leesactie, "onderdeel__versie"), (Leesactie, "tip__versie"))


def start_url(dossier_pk: UUID, versie: Materiaalversie) -> str:
    return reverse("lezen", args=[dossier_pk, versie.materiaal.slug])


LEZEN = fiche_soort(Vorm.LEZEN, start_url=start_url, answers=ANSWERS)
TIPS = fiche_soort(Vorm.TIPS, start_url=start_url, answers=ANSWERS)
FLOW = fiche_soort(Vorm.FLOW, start_url=start_url, answers=ANSWERS)
