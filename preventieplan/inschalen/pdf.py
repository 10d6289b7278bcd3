"""Slips of paper to score on."""

from dossiers.models import Dossier
from preventieplan.models import MAX_SCORE, Doelstelling
from stsdialoog.documents.document import KeptDocument, render_kept

# So many fit on a page, with a line to cut along.
PER_PAGE = 4


def stemblad_pdf(dossier: Dossier, doel: Doelstelling) -> KeptDocument:
    """A page of slips for one goal, each with the steps from 0 to 10 and a line for why."""
    context = {
        "dossier": dossier,
        "titel": f"Stembriefjes {doel.kort} {dossier}",
        "doel": doel,
        "briefjes": range(PER_PAGE),
        "stappen": range(MAX_SCORE + 1),
    }
    return render_kept(
        "inschalen/pdf/stembriefjes.html",
        context,
        styles=("stembriefjes.css",),
        owner=dossier.pk,
    )
