"""The PDFs of a survey: its results, and the poster for the staff room."""

from dialoogfiches.bevragingen.domain.bevragingen import MIN_ANSWERS_PER_BRANCH
from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.bevragingen.queries import SurveyResult
from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS
from dossiers.anoniem.pdf import STYLES, poster
from dossiers.anoniem.queries import SurveyState
from dossiers.briefhoofd.queries import letterhead_of
from stsdialoog.documents.document import KeptDocument, render_kept
from stsdialoog.mail import absolute_url


def resultaat_pdf(stand: SurveyState[Bevraging], resultaat: SurveyResult) -> KeptDocument:
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
    dossier = stand.bevraging.dossier
    return render_kept(
        "bevragingen/pdf/bevraging.html",
        context,
        styles=STYLES,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )


def poster_pdf(stand: SurveyState[Bevraging]) -> KeptDocument:
    """The poster, with the introduction of its material."""
    teksten = stand.bevraging.versie.teksten
    return poster(
        stand,
        kop=stand.bevraging.titel,
        link=absolute_url("bevraging-invullen", sleutel=stand.bevraging.sleutel),
        inleiding=teksten["inleiding"]["tekst"],
        privacy=teksten["woorden"]["privacy"]["tekst"],
    )
