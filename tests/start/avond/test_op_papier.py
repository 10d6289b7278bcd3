"""Minutes on paper: a page where they fit, and no more than can be read of a very full evening."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.utils import timezone
from page import validate_pdf_bytes

from dossiers.acties.domain.acties import create_actie
from dossiers.materialen.models import Fase
from preventieplan.models import Antwoord, Antwoordstand, Inschaling
from preventieplan.pdf import Excerpt, blank_preventieplan_pdf
from start.avond.domain.avonden import Keuze, end_avond, note_aanwezig
from start.avond.models import Avond
from start.avond.pdf import BREVITIES, brevity_of, papier_pdf, verslag_pdf
from start.avond.queries.punten import agenda_of
from start.avond.queries.verslag import minutes_of
from stsdialoog.seen import mark_of
from tests.paper import on_paper
from tests.start.avond.avonden import DOEL, TWEEDE, begun, minutes, prepared, says

pytestmark = pytest.mark.django_db

SHORTENED = "Wat eindigt met …, staat helemaal"
COUNTED = "Bij welke vragen we ‘ook’ iets kozen"
DOELEN = (DOEL, TWEEDE, "f2-1")
GEZEGD = (
    "In de eerste graad loopt dit goed, vanaf het derde jaar weten collega's niet wie te bellen. "
    "We bellen nu pas na drie dagen, en niet altijd dezelfde persoon. "
)


@pytest.mark.parametrize(("letters", "is_kort"), [(-1, False), (0, False), (1, True)])
def test_a_text_that_is_too_long_for_paper_says_where_it_stands_whole(
    als, dossier, tom, vraag, letters, is_kort
):
    avond = begun(dossier, tom)
    typed = "x" * (BREVITIES[0].letters + letters)
    says(Antwoord(dossier=dossier, vraag=vraag), "toelichting", typed, tom)

    html = verslag_pdf(dossier, minutes_of(dossier, avond)).html

    assert (SHORTENED in html, typed in html) == (is_kort, not is_kort)
    assert typed in als(tom).get(minutes(avond)).text


def _evening(dossier, tom, *, questions: int, letters: int, actions: int) -> Avond:
    """An evening about three goals: of each the score with why and what one more would take, words
    at some questions, and a stand at all of them; then actions with who, when and a check.
    """
    avond = begun(dossier, tom, *(Keuze(40, doel=code) for code in DOELEN))
    for code in DOELEN:
        doel = dossier.planversie.doelstellingen.get(code=code)
        score = Inschaling(dossier=dossier, doelstelling=doel)
        for veld, said in (("score", 5), ("want", GEZEGD), ("hoger", GEZEGD[:100])):
            says(score, veld, said, tom)
        for number, vraag in enumerate(doel.vragen.all()):
            antwoord = Antwoord(dossier=dossier, vraag=vraag)
            says(antwoord, "stand", Antwoordstand.values[number % 4], tom)
            if number < questions:
                says(antwoord, "toelichting", (GEZEGD * 20)[:letters].strip(), tom)
    today = timezone.localdate()
    for number in range(actions):
        day = today + timedelta(days=14 + number)
        create_actie(
            dossier=dossier,
            wat=f"Afspraak {number}: de zorgleerkracht belt elke maandag wie vorige week ontbrak",
            wie="An, Tom en de leerlingbegeleiding",
            wanneer=f"{day:%d/%m/%Y}",
            check_op=today + timedelta(days=60),
            door=tom,
        )
    end_avond(avond=avond)
    who = "Acht mensen: An, Tom, de directie, de zorgleerkracht en vier klastitularissen."
    note_aanwezig(avond=avond, seen=mark_of(""), aanwezig=who)
    avond.refresh_from_db()
    avond.dossier = dossier
    return avond


def _pages(dossier, avond) -> list[str]:
    pdf = on_paper(verslag_pdf(dossier, minutes_of(dossier, avond)))
    assert not validate_pdf_bytes(pdf, profile="ua1").failures
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.looks
def test_a_full_evening_is_one_page_with_all_that_was_agreed(als, dossier, tom):
    avond = _evening(dossier, tom, questions=3, letters=220, actions=6)

    (page,) = _pages(dossier, avond)

    told = " ".join(page.split())
    assert told.count("5 op 10") == len(DOELEN)
    assert told.count("Ook gekozen:") == len(DOELEN)
    for number in range(6):
        assert f"Afspraak {number}: " in told
    assert told.count("An, Tom en de leerlingbegeleiding") == 6
    assert "De volgende check is op" in told
    assert SHORTENED in told
    assert COUNTED in told
    # On screen all of it stands whole.
    shown = als(tom).get(minutes(avond)).text
    whole = (GEZEGD * 20)[:220].strip().replace("'", "&#x27;")
    assert shown.count(whole) == 3 * len(DOELEN)
    assert "Ook gekozen" not in shown


@pytest.mark.looks
def test_a_very_full_evening_is_two_pages_that_say_what_they_are(dossier, tom):
    pages = _pages(dossier, _evening(dossier, tom, questions=4, letters=2000, actions=25))

    assert len(pages) == 2
    for text in pages:
        assert str(dossier.school.naam) in text
        assert "Verslag van" in text
    # What comes next does not stand alone on a page.
    assert "Afspraak 24" in pages[-1]


def test_a_quiet_evening_keeps_all_its_words_and_questions(dossier, tom, vraag):
    avond = begun(dossier, tom)
    says(Antwoord(dossier=dossier, vraag=vraag), "stand", Antwoordstand.DEELS, tom)

    html = verslag_pdf(dossier, minutes_of(dossier, avond)).html

    assert vraag.tekst in html
    assert "Ook gekozen" not in html
    assert SHORTENED not in html


def test_a_very_full_one_is_no_shorter_than_its_two_pages_ask(dossier, tom):
    full = _evening(dossier, tom, questions=4, letters=2000, actions=25)
    assert brevity_of(minutes_of(dossier, full)) not in (BREVITIES[0], BREVITIES[-1])


def test_what_no_two_pages_hold_is_as_short_as_can_be(dossier, tom):
    endless = _evening(dossier, tom, questions=20, letters=2000, actions=90)
    assert brevity_of(minutes_of(dossier, endless)) == BREVITIES[-1]


@pytest.mark.parametrize(
    ("wanneer", "twice"),
    [("15/01/2027", False), ("15 januari 2027", False), ("half januari", True)],
)
def test_a_day_that_was_typed_as_one_is_not_told_twice(als, dossier, tom, wanneer, twice):
    avond = begun(dossier, tom)
    actie = create_actie(dossier=dossier, wat="Elke maandag bellen", wanneer=wanneer, door=tom)
    says(actie, "wanneer_op", "2027-01-15", tom)

    for shown in (
        als(tom).get(minutes(avond)).text,
        verslag_pdf(dossier, minutes_of(dossier, avond)).html,
    ):
        assert ("(15 januari 2027)" in shown) is twice
        assert wanneer in shown


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
