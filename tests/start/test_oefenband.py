"""Each page of an oefendossier, and each paper that comes out of it, says what it is.

The addresses are those of the project: a new page has to bear the mark too.
"""

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pypdf
import pytest
from django.urls import URLPattern, get_resolver, reverse

from dialoogfiches.bevragingen.pdf import poster_pdf, resultaat_pdf
from dialoogfiches.bevragingen.queries import find_bevraging, result_of
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.pdf import gesprek_pdf, vragenblad_pdf
from dialoogfiches.oudergesprekken.access import get_oudergesprek_or_404
from dialoogfiches.oudergesprekken.pages import parent_talk_page
from dialoogfiches.oudergesprekken.pdf import oudergesprek_pdf
from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht
from preventieplan.pdf import blank_preventieplan_pdf, overzicht_pdf, preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from start.avond.domain.avonden import Keuze
from start.avond.pdf import papier_pdf, verslag_pdf
from start.avond.queries.punten import agenda_of
from start.avond.queries.verslag import minutes_of
from start.domain.oefendossier import open_oefendossier
from stsdialoog.documents.document import OEFEN, Document
from tests.ander_dossier.test_adressen import ADDRESSES, whole
from tests.conftest import SCHOOLJAAR
from tests.elders import DOEL, STAP, Vol
from tests.paper import lay_out_by, on_paper
from tests.start.avond.avonden import prepared

pytestmark = pytest.mark.django_db

BAND = '<aside class="oefenband"'
# Nobody closes, erases, continues or manages an oefendossier, an invitation for an agenda, a file
# of a log, the data of a routekaart and a ZIP have no pages, a blank form of a material is of no
# dossier, and what was fixed stays as it was printed (`papers`), with links that a button sends.
NO_PAGE = {
    *("dossier-afsluiten", "dossier-heropenen", "dossier-wissen"),
    *("nieuw_schooljaar", "nieuw_schooljaar_ongedaan"),
    "oudergesprekken-achtergebleven",
    *("gesprek-uitnodiging", "dossier-logboek-csv", "oudergesprek-blanco"),
    "uitvoer-zip",
    *("vastgesteld-data", "vastgesteld-pdf", "bestuurslink-opnieuw", "bestuurslink-intrekken"),
}
# These are there at other moments only.
ELSEWHEN = {
    *("gespreksversie", "planversie", "naast-vorig", "vorig-bevestigen"),
    *("avond-nu", "avond-papier-pdf"),
    *("praktijk-lezen", "praktijk-naar-actie"),
    # While no other survey runs.
    *("spiegel", "spiegel-poster-pdf", "spiegel-vragen-pdf"),
}
ON_PAPER = "Oefendossier: dit gaat niet over een echte school"


@pytest.fixture
def vol(huis) -> Vol:
    """Marie practises; so nothing here needs more than that she works for the CLB."""
    made = open_oefendossier(clb=huis.clb, today=date(SCHOOLJAAR, 11, 29), door=huis.medewerker)
    dossier = get_dossier_or_404(user=huis.medewerker, pk=made.pk, recht=Recht.SCHRIJVEN)
    return Vol(dossier, huis.medewerker)


def addresses(vol: Vol) -> Iterator[tuple[str, str]]:
    """Each page of a dossier or of a talk with parents in it: its name, and where it is."""
    for pattern in _patterns(get_resolver().url_patterns):
        route, name = str(pattern.pattern), str(pattern.name)
        if name in NO_PAGE | ELSEWHEN:
            continue
        if name in ADDRESSES:
            yield name, reverse(name, args=[vol.dossier.pk, *ADDRESSES[name].keys(vol)])
        elif route.startswith("dossiers/<uuid:pk>/"):
            yield name, reverse(name, args=[vol.dossier.pk])
        elif route.startswith("oudergesprekken/<uuid:pk>/"):
            keys = ["oudergesprek-dit-pseudoniem"] if route.count("<") > 1 else []
            yield name, reverse(name, args=[vol.oudergesprek.pk, *keys])


def _patterns(found: Any) -> Iterator[URLPattern]:
    for one in found:
        if isinstance(one, URLPattern):
            yield one
        elif one.namespace != "admin":
            yield from _patterns(one.url_patterns)


def test_every_page_of_it_bears_the_mark_and_every_paper(als, vol, monkeypatch):
    lay_out_by(lambda document: " ".join(document.styles).encode(), monkeypatch)
    marie = als(vol.door)
    # With it comes the document, without which there is no new talk.
    assert vol.oudergesprek
    # It is over before another survey begins.
    assert BAND in marie.get(vol.spiegel.get_absolute_url()).text
    seen, without = set(), []
    for name, url in addresses(vol):
        answer = marie.get(url)
        kind = answer.headers["Content-Type"]
        seen.add(name)
        if not (BAND in answer.text if kind.startswith("text/html") else OEFEN in answer.text):
            without.append((name, answer.status_code, kind))

    assert without == []
    assert {"dossier", "doelstelling", "gesprekstap", "bevraging", "oudergesprek"} <= seen
    assert {"routekaart-pdf", "gesprek-pdf", "bevraging-pdf", "oudergesprek-pdf"} <= seen


def papers(vol: Vol) -> Iterator[tuple[str, Document]]:
    dossier = vol.dossier
    whole(vol)
    yield "routekaart", routekaart_pdf(dossier, today=date(2026, 11, 29))
    yield "routekaart on A3", routekaart_pdf(dossier, today=date(2026, 11, 29), is_a3=True)
    yield "plan", preventieplan_pdf(dossier)
    yield "overview", overzicht_pdf(dossier)
    yield "blank plan", blank_preventieplan_pdf(dossier)
    talk = Gesprek.objects.select_related("versie__materiaal").get(pk=vol.voorbereid.pk)
    yield "talk", gesprek_pdf(dossier, talk)
    yield "questions", vragenblad_pdf(dossier, talk)
    yield "minutes", verslag_pdf(dossier, minutes_of(dossier, vol.avond))
    goal = Keuze(20, doel=DOEL, blad=True, briefjes=True)
    step = Keuze(20, gesprek=talk.pk, stap=STAP, blad=True)
    evening = prepared(dossier, goal, step)
    yield "papers of an evening", papier_pdf(dossier, agenda_of(dossier, evening))
    over = find_bevraging(dossier=dossier, pk=vol.bevraging.pk)
    assert over
    resultaat = result_of(over)
    assert resultaat
    yield "survey", resultaat_pdf(over, resultaat)
    runs = find_bevraging(dossier=dossier, pk=vol.loopt.pk)
    assert runs
    yield "poster", poster_pdf(runs)
    parents = get_oudergesprek_or_404(user=vol.door, pk=vol.oudergesprek.pk)
    yield "talk with parents", oudergesprek_pdf(parent_talk_page(gesprek=parents))


@pytest.mark.looks
def test_each_page_of_a_pdf_says_that_it_is_of_no_real_school(vol, huis):
    for name, document in papers(vol):
        pages = pypdf.PdfReader(io.BytesIO(on_paper(document))).pages
        assert [ON_PAPER in " ".join(one.extract_text().split()) for one in pages] == [True] * len(
            pages
        ), name

    styles = routekaart_pdf(huis.dossier, today=date(2026, 11, 29)).styles
    assert styles == ("cijfers.css", "routekaart.css")
