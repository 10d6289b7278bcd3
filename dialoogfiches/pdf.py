"""A fiche on paper: to fill in by hand if its vorm has answers, otherwise to read."""

from dialoogfiches.queries import Fiche, fiche_of
from dialoogfiches.road import own_road
from dossiers.briefhoofd.queries import printed_for
from dossiers.materialen.models import Herkomst, Materiaalversie, Vorm
from dossiers.mensen.models import CLB, School
from stsdialoog.documents.document import KeptDocument, render_kept

# The vormen that are filled in; the others are only read.
TO_FILL_IN = (Vorm.GESPREK, Vorm.BEVRAGING)
# The vormen whose source has no introduction for who holds the sheets: it is a slide that presents
# them to colleagues. In its place comes a foreword (`pdf/delen/voorwoord.html`).
WITH_FOREWORD = (Vorm.GESPREK, Vorm.TIPS)


def blank_fiche_pdf(versie: Materiaalversie, van: School | CLB | None = None) -> KeptDocument:
    """The PDF of a version as published by its PLG, without data from any dossier.

    van: for whom it is printed, for the letterhead.
    """
    fiche = fiche_of(versie)
    titel = versie.materiaal.titel
    context = {
        "titel": f"{titel} om in te vullen" if fiche.vorm in TO_FILL_IN else titel,
        "versie": versie,
        "fiche": fiche,
        "flow": own_road(fiche),
        "met_voorwoord": _has_foreword(fiche),
        "met_voorstel": _has_proposals(fiche),
        "rijen": range(4),
    }
    letterhead, owner = printed_for(van)
    return render_kept(
        "dialoogfiches/pdf/blanco.html",
        context,
        styles=("fiche.css",),
        owner=owner,
        letterhead=letterhead,
    )


def _has_foreword(fiche: Fiche) -> bool:
    """Whether it begins with a foreword, in the place of the introduction of its source."""
    return fiche.vorm in WITH_FOREWORD and fiche.inleiding["herkomst"] == Herkomst.BRON


def _has_proposals(fiche: Fiche) -> bool:
    opening = fiche.versie.waarvoor if _has_foreword(fiche) else fiche.inleiding
    return opening.get("herkomst") == Herkomst.VOORSTEL or any(
        deel.heeft_voorstel for deel in fiche.parts
    )
