"""The routekaart on paper: page 1 for a board, and what it could not hold behind it."""

import io
import re
from datetime import date, timedelta
from typing import Any

import page
import pypdf
import pytest

from dossiers.acties.domain.acties import create_actie
from dossiers.materialen.models import Fase
from dossiers.mensen.models import School
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.routekaart import sheet
from preventieplan.routekaart.cards import AIR
from preventieplan.routekaart.models import Routezinnen
from preventieplan.routekaart.pages import routekaart_page
from preventieplan.routekaart.pdf import routekaart_pdf
from tests.dossiers.acties.looking_back import look_back
from tests.paper import on_paper

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

TODAY = date(2026, 11, 29)
LONG = "Elke week bekijken we samen de cijfers. " * 500
PAGE_TWO = "Per fase: doelstellingen en acties Wat Wie Wanneer Stand Check 0 Brede basiszorg"
A4, A3 = (842, 595), (1191, 842)


def read(data: bytes) -> Any:
    """The parsed PDF, typed as Any because pypdf's own types are too general to be useful."""
    return pypdf.PdfReader(io.BytesIO(data))


def text(data: bytes, page_number: int | None = None) -> str:
    """The text of one page or of all pages, with whitespace collapsed."""
    pages = read(data).pages
    chosen = pages if page_number is None else [pages[page_number - 1]]
    return " ".join(" ".join(one.extract_text() for one in chosen).split())


def paper(dossier: Dossier, **more: Any) -> bytes:
    return on_paper(routekaart_pdf(dossier, today=TODAY, **more))


@pytest.fixture
def fresh(dossier) -> Dossier:
    """The dossier as a view loads it."""
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


def score(dossier, code, tom, cijfer, **words):
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    for veld, waarde in {"score": cijfer, **words}.items():
        save_veld(record=inschaling, veld=veld, waarde=waarde, basis=0, door=tom)


def plan(dossier, code, tom, wat, **velden):
    """Create an action with somebody and a moment; `velden` are column values."""
    doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
    words: dict[str, Any] = {"wie": "Marie", "wanneer": "eens in mei", **velden}
    for veld, waarde in words.items():
        setattr(actie, veld, waarde)
    actie.save()
    return actie


def say(dossier, tom, **zinnen):
    record = Routezinnen(dossier=dossier)
    for naam, tekst in zinnen.items():
        save_veld(record=record, veld=naam, waarde=tekst, basis=0, door=tom)


@pytest.fixture
def filled(fresh, tom) -> Dossier:
    score(fresh, "f0-1", tom, 7, focus="De opvang van zij-instromers.\nMet een vast gezicht.")
    plan(fresh, "f0-1", tom, "Onthaaldag voor nieuwkomers", wie="Łukasz", wanneer="in oktober")
    plan(fresh, "f0-1", tom, "Peterschap", wie="Zoë Çelik", wanneer_op=date(2027, 3, 26))
    return fresh


def fill(dossier: Dossier, tom, acties: int, codes: list[str], *, wat: str = "", wie: str = ""):
    """A dossier with scores and words of these goals, and so many actions over them."""
    for nummer, code in enumerate(codes):
        words = {"focus": wat or "Elke leerling voelt zich elke dag gezien."}
        if nummer % 2:
            words["want"] = wat or "iedereen kent elkaar en wie ontbreekt wordt gemist."
        score(dossier, code, tom, nummer % 11, **words)
    for nummer in range(acties):
        velden: dict[str, Any] = {"wie": wie or "Yasmina, met de klastitularis"}
        if nummer % 3:
            velden["wanneer_op"] = TODAY + timedelta(days=nummer - 4)
        if nummer % 5 == 4:
            velden |= {"stand": "klaar", "check_op": TODAY + timedelta(days=9)}
        plan(
            dossier,
            codes[nummer % len(codes)],
            tom,
            f"{wat or 'Dezelfde dag iemand aan de lijn van wie er niet was'} ({nummer})",
            **velden,
        )


FASE_0 = [f"f0-{nummer}" for nummer in range(1, 6)]
ALLE = [*FASE_0, "f1-1", "f1-2", "f1-3", "f2-1", "f2-2", "f3-1"]


# --- Page 1 ---------------------------------------------------------------------------------------


def test_one_page_tells_all_that_a_board_asks(filled):
    data = paper(filled)
    page_one = text(data, 1)

    assert len(read(data).pages) == 1
    for words in (
        "Routekaart aanwezigheidsbeleid",
        "Doel: Schooluitval voorkomen & leerrecht waarborgen",
        "Sint-Jozefschool Schooljaar 2026-2027, stand van",
        "Gemaakt door Tom, met CLB Ten Berg",
        "Waar staan we? klad Doelstellingen met een score: 1 van 5 in fase 0, gemiddeld 7 op 10.",
        "zorgcontinuüm",
        "Verbindend schoolklimaat kleuterparticipatie, tuchtbeleid, pestbeleid 7/10",
        "instromers. Met een vast gezicht.’",
        "Peterschap Zoë Çelik, 26/03/2027 Onthaaldag voor nieuwkomers Łukasz, in oktober",
        "WELCOME BACK!",
        "2 acties: 2 lopen",
        "Preventieplan afwezigheden, PLG Antwerpen, versie 2026.6. Met voorgestelde "
        "doelstellingen in fase 1, 2 en 3, nog te bevestigen door de PLG.",
    ):
        assert words in page_one
    assert "pagina" not in page_one
    assert "Wat vragen we aan het bestuur?" not in page_one


def test_the_sentences_of_the_team_stand_above_all_else(filled, tom):
    say(filled, tom, waar_staan_we="De basis staat.", wat_vragen_we="Twee lesuren.")
    choose_priorities(dossier=filled, fase=Fase(0), codes=["f0-1"], door=tom)

    page_one = text(paper(filled), 1)

    places = [
        page_one.index(words)
        for words in (
            "Waar staan we? De basis staat.",
            "Wat veranderde sinds",
            "Wat vragen we aan het bestuur? Twee lesuren.",
            "Brede basiszorg",
            "Waar we eerst aan werken 1 Verbindend schoolklimaat",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("typed", ["Het hele jaar door, " * 30, "W" * 260])
def test_a_sentence_that_is_cut_stands_whole_on_page_two(filled, tom, typed):
    say(filled, tom, wat_vragen_we=typed)
    data = paper(filled)

    assert "…" in text(data, 1)
    assert text(data, 2).startswith("Wat vragen we aan het bestuur?")
    assert text(data, 2).count(typed[0]) >= typed.count(typed[0])


def test_a_reader_hears_the_stairs_from_the_bottom_up(filled):
    page_one = text(paper(filled), 1)

    namen = ["Brede basiszorg", "Verhoogde zorg", "Uitbreiding van zorg", "Individueel aangepast"]
    places = [page_one.index(naam) for naam in namen]
    assert places == sorted(places)


def test_a_phase_without_anything_is_one_line(filled, tom):
    line = "Verhoogde zorg nog niet besproken · vroegdetectie & interventie · ongewettigd"
    assert line in text(paper(filled), 1)

    score(filled, "f1-3", tom, 4)

    page_one = text(paper(filled), 1)
    assert line not in page_one
    assert "Ongewettigd B verbindend & sanctionerend 4/10" in page_one


def test_a_card_with_room_left_tells_an_action_to_its_end(fresh, tom):
    wat = "Onthaalmap in drie talen maken en bij elke inschrijving samen doorlopen met de ouders"
    score(fresh, "f0-1", tom, 4)
    plan(fresh, "f0-1", tom, wat, wie="Bart, Lieve en Yasmina", wanneer="voor de kerstvakantie")

    data = paper(fresh)

    assert f"{wat} Bart, Lieve en Yasmina, voor de kerstvakantie" in text(data, 1)
    assert len(read(data).pages) == 1


def test_what_a_card_has_left_over_stands_between_its_parts(fresh, tom):
    def air() -> list[float]:
        treden = routekaart_page(dossier=fresh, today=TODAY).treden
        return [one.lucht for one in sheet.draw(treden, alone=True).steps[0].cards]

    fill(fresh, tom, 3, FASE_0)
    assert air() == [AIR] * 5

    for nummer in range(40):
        plan(fresh, FASE_0[nummer % 5], tom, f"Elke week samen kijken wie er niet was ({nummer})")
    assert max(air()) < AIR


def test_an_empty_plan_shows_the_drawing_of_the_source_and_the_first_step(fresh):
    data = paper(fresh)

    assert len(read(data).pages) == 1
    assert "De eerste stap: kies samen één doelstelling van fase 0" in text(data)
    assert text(data).count("nog niet besproken") == fresh.planversie.doelstellingen.count()
    assert "In dit dossier staat nog geen enkele actie." in text(data)


def test_done_late_and_half_made_are_told_apart(filled, tom):
    plan(filled, "f0-1", tom, "Belscript", wanneer_op=date(2026, 11, 28))
    plan(filled, "f0-2", tom, "Kaart met codes", stand="klaar")
    plan(filled, "f0-2", tom, "Wie is dit?", wie="")

    page_one = text(paper(filled), 1)

    assert "Belscript Marie, 28/11/2026 over tijd" in page_one
    assert "Gedaan: Kaart met codes" in page_one
    assert "Wie is dit?" not in page_one
    assert "1 zonder wie of wanneer" in page_one
    assert "5 acties: 1 gedaan, 2 lopen, 1 over tijd, 1 nog zonder wie of wanneer" in page_one


# --- Behind page 1 --------------------------------------------------------------------------------


def test_a_goal_that_goes_on_is_named_above_its_next_page(fresh, tom):
    fill(fresh, tom, 60, ["f0-1", "f0-2"])
    data = paper(fresh)

    assert len(read(data).pages) == 3
    assert "vervolg" not in text(data, 1) + text(data, 2)
    assert "vervolg van Inschrijvingsbeleid" in text(data, 3)


def test_the_words_of_the_team_stand_with_their_goal(filled, tom):
    Inschaling.objects.update(want="iedereen kent elkaar.", hoger="ook wie later komt.")
    choose_priorities(dossier=filled, fase=Fase(0), codes=["f0-1"], door=tom)
    data = paper(filled)

    assert len(read(data).pages) == 2
    assert "iedereen kent" not in text(data, 1)
    # On its card too, under the number that it has below the drawing.
    assert "prioriteit 1" in text(data, 1)
    assert (
        f"{PAGE_TWO} Verbindend schoolklimaat 7/10 prioriteit 1 We geven een 7, want … iedereen "
        "kent elkaar. Een 8 zou het zijn als … ook wie later komt. Onze focus: De opvang van "
        "zij-instromers. Met een vast gezicht. Peterschap Zoë Çelik"
    ) in text(data, 2)


def test_a_check_says_what_was_found(filled, tom):
    check_op = date(2027, 4, 30)
    actie = plan(filled, "f0-1", tom, "Bezoek aan het CLB", wanneer="", check_op=check_op)
    look_back(actie, tom, besluit="borgen", vaststelling="Zo houden we het.")

    assert (
        "Bezoek aan het CLB Vastgesteld: Zo houden we het. Marie gedaan 30/04/2027 borgen"
    ) in text(paper(filled), 2)


def test_what_did_not_grow_at_a_goal_comes_last(filled, tom):
    create_actie(dossier=filled, wat="Los van alles", wie="Tom", wanneer="eens in mei", door=tom)
    data = paper(filled)

    assert "Uit gesprekken Los van alles Tom, eens in mei" in text(data, 1)
    assert text(data, 2).endswith(
        "Uit gesprekken Los van alles Tom eens in mei gepland "
        "Sint-Jozefschool, 2026-2027 pagina 2 van 2"
    )


@pytest.mark.parametrize("typed", [LONG, "a" * 20_000, "WWWW " * 400, "regel\n" * 200])
def test_no_text_is_too_long(filled, tom, typed):
    plan(filled, "f0-1", tom, typed, wie=typed[:2000], wanneer=typed[:2000])
    data = paper(filled)

    assert "…" in text(data, 1)
    # The list starts on the page behind page 1, however long its first row.
    assert text(data, 2).startswith(PAGE_TWO)
    assert len(text(data, 2)) > 500
    # Every character is printed, wherever a line or a page ends.
    letter = typed[0]
    assert text(data).count(letter) >= typed.count(letter)


# --- However much, and however long ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("acties", "codes", "at_most"),
    [
        (0, ALLE, 2),
        (3, FASE_0, 2),
        (13, [*FASE_0, "f1-1", "f1-2"], 2),
        (40, ALLE, 4),
        (120, ALLE, 8),
    ],
)
def test_there_is_room_for_every_action_and_no_page_with_one_row(
    fresh, tom, acties, codes, at_most
):
    fill(fresh, tom, acties, codes)
    data = paper(fresh)
    pages = len(read(data).pages)

    assert pages <= at_most
    whole = text(data)
    assert all(f"({nummer})" in whole for nummer in range(acties))
    assert f"pagina 1 van {pages}" in text(data, 1)
    # Behind page 1 each action stands once.
    rows = [len(re.findall(r"\(\d+\)", text(data, number))) for number in range(2, pages + 1)]
    assert sum(rows) == acties
    assert rows[-1] > 2 or not acties
    assert [one.message for one in page.validate_pdf_bytes(data, profile="ua1").failures] == []


@pytest.mark.parametrize(
    "wat", ["W" * 260, "i" * 260, "👍🏽 李明 الطفل ☎ <b> &amp; {{ x }}", "É’“”…"]
)
def test_no_name_pushes_anything_off_page_one(fresh, tom, wat):
    School.objects.filter(pk=fresh.school_id).update(naam=wat[:120])
    fresh.refresh_from_db()
    fill(fresh, tom, 13, ALLE, wat=wat, wie=wat)
    create_actie(dossier=fresh, wat=wat, wie=wat, wanneer=wat, door=tom)
    say(fresh, tom, waar_staan_we=wat, wat_veranderde=wat, wat_vragen_we=wat)
    data = paper(fresh)

    assert text(data, 1).endswith("nog te bevestigen door de PLG.")
    assert text(data, 2).startswith(("Waar staan we?", "Per fase"))
    assert [one.message for one in page.validate_pdf_bytes(data, profile="ua1").failures] == []


@pytest.mark.parametrize("codes", [[], ["f0-1"], ["f1-3"], ["f3-1"], FASE_0, ALLE])
@pytest.mark.parametrize("alone", [True, False])
def test_the_steps_fill_the_drawing_and_no_card_leaves_its_step(fresh, tom, codes, alone):
    if codes:
        fill(fresh, tom, 40, codes)

    drawing = sheet.draw(routekaart_page(dossier=fresh, today=TODAY).treden, alone=alone)

    bottom = drawing.height
    for step in drawing.steps:
        assert step.top + step.height == pytest.approx(bottom, abs=0.6)
        bottom = step.top - sheet.GAP
        room = (step.height - sheet.HEAD) / step.scale
        for card in step.cards:
            assert card.top + card.height <= room + 0.1
            assert card.left + card.width <= step.width / step.scale + 0.1
    assert bottom == pytest.approx(-sheet.GAP, abs=0.6)


# --- To hang up -----------------------------------------------------------------------------------


def test_on_a3_the_same_stands_larger(filled, tom):
    fill(filled, tom, 13, ["f0-2", "f0-3"])
    small, large = paper(filled), paper(filled, is_a3=True)

    for data, size in ((small, A4), (large, A3)):
        sizes = {tuple(map(round, one.mediabox[2:])) for one in read(data).pages}
        assert sizes == {size}
    assert text(large, 1) == text(small, 1)
