"""The handover sheet on paper: of one dossier, and of the schools of a CLB."""

from datetime import date

from django.core.paginator import Page

from dossiers.briefhoofd.queries import letterhead_of, letterhead_of_clb
from dossiers.mensen.models import CLB
from dossiers.models import Dossier
from start.queries.overdracht import HandoverRow, HandoverSheet
from stsdialoog.documents.document import KeptDocument, render_kept

STYLES = ("overdracht.css",)


def handover_pdf(dossier: Dossier, sheet: HandoverSheet) -> KeptDocument:
    """The handover sheet of one dossier; one page, unless its texts are long."""
    context = {
        "titel": f"Overdracht {dossier}",
        "dossier": dossier,
        "sheet": sheet,
        "page": sheet.page,
        "stand_van": sheet.page.last_change,
    }
    return render_kept(
        "start/pdf/overdracht.html",
        context,
        styles=STYLES,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def clb_handover_pdf(clb: CLB, rows: "Page[HandoverRow]", *, today: date) -> KeptDocument:
    """The schools of a page of the handover of a CLB, one below the other.

    today: the day that stands on it.
    """
    context = {"titel": f"Overdracht van {clb}", "clb": clb, "rows": rows, "today": today}
    return render_kept(
        "start/pdf/overdracht_clb.html",
        context,
        styles=STYLES,
        owner=clb.pk,
        letterhead=letterhead_of_clb(clb),
    )
