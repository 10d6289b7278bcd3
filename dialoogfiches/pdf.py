"""A fiche on paper: to fill in by hand if its vorm has answers, otherwise to read."""

from dialoogfiches.queries import fiche_of
from dialoogfiches.road import own_road
from dossiers.materialen.models import Materiaalversie, Vorm
from stsdialoog.documents.document import MATERIALS, KeptDocument, render_kept

# The vormen that are filled in; the others are only read.
TO_FILL_IN = (Vorm.GESPREK, Vorm.BEVRAGING)


def blank_fiche_pdf(versie: Materiaalversie) -> KeptDocument:
    """The PDF of a version as published by its PLG, without data from any dossier."""
    fiche = fiche_of(versie)
    titel = versie.materiaal.titel
    context = {
        "titel": f"{titel} om in te vullen" if fiche.vorm in TO_FILL_IN else titel,
        "versie": versie,
        "fiche": fiche,
        "flow": own_road(fiche),
        "rijen": range(4),
    }
    return render_kept(
        "dialoogfiches/pdf/blanco.html", context, styles=("fiche.css",), owner=MATERIALS
    )
