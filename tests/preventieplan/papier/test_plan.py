"""What stands on the printed plan, filled in and blank."""

from datetime import date

import page
import pytest

from dossiers.acties.domain.checks import Vervolgstap
from dossiers.materialen.models import Fase
from preventieplan import pdf
from preventieplan.domain.priorities import choose_priorities
from preventieplan.domain.words import own_words as own_words_of
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling
from preventieplan.queries.plan import whole_plan
from preventieplan.routekaart.pdf import routekaart_pdf
from tests.dossiers.acties.looking_back import look_back
from tests.paper import on_paper
from tests.preventieplan.papier.documenten import (
    KINDS,
    LONG,
    TODAY,
    answer,
    own_words,
    plan,
    read,
    score,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


def test_the_whole_plan_holds_everything_that_was_filled_in(filled, doel, vraag):
    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    for words in (
        doel.titel,
        doel.inleiding.strip(),
        "7/10",
        "De opvang van zij-instromers. Met een vast gezicht.",
        f"deels {vraag.tekst}",
        "In de eerste graad. Daarna wat minder.",
        "Groeikans: Ook de tweede graad.",
        "Onthaaldag voor nieuwkomers Łukasz in oktober gepland",
    ):
        assert words in whole
    for any_doel in Doelstelling.objects.filter(versie=filled.planversie):
        assert any_doel.titel in whole


@pytest.mark.usefixtures("kort")
def test_the_plan_marks_what_comes_first_and_gives_the_words_of_the_team(filled, doel, vraag, tom):
    own_words(doel)
    Antwoord.objects.update(stand="weten-niet")
    assert "prioriteit" not in text(on_paper(pdf.preventieplan_pdf(filled)))

    choose_priorities(dossier=filled, fase=Fase(0), codes=["f0-1"], door=tom)
    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    for words in (
        "Verbindend schoolklimaat prioriteit De school zet zich in",
        "7/10 We geven een 7, want … iedereen kent elkaar. "
        "Een 8 zou het zijn als … ook wie later komt. Waar wil je op inzetten",
        f"weten we niet {vraag.tekst}",
    ):
        assert words in whole
    # In the contents, and with the goal itself.
    assert whole.count("prioriteit") == 2


@pytest.mark.usefixtures("kort")
def test_a_long_check_takes_the_whole_width_under_its_action(full, doel, tom):
    actie = plan(full, doel, tom, "Bezoek aan het CLB", check_op=date(2027, 4, 30))
    found = "De leerlingen kennen de weg naar het CLB nu ook zonder ons. " * 5
    look_back(actie, tom, vaststelling=found, besluit="borgen", waarom="In september.")

    data = on_paper(pdf.preventieplan_pdf(full))

    lines = "\n".join(sheet.extract_text() for sheet in read(data).pages).split("\n")
    seen = [number for number, line in enumerate(lines) if "kennen de weg" in line]
    assert "Bezoek aan het CLB klaar 30/04/2027 borgen Check op" in text(data)
    assert ": borgen. De leerlingen" in lines[seen[0]]
    assert seen[-1] - seen[0] < 4
    assert "Vaste plek: In september." in text(data)
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []


def test_an_action_that_was_adjusted_says_what_it_goes_on_in(filled, doel, tom):
    actie = plan(filled, doel, tom, "Bezoek aan het CLB", check_op=date(2027, 4, 30))
    look_back(actie, tom, besluit="bijsturen", waarom="Te ver.", vervolg=Vervolgstap(wat="Bellen"))

    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    assert "bijsturen. Waarom: Te ver. Gaat verder als: Bellen" in whole
    assert "Vervolg op: Bezoek aan het CLB" in whole


@pytest.mark.usefixtures("kort")
def test_a_check_as_long_as_pages_is_whole(filled, doel, tom):
    actie = plan(filled, doel, tom, "Bezoek aan het CLB", check_op=date(2027, 4, 30))
    look_back(actie, tom, vaststelling=LONG)

    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    assert whole.count("bekijken") >= LONG.count("bekijken")


@pytest.mark.usefixtures("kort")
def test_a_long_answer_runs_on_over_the_pages(filled, doel, tom):
    answer(filled, doel.vragen.last(), tom, stand="deels", toelichting=LONG)

    whole = text(on_paper(pdf.preventieplan_pdf(filled)))

    assert whole.count("bekijken") >= LONG.count("bekijken")


@pytest.mark.parametrize(
    ("cijfer", "want", "hoger"),
    [
        (0, "We geven een 0, want …", "Een 1 zou het zijn als …"),
        (9, "We geven een 9, want …", "Een 10 zou het zijn als …"),
        (10, "We geven een 10, want …", "Het blijft een 10 als …"),
        (None, "We geven deze score, want …", "Een punt hoger zou het zijn als …"),
    ],
)
def test_the_words_stand_after_what_was_asked(cijfer, want, hoger):
    both = own_words_of(score=cijfer, want="a", hoger="b")

    assert both == ((want, "a"), (hoger, "b"))
    assert own_words_of(score=cijfer, want=" \n", hoger="b") == both[1:]
    assert own_words_of(score=cijfer, want="a", hoger="") == both[:1]


@pytest.mark.usefixtures("kort")
def test_line_breaks_are_kept(filled):
    sheets = read(on_paper(pdf.preventieplan_pdf(filled))).pages
    lines = "\n".join(sheet.extract_text() for sheet in sheets)

    assert "In de eerste graad.\nDaarna wat minder." in lines


def test_every_page_but_the_first_says_whose_it_is_and_where(filled):
    data = on_paper(pdf.preventieplan_pdf(filled))
    last = len(read(data).pages)

    assert f"pagina {last} van {last}" in text(data, last)
    assert "Sint-Jozefschool, 2026-2027 Nog niet besproken" in text(data, last)
    assert "Sint-Jozefschool, 2026-2027 Fase 0: Brede basiszorg" in text(data, 2)
    assert "pagina 1" not in text(data, 1)


def test_a_goal_that_was_begun_counts_its_own_questions_unless_they_are_written_out(filled):
    naam = '<h4>Verbindend schoolklimaat <span class="hint"'

    assert naam not in pdf.preventieplan_pdf(filled).html
    assert naam in pdf.preventieplan_pdf(filled, bijlage=True).html
    assert "Nog niet besproken: " in pdf.preventieplan_pdf(filled).html


def test_the_contents_give_the_page_of_each_goal(filled):
    data = on_paper(pdf.preventieplan_pdf(filled))
    contents = text(data, 1)

    for kort in ("Registratiebeleid", "Spijbelcontract", "Verbonden blijven"):
        number = int(contents.split(kort)[1].split()[0])
        assert kort in text(data, number)


def test_the_blank_plan_is_empty_and_complete(filled):
    blank = text(on_paper(pdf.blank_preventieplan_pdf(filled)))

    vragen = Checklistvraag.objects.filter(doelstelling__versie=filled.planversie)
    vragen = vragen.asked_of(filled)
    for vraag in vragen:
        assert vraag.tekst in blank
    assert blank.count("☐ doen we ☐ deels ☐ nog niet ☐ weten we niet ☐ n.v.t.") == vragen.count()
    doelen = filled.planversie.doelstellingen.count()
    assert blank.count("0 1 2 3 4 5 6 7 8 9 10") == doelen
    assert blank.count("We geven deze score, want … Een punt hoger zou het zijn als …") == doelen
    for typed in ("zij-instromers", "eerste graad", "Onthaaldag", "7/10"):
        assert typed not in blank


@pytest.mark.parametrize("kind", ["plan", "blanco"])
def test_the_first_page_says_once_that_the_plg_has_yet_to_confirm_some_of_it(fresh, kind):
    assert Checklistvraag.objects.asked_of(fresh).filter(herkomst="voorstel").exists()

    data = on_paper(KINDS[kind](fresh))

    assert "moet de PLG nog bevestigen" in text(data, 1)
    assert text(data).count("bevestigen") == 1
    assert "voorstel" not in text(data)


@pytest.mark.usefixtures("kort")
def test_what_the_plg_has_confirmed_bears_no_mark(fresh):
    doelen = Doelstelling.objects.filter(versie=fresh.planversie)
    doelen.exclude(fase=2).update(herkomst="bron")
    assert "doelstellingen in fase 2, nog te bevestigen" in text(
        on_paper(routekaart_pdf(fresh, today=TODAY))
    )
    doelen.update(herkomst="bron", inleiding_herkomst="bron")
    Checklistvraag.objects.update(herkomst="bron")

    for make in KINDS.values():
        words = text(on_paper(make(fresh)))
        assert "bevestigen" not in words
        assert "voorgesteld" not in words


def test_the_whole_plan_takes_the_same_queries_however_full(
    fresh, doel, vraag, tom, django_assert_num_queries
):
    whole_plan(fresh)  # the content is kept
    with django_assert_num_queries(4):
        whole_plan(fresh)
    score(fresh, doel, tom, 3)
    answer(fresh, vraag, tom, stand="deels")
    for nummer in range(3):
        plan(fresh, doel, tom, f"Actie {nummer}")
    with django_assert_num_queries(4):
        whole_plan(fresh)
