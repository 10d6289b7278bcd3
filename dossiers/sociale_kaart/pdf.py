"""The sociale kaart on paper, for the teachers' room."""

from datetime import date

from dossiers.briefhoofd.queries import letterhead_of_clb
from dossiers.mensen.models import CLB
from dossiers.sociale_kaart.queries import kaart_of
from stsdialoog.documents.document import KeptDocument, render_kept


def sociale_kaart_pdf(clb: CLB, *, today: date) -> KeptDocument:
    """today: decides what nobody looked at for too long."""
    rijen = kaart_of(clb, today=today)
    context = {
        "titel": f"Sociale kaart van {clb}",
        "stand_van": max((rij.voorziening.nagekeken for rij in rijen), default=None),
        "clb": clb,
        "rijen": rijen,
    }
    return render_kept(
        "sociale_kaart/pdf/sociale_kaart.html",
        context,
        styles=("sociale_kaart.css",),
        owner=clb.pk,
        letterhead=letterhead_of_clb(clb),
    )
