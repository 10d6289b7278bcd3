"""The PDFs of a survey: its results, and the poster for the staff room."""

from typing import Any

from dialoogfiches.bevragingen.domain.bevragingen import MIN_ANSWERS, MIN_ANSWERS_PER_BRANCH
from dialoogfiches.bevragingen.queries import SurveyResult, SurveyState
from dossiers.briefhoofd.queries import letterhead_of
from stsdialoog.documents.document import KeptDocument, render_kept
from stsdialoog.mail import absolute_url
from stsdialoog.qr import qr_of

STYLES = ("bevraging.css",)


def resultaat_pdf(stand: SurveyState, resultaat: SurveyResult) -> KeptDocument:
    """The counts and texts, as shown on the page."""
    context = {
        "titel": f"{stand.bevraging.titel} {stand.bevraging.dossier}",
        "stand_van": stand.einde,
        "stand": stand,
        "dossier": stand.bevraging.dossier,
        "resultaat": resultaat,
        "min_answers": MIN_ANSWERS,
        "min_answers_per_branch": MIN_ANSWERS_PER_BRANCH,
    }
    return _render("bevragingen/pdf/bevraging.html", stand, context)


def poster_pdf(stand: SurveyState) -> KeptDocument:
    """An A4 poster: the introduction, the QR code, the link as text, and the last day."""
    link = absolute_url("bevraging-invullen", sleutel=stand.bevraging.sleutel)
    context = {
        "titel": f"{stand.bevraging.titel} {stand.bevraging.dossier}",
        "stand": stand,
        "dossier": stand.bevraging.dossier,
        "teksten": stand.bevraging.versie.teksten,
        "link": link,
        "qr": qr_of(link),
    }
    return _render("bevragingen/pdf/bevraging_poster.html", stand, context)


def _render(template: str, stand: SurveyState, context: dict[str, Any]) -> KeptDocument:
    dossier = stand.bevraging.dossier
    return render_kept(
        template,
        context,
        styles=STYLES,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )
