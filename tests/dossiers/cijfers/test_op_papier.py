"""The figures on paper: beside the goal and the step that they are about, and once."""

from uuid import uuid4

import pytest

from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, start_gesprek
from dialoogfiches.gesprekken.pdf import gesprek_pdf
from dialoogfiches.models import Onderdeel
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.pdf import preventieplan_pdf
from tests.conftest import load_material
from tests.dossiers.cijfers.cijfers import send, typed

pytestmark = pytest.mark.django_db

KOP = "Wat zeggen de cijfers?"
ZIN = "31 van de 412 leerlingen waren minstens 5 halve dagen afwezig zonder geldige reden"


def score(dossier, *codes: str) -> None:
    for code in codes:
        doel = Doelstelling.objects.get(versie=dossier.planversie, code=code)
        Inschaling.objects.create(dossier=dossier, doelstelling=doel, score=5, score_revisie=1)


def test_the_plan_has_them_at_the_first_goal_on_it_that_is_about_them(als, huis):
    score(huis.dossier, "f0-1", "f0-4", "f1-1")
    assert KOP not in preventieplan_pdf(huis.dossier).html

    send(als(huis.team), huis.dossier, typed(ongewettigd=[31, 17, 9, 1]))
    html = preventieplan_pdf(huis.dossier).html

    assert html.count(KOP) == html.count(ZIN) == 1
    before, after = html.split(KOP)
    assert 'id="f0-4"' in before
    assert 'id="f0-5"' not in before
    assert "minder dan 5" in after.split('id="f1-1"')[0]


def test_without_that_goal_on_it_the_next_one_has_them(als, huis):
    score(huis.dossier, "f1-1")
    send(als(huis.team), huis.dossier, typed(ongewettigd=[31, 17, 9, 1]))

    assert 'id="f1-1"' in preventieplan_pdf(huis.dossier).html.split(ZIN)[0]


def test_a_talk_has_them_at_the_step_about_data(als, huis):
    gesprek = start_gesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument"),
        sleutel=uuid4(),
        titel="Rond de tafel",
        door=huis.team,
    )
    send(als(huis.team), huis.dossier, typed(ongewettigd=[31, 17, 9, 1]))
    assert KOP not in gesprek_pdf(huis.dossier, gesprek).html, "nobody came to that step yet"

    data = Onderdeel.objects.get(versie=gesprek.versie, titel="Data")
    finish_stap(gesprek=gesprek, onderdeel=data, door=huis.team)
    html = gesprek_pdf(huis.dossier, gesprek).html

    assert html.count(ZIN) == 1
    step = html.split(ZIN)[0].rsplit("<section", 1)[1]
    assert "Data" in step
