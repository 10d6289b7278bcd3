"""The end of a phase: what was done, what is still open, and what comes first."""

import re

import pytest
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Fase
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Antwoord, Checklistvraag, Inschaling, Prioriteit
from stsdialoog.seen import mark_of
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("fase-rond", args=[dossier.pk, 0])


@pytest.fixture
def lees(als, url):
    def get(user):
        return " ".join(re.sub(r"<[^>]+>", " ", als(user).get(url).text).split())

    return get


def answer(dossier, vraag, door, stand="doen-we"):
    record = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=record, veld="stand", waarde=stand, basis=0, door=door)


def score(dossier, doel, door):
    record = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=record, veld="score", waarde=6, basis=0, door=door)


def almost_complete(dossier, door):
    """Everything of fase 0 but one question and one score; gives those two."""
    vragen = list(
        Checklistvraag.objects.filter(
            doelstelling__versie=dossier.planversie, doelstelling__fase=0
        ).asked_of(dossier)
    )
    doelen = list(dossier.planversie.doelstellingen.filter(fase=0))
    for vraag in vragen[1:]:
        answer(dossier, vraag, door)
    for doel in doelen[1:]:
        score(dossier, doel, door)
    return vragen[0], doelen[0]


def chosen(dossier):
    return [one.doelstelling.code for one in Prioriteit.objects.filter(dossier=dossier)]


def test_a_phase_is_complete_with_its_last_question_and_its_last_score(lees, tom, dossier):
    vraag, doel = almost_complete(dossier, tom)
    assert "Nog niet rond: nog 1 van 47 vragen en nog 1 score te gaan." in lees(tom)

    answer(dossier, vraag, tom, "weten-niet")
    assert "Nog niet rond: nog 1 score te gaan." in lees(tom)

    score(dossier, doel, tom)
    assert "Fase 0 is rond Alle 47 vragen besproken, alle 5 doelstellingen" in lees(tom)


def test_each_goal_says_what_is_still_open_in_it(lees, tom, dossier, doel):
    assert "Verbindend schoolklimaat nog 11 van 11 vragen nog geen score" in lees(tom)

    for vraag in doel.vragen.all():
        answer(dossier, vraag, tom)
    score(dossier, doel, tom)
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaal", door=tom)
    assert "Verbindend schoolklimaat focus nog leeg 1 actie zonder wie of wanneer" in lees(tom)

    inschaling = Inschaling.objects.get()
    save_veld(record=inschaling, veld="focus", waarde="Elke leerling gezien", basis=0, door=tom)
    Actie.objects.filter(pk=actie.pk).update(wie="Tom", wanneer="eens in mei")
    assert "Verbindend schoolklimaat niets meer open Elke leerling gezien" in lees(tom)


def test_what_the_team_has_to_find_out_has_a_way_to_it(als, lees, tom, dossier, doel, url, vraag):
    answer(dossier, vraag, tom, "weten-niet")
    later = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code="f1-1-v01")
    answer(dossier, later, tom, "weten-niet")

    html = als(tom).get(url).text

    goal = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    assert f'href="{goal}#vraag-f0-1-v01"' in html
    assert "#vraag-f1-1-v01" not in html


@pytest.mark.parametrize("aantal", [0, 1, 2, 3])
def test_a_team_chooses_at_most_three_that_come_first(als, tom, url, dossier, aantal):
    codes = ["f0-1", "f0-2", "f0-4"][:aantal]

    response = als(tom).post(url, {"seen": mark_of(), "doel": codes}, follow=True)

    assert chosen(dossier) == codes
    assert "Jullie keuze is bewaard." in response.text
    assert response.text.count(" checked") == aantal
    assert Logregel.objects.filter(handeling="prioriteiten-gekozen", door=tom).count() == 1


def test_with_a_fourth_nothing_is_chosen_and_every_tick_stays(als, tom, url, dossier):
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-5"], door=tom)

    response = als(tom).post(url, {"doel": ["f0-1", "f0-2", "f0-3", "f0-4"]})

    assert response.status_code == 422
    assert "Kies er hoogstens 3: wie alles eerst wil, doet niets eerst." in response.text
    assert re.findall(r'value="(f0-\d)" checked', response.text) == ["f0-1", "f0-2", "f0-3", "f0-4"]
    assert chosen(dossier) == ["f0-5"]


def test_goals_of_another_phase_are_not_chosen_here(als, tom, url, dossier):
    als(tom).post(url, {"seen": mark_of(), "doel": ["f1-1", "rommel", "f0-1"]})

    assert chosen(dossier) == ["f0-1"]


def test_what_a_colleague_chose_meanwhile_is_shown_before_it_is_replaced(als, tom, huis, url):
    """Marie and Tom both opened the page; Tom was first."""
    dossier, marie = huis.dossier, als(huis.medewerker)
    page = marie.get(url)
    seen = whole_form(page.text)["seen"]
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-2", "f0-4"], door=tom)

    for wrong in ({"seen": seen}, {}, {"seen": "f0-2"}):
        page = marie.post(url, {"doel": ["f0-1"]} | wrong)
        assert page.status_code == 409
        kort = [dossier.planversie.doelstellingen.get(code=one).kort for one in ("f0-2", "f0-4")]
        assert f"Nu komt eerst: {', '.join(kort)}." in " ".join(page.text.split())
        assert re.findall(r'value="(f0-\d)" checked', page.text) == ["f0-1"]
        assert chosen(dossier) == ["f0-2", "f0-4"]

    marie.post(url, {"doel": ["f0-1"], "seen": whole_form(page.text)["seen"]})
    assert chosen(dossier) == ["f0-1"]


@pytest.mark.parametrize("nummer", [4, 9, 123456789012345678901])
def test_there_are_four_phases(als, tom, dossier, nummer):
    for method in ("get", "post_late"):
        response = getattr(als(tom), method)(reverse("fase-rond", args=[dossier.pk, nummer]), {})
        assert response.status_code == 404


def test_a_reader_reads_what_comes_first_and_chooses_nothing(als, huis, url, lees, dossier):
    assert "Het team koos nog geen prioriteiten." in lees(huis.lezer)
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-4"], door=huis.team)

    html = als(huis.lezer).get(url).text

    assert 'type="checkbox"' not in html
    assert "Bewaar jullie keuze" not in html
    goal = reverse("doelstelling", args=[dossier.pk, "f0-4"])
    assert f'<li><a href="{goal}">' in html.split('id="prioriteiten"')[1]
    assert als(huis.lezer).post(url, {"doel": "f0-1"}).status_code == 403


def test_nobody_chooses_in_a_closed_dossier(als, huis, url, dossier):
    close_dossier(dossier=dossier, door=huis.ankerfiguur)

    assert 'type="checkbox"' not in als(huis.team).get(url).text
    assert als(huis.team).post(url, {"doel": "f0-1"}).status_code == 403
    assert chosen(dossier) == []


def test_there_is_one_button_that_asks_for_attention(als, tom, url, dossier):
    def button():
        (one,) = re.findall(r'class="btn btn-primary".*?>([^<]+)<', als(tom).get(url).text, re.S)
        return one.strip()

    assert button() == "Start met Verbindend schoolklimaat"
    vraag, doel = almost_complete(dossier, tom)
    assert button() == "Ga verder met Verbindend schoolklimaat"
    answer(dossier, vraag, tom)
    score(dossier, doel, tom)
    assert button() == "Bewaar jullie keuze"
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-1"], door=tom)
    assert button() == "Maak de routekaart"


def test_the_plan_leads_to_each_phase_with_what_is_left(als, tom, dossier):
    def plan():
        return als(tom).get(reverse("preventieplan", args=[dossier.pk])).text

    for nummer in range(4):
        assert reverse("fase-rond", args=[dossier.pk, nummer]) in plan()
    vraag, doel = almost_complete(dossier, tom)
    assert "Nog 1 vraag en 1 score, dan is fase 0 rond." in " ".join(plan().split())
    answer(dossier, vraag, tom)
    score(dossier, doel, tom)
    assert "Fase 0 is rond." in plan()


def test_a_priority_stands_wherever_its_goal_does(als, huis, dossier):
    pages = ["preventieplan", "overzicht", "routekaart", "dossier"]

    def marks():
        return [
            len(re.findall("rioriteit", als(huis.lezer).get(reverse(name, args=[dossier.pk])).text))
            for name in pages
        ]

    assert marks() == [0, 0, 0, 0]
    choose_priorities(dossier=dossier, fase=Fase(0), codes=["f0-4"], door=huis.team)
    # Its class, and the word itself; the routekaart has a list of them too.
    assert marks() == [2, 2, 2, 1]


def test_a_phase_takes_as_many_queries_when_it_is_full(
    als, tom, dossier, doel, url, django_assert_num_queries
):
    client = als(tom)
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)
    almost_complete(dossier, tom)
    for nummer in range(20):
        create_planactie(dossier=dossier, doelstelling=doel, wat=f"Actie {nummer}", door=tom)
    with django_assert_num_queries(6):
        client.get(url)
