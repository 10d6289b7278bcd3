"""An evening is prepared on one page: when, at most three points, and what is printed."""

from datetime import date, time
from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from page import validate_pdf_bytes

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.domain import close_dossier
from start.avond.domain.avonden import Keuze, begin_avond, preparation_mark
from start.avond.models import Agendapunt, Avond
from start.avond.pdf import papier_pdf
from start.avond.queries.punten import agenda_of
from stsdialoog.seen import IntussenGewijzigd
from tests.pages import whole_form
from tests.paper import on_paper
from tests.start.avond.avonden import DOEL, TWEEDE, page, prepared
from tests.start.conftest import add_gesprek

pytestmark = pytest.mark.django_db


def step_of(gesprek: Gesprek) -> str:
    """The code of its first step."""
    return gesprek.versie.onderdelen.steps()[0].code


def test_an_ankerfiguur_prepares_an_evening_and_sees_what_comes(als, an, dossier):
    gesprek = add_gesprek(dossier, "Samen aan de slag")
    browser = als(an)
    empty = browser.get(page(dossier))
    assert "hoogstens drie punten" in empty.text

    form = whole_form(empty.text) | {
        "dag": "2026-12-03",
        "uur": "19u30",
        "wat-1": f"doel:{DOEL}",
        "minuten-1": "25",
        "briefjes-1": "on",
        "wat-3": f"stap:{gesprek.pk}:{step_of(gesprek)}",
    }
    answer = browser.post(page(dossier), form, follow=True)

    assert "Donderdag 3 december 2026 om 19:30" in answer.text
    avond = Avond.objects.get()
    assert (avond.dag, avond.uur, avond.code) == (date(2026, 12, 3), time(19, 30), None)
    assert list(avond.punten.values_list("volgorde", "doel", "stap", "minuten", "briefjes")) == [
        (0, "", "", 10, False),
        (1, DOEL, "", 25, True),
        (2, "", step_of(gesprek), 20, False),
    ]
    again = whole_form(answer.text)
    assert (again["wat-1"], again["wat-2"]) == (form["wat-1"], form["wat-3"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Kies minstens één doelstelling of stap."),
        ({"wat-1": "doel:f0-1", "wat-2": "doel:f0-1"}, "Dit koos je hierboven al"),
        ({"wat-1": "doel:f0-1", "minuten-1": "181"}, "Geef hoogstens 180 minuten."),
        ({"wat-1": "doel:f0-1", "beloften": "0"}, "Geef minstens 1 minuut."),
        ({"wat-1": "doel:f9-9"}, "Dit staat niet (meer) in jullie dossier."),
        ({"wat-1": "doel:f0-1", "dag": ""}, "Op welke dag zien jullie elkaar?"),
        ({"wat-1": "doel:f0-1", "uur": "straks"}, "Geef een uur zoals 19:30."),
    ],
)
def test_what_cannot_be_says_what_to_do(als, tom, dossier, typed, said):
    browser = als(tom)
    form = whole_form(browser.get(page(dossier)).text)

    answer = browser.post(page(dossier), form | typed)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in answer.text
    assert not Avond.objects.exists()


def test_slips_are_for_a_goal(als, tom, dossier):
    gesprek = add_gesprek(dossier, "Samen aan de slag")
    browser = als(tom)
    form = whole_form(browser.get(page(dossier)).text)
    chosen = {"wat-1": f"stap:{gesprek.pk}:{step_of(gesprek)}", "briefjes-1": "on"}

    answer = browser.post(page(dossier), form | chosen)

    assert "Briefjes om te scoren bestaan alleen bij een doelstelling" in answer.text
    assert not Avond.objects.exists()


def test_two_who_prepare_at_once_do_not_lose_each_others_choice(als, an, tom, dossier):
    browser = als(tom)
    form = whole_form(browser.get(page(dossier)).text) | {"wat-1": f"doel:{TWEEDE}"}
    prepared(dossier, Keuze(20, doel=DOEL))

    late = browser.post(page(dossier), form)

    assert late.status_code == HTTPStatus.CONFLICT
    assert "Intussen bewaarde iemand anders deze avond" in late.text
    assert whole_form(late.text)["wat-1"] == f"doel:{TWEEDE}"
    assert [punt.doel for punt in Avond.objects.get().punten.all()] == ["", DOEL]


def test_a_save_that_arrives_twice_is_nobody_elses(als, tom, dossier):
    browser = als(tom)
    typed = {"wat-1": f"doel:{DOEL}", "wat-3": f"doel:{TWEEDE}", "uur": "19:30", "blad-3": "on"}
    form = whole_form(browser.get(page(dossier)).text) | typed
    browser.post(page(dossier), form)
    avond = Avond.objects.get()
    kept = list(avond.punten.values())

    again = browser.post(page(dossier), form)

    assert again.status_code == HTTPStatus.FOUND
    assert list(avond.punten.values()) == kept
    changed = browser.post(page(dossier), form | {"blad-3": ""})
    assert changed.status_code == HTTPStatus.CONFLICT


def test_an_evening_that_began_is_not_prepared_again(als, tom, dossier):
    browser = als(tom)
    avond = prepared(dossier)
    form = whole_form(browser.get(page(dossier)).text)
    begin_avond(avond=avond, beloften=False, door=tom)

    late = browser.post(page(dossier), form | {"minuten-1": "45"}, follow=True)

    assert "kijk na wat er nu staat" in late.text
    assert avond.punten.get(begonnen_op__isnull=False).doel == DOEL


def test_the_mark_is_another_one_for_every_change(dossier):
    avond = prepared(dossier)
    marks = {preparation_mark(None), preparation_mark(avond)}
    for punten in ([Keuze(20, doel=DOEL)], [Keuze(21, doel=DOEL)], [Keuze(21, doel=TWEEDE)]):
        marks.add(preparation_mark(prepared(dossier, *punten)))

    assert len(marks) == 5
    with pytest.raises(IntussenGewijzigd):
        prepared(dossier, seen=preparation_mark(None))


def test_one_pdf_has_the_sheets_and_the_slips_that_were_ticked(dossier):
    gesprek = add_gesprek(dossier, "Samen aan de slag")
    prepared(
        dossier,
        Keuze(20, doel=DOEL, blad=True, briefjes=True),
        Keuze(20, doel=TWEEDE),
        Keuze(20, gesprek=gesprek.pk, stap=step_of(gesprek), blad=True),
    )
    agenda = agenda_of(dossier, dossier.avonden.get())

    html = papier_pdf(dossier, agenda).html

    goal, _, step = (point for point in agenda.punten if not point.punt.is_beloften)
    assert all(vraag in html for vraag in goal.vragen)
    assert step.vragen
    assert all(escape(vraag) in html for vraag in step.vragen)
    assert html.count("Kruis één score aan") == 4
    assert agenda.punten[2].vragen[0] not in html


@pytest.mark.looks
def test_that_pdf_is_accessible(dossier):
    avond = prepared(dossier, Keuze(20, doel=DOEL, blad=True, briefjes=True))

    data = on_paper(papier_pdf(dossier, agenda_of(dossier, avond)))

    assert not validate_pdf_bytes(data, profile="ua1").failures


def test_without_anything_ticked_there_is_nothing_to_print(als, tom, dossier):
    prepared(dossier)

    address = reverse("avond-papier-pdf", args=[dossier.pk])
    assert als(tom).get(address).status_code == HTTPStatus.NOT_FOUND
    assert address not in als(tom).get(page(dossier)).text


def test_who_reads_along_sees_nothing_of_what_is_prepared(als, huis, dossier):
    prepared(dossier)

    read = als(huis.lezer).get(page(dossier)).text

    assert "Hier komt het verslag" in read
    assert "Begin de avond" not in read
    close_dossier(dossier=dossier, door=huis.ankerfiguur)
    closed = als(huis.team).get(page(dossier)).text
    assert "Begin de avond" not in closed
    assert "Bewaar de avond" not in closed


@pytest.mark.parametrize(
    "wrong",
    [
        {"volgorde": 1, "doel": TWEEDE},
        {"volgorde": 2, "doel": DOEL},
        {"volgorde": 4, "doel": TWEEDE},
        {"volgorde": 2},
        {"volgorde": 2, "doel": TWEEDE, "stap": "registratie"},
        {"volgorde": 2, "doel": TWEEDE, "minuten": 0},
        {"volgorde": 2, "doel": TWEEDE, "minuten": 181},
    ],
)
def test_the_database_refuses_a_point_that_cannot_be(dossier, wrong):
    avond = prepared(dossier, Keuze(20, doel=DOEL))

    with pytest.raises(IntegrityError), transaction.atomic():
        Agendapunt.objects.create(**{"avond": avond, "minuten": 20, **wrong})


def test_the_database_refuses_an_evening_that_cannot_be(dossier):
    avond, now = prepared(dossier), timezone.now()
    rows = Avond.objects.filter(pk=avond.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        Avond.objects.create(dossier=dossier, dag=avond.dag)
    for wrong in ({"beeindigd_op": now}, {"code": "BCDFGHJ"}, {"gemaild_op": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
