"""The PDFs of a spiegel: what came of it, its poster, and its questions on paper."""

from typing import Any

from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS
from dossiers.anoniem.pdf import poster
from dossiers.anoniem.queries import SurveyState
from dossiers.briefhoofd.queries import letterhead_of
from preventieplan.spiegel.domain.verschil import label_of
from preventieplan.spiegel.models import STANDEN, Spiegel
from preventieplan.spiegel.queries.spiegels import SpiegelResult
from stsdialoog.documents.document import KeptDocument, render_kept
from stsdialoog.mail import absolute_url

STYLES = ("spiegel.css",)
KOP = "Hoe zie jij het?"
INLEIDING = (
    "Je school werkt aan haar aanwezigheidsbeleid. Het team schreef op hoe het ervoor staat. "
    "Hoe zie jij het, in jouw klas en op jouw gang?"
)
PRIVACY = (
    "Je antwoordt anoniem. We tellen alleen hoeveel collega's elk antwoord kozen: geen naam, geen "
    "toestel en geen uur, en je antwoorden hangen niet aan elkaar. Je school en het CLB zien pas "
    f"iets na de laatste dag, en vanaf {MIN_ANSWERS} antwoorden."
)


def resultaat_pdf(stand: SurveyState[Spiegel], resultaat: SpiegelResult) -> KeptDocument:
    """What both answered, as shown on the page."""
    return _render("spiegel/pdf/spiegel.html", stand, {"resultaat": resultaat})


def poster_pdf(stand: SurveyState[Spiegel]) -> KeptDocument:
    link = link_of(stand.bevraging)
    return poster(stand, kop=KOP, link=link, inleiding=INLEIDING, privacy=PRIVACY)


def vragen_pdf(stand: SurveyState[Spiegel]) -> KeptDocument:
    """The questions on a sheet, to read and mark before somebody answers on a device."""
    context = {
        "vragen": stand.bevraging.vragen.all(),
        "standen": [label_of(stand) for stand in STANDEN],
        "link": link_of(stand.bevraging),
        "inleiding": INLEIDING,
        "privacy": PRIVACY,
    }
    return _render("spiegel/pdf/vragen.html", stand, context)


def link_of(spiegel: Spiegel) -> str:
    return absolute_url("spiegel-invullen", sleutel=spiegel.sleutel)


def _render(template: str, stand: SurveyState[Spiegel], context: dict[str, Any]) -> KeptDocument:
    dossier = stand.bevraging.dossier
    known = {
        "titel": f"{stand.bevraging} {dossier}",
        "stand_van": stand.einde,
        "stand": stand,
        "dossier": dossier,
    }
    return render_kept(
        template,
        known | context,
        styles=STYLES,
        owner=dossier.pk,
        letterhead=letterhead_of(dossier.school),
    )
