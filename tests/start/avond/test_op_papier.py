"""Minutes on paper: a page where they fit, and no more than can be read of a very full evening."""

import io
from typing import Any

import pypdf
import pytest

from dossiers.acties.domain.acties import create_actie
from dossiers.materialen.models import Fase
from preventieplan.models import Antwoord, Inschaling
from preventieplan.pdf import Excerpt, blank_preventieplan_pdf
from start.avond.domain.avonden import Keuze
from start.avond.pdf import LETTERS, papier_pdf, verslag_pdf
from start.avond.queries.punten import agenda_of
from start.avond.queries.verslag import minutes_of
from tests.paper import on_paper
from tests.start.avond.avonden import DOEL, TWEEDE, begun, minutes, prepared, says

pytestmark = pytest.mark.django_db

SHORTENED = "Wat eindigt met …, staat helemaal"
THIRD = "f2-1"


@pytest.mark.parametrize(("letters", "is_kort"), [(-1, False), (0, False), (1, True)])
def test_a_text_that_is_too_long_for_paper_says_where_it_stands_whole(
    als, dossier, tom, vraag, letters, is_kort
):
    avond = begun(dossier, tom)
    typed = "x" * (LETTERS + letters)
    says(Antwoord(dossier=dossier, vraag=vraag), "toelichting", typed, tom)

    html = verslag_pdf(dossier, minutes_of(dossier, avond)).html

    assert (SHORTENED in html, typed in html) == (is_kort, not is_kort)
    assert typed in als(tom).get(minutes(avond)).text


def _full(dossier, tom, *, actions: int) -> bytes:
    points = [Keuze(40, doel=code) for code in (DOEL, TWEEDE, THIRD)]
    avond = begun(dossier, tom, *points)
    for code in (DOEL, TWEEDE, THIRD):
        doel = dossier.planversie.doelstellingen.get(code=code)
        says(Inschaling(dossier=dossier, doelstelling=doel), "score", 5, tom)
        for vraag in doel.vragen.all()[:4]:
            long = "In de tweede graad lukt dit nog niet. " * 52
            says(Antwoord(dossier=dossier, vraag=vraag), "toelichting", long, tom)
    for number in range(actions):
        create_actie(dossier=dossier, wat=f"Afspraak {number}: " + "bellen " * 15, door=tom)
    return on_paper(verslag_pdf(dossier, minutes_of(dossier, avond)))


@pytest.mark.looks
def test_a_very_full_evening_is_three_pages_that_say_what_they_are(dossier, tom):
    pages = pypdf.PdfReader(io.BytesIO(_full(dossier, tom, actions=25))).pages

    assert len(pages) <= 3
    for page in pages:
        text = page.extract_text()
        assert str(dossier.school.naam) in text
        assert "Verslag van" in text
    # What comes next does not stand alone on a page.
    assert "Afspraak 24" in pages[-1].extract_text()


def _sizes(data: bytes, words: str) -> set[float]:
    """How large these words are printed."""
    found = set()

    def look(text: str, _cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if words in text:
            found.add(round(size * abs(tm[3]), 2))

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=look)
    return found


@pytest.mark.looks
def test_a_goal_looks_as_it_does_in_the_plan(dossier, tom):
    avond = prepared(dossier, Keuze(20, doel=DOEL, blad=True))
    doel = dossier.planversie.doelstellingen.get(code=DOEL)
    alone = on_paper(blank_preventieplan_pdf(dossier, Excerpt(Fase(doel.fase), doel)))

    found = on_paper(papier_pdf(dossier, agenda_of(dossier, avond)))

    assert _sizes(found, "doen we") == _sizes(alone, "doen we") != set()
