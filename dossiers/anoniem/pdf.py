"""The poster of a survey, for the staff room."""

from typing import Any

from dossiers.anoniem.queries import SurveyState
from dossiers.briefhoofd.queries import letterhead_of
from stsdialoog.documents.document import KeptDocument, render_kept
from stsdialoog.qr import qr_of

STYLES = ("bevraging.css",)


def poster(
    stand: SurveyState[Any], *, kop: str, link: str, inleiding: str, privacy: str
) -> KeptDocument:
    """An A4 poster: the introduction, the QR code, the link as text, and the last day.

    kop: what stands largest on it.
    inleiding, privacy: what it is about, and what is kept of who answers.
    """
    dossier = stand.bevraging.dossier
    context = {
        "titel": f"{stand.bevraging} {dossier}",
        "stand": stand,
        "dossier": dossier,
        "kop": kop,
        "inleiding": inleiding,
        "privacy": privacy,
        "link": link,
        "qr": qr_of(link),
    }
    return render_kept(
        "anoniem/pdf/poster.html",
        context,
        styles=STYLES,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )
