"""The figures of the school on the routekaart, if the team wants them there."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.cijfers.models import Cijfers, Groep
from dossiers.models import Dossier
from preventieplan.routekaart.pdf import routekaart_pdf
from preventieplan.routekaart.queries import routekaart
from tests.dossiers.cijfers.cijfers import send, typed
from tests.paper import on_paper
from tests.preventieplan.routekaart.test_papier import FASE_0, TODAY, fill, read, text

pytestmark = pytest.mark.django_db

SENTENCE = "31 van de 412 leerlingen waren minstens 5 halve dagen afwezig"
FIGURES = typed(ongewettigd=[31, 17, 9, 2], ziekte=[88, 41, 19, 17])


@pytest.fixture
def fresh(dossier) -> Dossier:
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


@pytest.fixture
def url(dossier) -> str:
    return reverse("routekaart", args=[dossier.pk])


def test_they_stand_there_when_the_team_wants_it(als, tom, huis, dossier, url):
    client = als(tom)
    send(client, dossier, FIGURES)
    assert SENTENCE not in client.get(url).text

    send(client, dossier, FIGURES | {"op_routekaart": "on"})

    for user in (tom, huis.lezer):
        assert SENTENCE in als(user).get(url).text


def test_on_paper_they_come_behind_page_1_and_change_nothing_on_it(als, tom, dossier, fresh):
    client, today = als(tom), date(2026, 11, 29)
    send(client, dossier, FIGURES)
    without = on_paper(routekaart_pdf(fresh, today=today))
    send(client, dossier, FIGURES | {"op_routekaart": "on"})
    found = on_paper(routekaart_pdf(fresh, today=today))

    assert (len(read(without).pages), len(read(found).pages)) == (1, 2)
    assert text(found, 1).replace("pagina 1 van 2", "").split() == text(without, 1).split()
    behind = text(found, 2)
    assert SENTENCE in behind
    assert "Zonder geldige reden (B), halve dagen 31 17 9 minder dan 5" in behind
    # 19 and 17: two pupils would stand between them.
    assert "Ziekte (Z), halve dagen 88 41 19 minder dan 19" in behind


def test_the_routekaart_is_as_new_as_its_figures(als, tom, dossier, fresh):
    later = datetime(2027, 3, 1, 12, tzinfo=timezone.get_current_timezone())
    for wanted in ({}, {"op_routekaart": "on"}):
        send(als(tom), dossier, FIGURES | wanted)
        Cijfers.objects.update(gewijzigd_op=later)
        stand_van = routekaart(fresh, today=date(2027, 3, 2)).stand_van
        assert (stand_van == date(2027, 3, 1)) == bool(wanted)


@pytest.mark.looks
@pytest.mark.parametrize("is_a3", [False, True])
def test_thirteen_actions_and_the_figures_of_two_years_per_graad_are_two_pages(
    als, tom, fresh, is_a3
):
    vorig = Dossier.objects.create(
        school=fresh.school,
        schooljaar=fresh.schooljaar - 1,
        planversie=fresh.planversie,
        geopend_door=tom,
    )
    # "minder dan 19 was minder dan 19" is as wide as a count gets, and stays on one line.
    rows = {"ongewettigd": [31, 17, 9, 2], "ziekte": [88, 41, 19, 18]}
    rows |= {"andere": [40, 22, 8, 6], "te_laat": [55, 30, 12, 7]}
    data = {"op_routekaart": "on"}
    for graad in (Groep.GRAAD_1, Groep.GRAAD_2, Groep.GRAAD_3):
        data |= typed(graad, 140, **rows)
    for dossier in (vorig, fresh):
        send(als(tom), dossier, data, per="deel")
    fill(fresh, tom, 13, [*FASE_0, "f1-1", "f1-2"])

    found = on_paper(routekaart_pdf(fresh, today=TODAY, is_a3=is_a3))

    assert len(read(found).pages) == 2
    behind = text(found, 2)
    for graad in ("Eerste", "Tweede", "Derde"):
        assert f"{graad} graad 31 van de 140 leerlingen waren minstens 5 halve dagen" in behind
    lines = read(found).pages[1].extract_text().splitlines()
    assert sum("minder dan 19 was minder dan 19" in line for line in lines) == 3
    assert sum("minstens 5 minstens 10 minstens 15 minstens 30" in line for line in lines) == 3
