"""A goal in two views: which one somebody gets, and where one comes back."""

import pytest
from django.urls import reverse

from dossiers.domain import open_dossier
from dossiers.materialen.models import Fase
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Inschaling
from tests.pages import whole_form
from tests.preventieplan.conftest import FOCUS, SCORE, STAND

pytestmark = pytest.mark.django_db

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0.0.0 Safari/537.36"


def view_of(response) -> str:
    return whole_form(response.text)["weergave"]


@pytest.mark.parametrize(
    ("headers", "view"),
    [
        ({}, "lijst"),
        ({"User-Agent": LAPTOP}, "lijst"),
        ({"User-Agent": IPHONE}, "bespreken"),
        ({"User-Agent": LAPTOP, "Sec-CH-UA-Mobile": "?1"}, "bespreken"),
        ({"User-Agent": IPHONE, "Sec-CH-UA-Mobile": "?0"}, "lijst"),
    ],
)
def test_a_phone_gets_one_question_at_a_time_first(als, tom, url, headers, view):
    assert view_of(als(tom).get(url, headers=headers)) == view


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_the_choice_is_kept_on_the_device_and_not_in_the_account(als, tom, url, view):
    client = als(tom)
    for agent in (IPHONE, LAPTOP):
        client.get(f"{url}?weergave={view}", headers={"User-Agent": agent})
        assert view_of(client.get(url, headers={"User-Agent": agent})) == view

    assert view_of(als(tom).get(url, headers={"User-Agent": IPHONE})) == "bespreken"


def test_the_address_of_one_stop_is_no_choice(als, tom, url):
    client = als(tom)

    assert view_of(client.get(f"{url}?weergave=bespreken&stop=score")) == "bespreken"
    assert view_of(client.get(url)) == "lijst"


@pytest.mark.parametrize("asked", ["", "rommel", "a\0b"])
def test_a_view_that_is_none_is_that_of_the_device(als, tom, url, asked):
    client = als(tom)
    client.cookies["weergave"] = "rommel"

    assert view_of(client.get(url, {"weergave": asked})) == "lijst"


def stop_of(page: str) -> str:
    return whole_form(page)["stop"]


def test_each_stop_has_its_own_address_and_an_unknown_one_is_the_first(als, tom, url):
    client = als(tom)
    for stop in ("f0-1-v10", "score", "focus", "acties", "einde"):
        assert stop_of(client.get(f"{url}?weergave=bespreken&stop={stop}").text) == stop

    assert stop_of(client.get(f"{url}?weergave=bespreken&stop=rommel").text) == "f0-1-v01"


def test_on_and_back_save_and_a_stop_that_was_not_saved_is_shown(als, tom, url, tik):
    client = als(tom)
    form = whole_form(client.get(f"{url}?weergave=bespreken&stop=f0-1-v02").text)
    onward = client.post(url, form | {STAND: "deels", "naar": "f0-1-v03"})
    assert onward.url == f"{url}?weergave=bespreken&stop=f0-1-v03"

    wrong = client.post(url, form | {SCORE: "11", "naar": "f0-1-v03"})

    assert wrong.status_code == 422
    assert stop_of(wrong.text) == "score"
    assert 'data-stip="score"' in wrong.text
    elsewhere = client.post(url, form | {STAND: "deels", "naar": "//elders.example"})
    assert elsewhere.url == f"{url}?weergave=bespreken&stop=f0-1-v02"


def test_a_dot_tells_what_its_question_came_to(als, tom, url, tik):
    tik(STAND, "weten-niet")
    tik(SCORE, "7")
    html = " ".join(als(tom).get(f"{url}?weergave=bespreken&stop=f0-1-v02").text.split())

    dots = html[html.index('class="stippen"') :]
    first, second, rest = dots.split("<a ", 3)[1:]
    assert 'data-waarde="weten-niet"' in first
    assert "Vraag 1:" in first
    assert "weten we niet" in first
    assert "aria-current" not in first
    assert 'aria-current="step"' in second
    assert 'data-stip="score" data-waarde="7"' in rest


def test_the_end_of_a_goal_says_what_is_still_open_and_leads_on(als, tom, url, tik, dossier, doel):
    html = als(tom).get(f"{url}?weergave=bespreken&stop=einde").text
    for words in ("Nog geen score.", "De focus is nog leeg.", "Nog geen acties."):
        assert words in html
    # All of them is what the page shows already.
    assert ">vraag 11</a>" not in html
    assert "Volgende: Inschrijvingsbeleid" in html

    tik(STAND, "deels")
    html = als(tom).get(f"{url}?weergave=bespreken&stop=einde").text
    assert ">vraag 1</a>" not in html
    assert ">vraag 11</a>" in html

    # The eleventh is for schools with kleuters, which this one is not.
    for number in (*range(2, 11), 12):
        tik(f"antwoord-f0-1-v{number:02}-stand", "nvt")
    tik(SCORE, "6")
    tik(FOCUS, "onthaal")
    create_planactie(dossier=dossier, doelstelling=doel, wat="x", wie="Tom", door=tom)
    html = " ".join(als(tom).get(f"{url}?weergave=bespreken&stop=einde").text.split())
    card = html[html.index('id="einde-kaart"') :]
    assert "nog open" not in card
    assert "<strong>11</strong> van 11 vragen besproken" in card
    assert "Score <strong>6</strong> op 10." in card
    assert "1 actie heeft nog geen wie of wanneer." in card


def test_the_last_goal_of_a_phase_leads_to_its_end(als, tom, dossier):
    codes = [doel.code for doel in dossier.planversie.doelstellingen.filter(fase=0)]
    for code in codes:
        html = als(tom).get(reverse("doelstelling", args=[dossier.pk, code])).text
        assert ("Fase 0 is rond" in html) == (code == codes[-1])


def test_the_road_of_the_phase_stands_on_the_page_with_what_goes_first(als, tom, url, tik, dossier):
    tik(SCORE, "7")
    choose_priorities(dossier=dossier, fase=Fase.BASISZORG, codes=["f0-2"], door=tom)

    html = " ".join(als(tom).get(url).text.split())

    road = html[html.index('class="doelweg') :]
    road = road[: road.index("</nav>")]
    here, following = road.split("<a ")[1:3]
    assert road.count("<a ") == dossier.planversie.doelstellingen.filter(fase=0).count()
    assert 'aria-current="page"' in here
    assert "0 van 11 besproken, score 7" in here
    assert "prioriteit" in following
    assert "nog niet besproken" in following


def test_a_question_that_is_asked_for_is_open_in_the_list(als, tom, url):
    html = als(tom).get(f"{url}?weergave=lijst&stop=f0-1-v03").text

    opened = [part for part in html.split('<li class="vraag"')[1:] if "open>" in part[:200]]
    assert [part[:30].split('"')[1] for part in opened] == ["vraag-f0-1-v03"]


def test_the_names_of_the_team_are_for_who_may_write(als, huis, url):
    asked = {"headers": {"HX-Request": "true"}}

    assert '<option value="Tom">' in als(huis.team).get(f"{url}?team=1", **asked).text
    assert '<option value="Tom">' not in als(huis.lezer).get(f"{url}?team=1", **asked).text


# --- what was said before ----------------------------------------------------------------------


def say(inschaling, veld, waarde, door, op=None):
    save_veld(
        record=inschaling, veld=veld, waarde=waarde, basis=inschaling.revisie(veld), door=door
    )
    if op:
        inschaling.history().filter(veld=veld, revisie=inschaling.revisie(veld)).update(op=op)


def test_the_words_of_an_earlier_score_stand_beside_the_new_one(als, tom, url, dossier, doel):
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    october = "2026-10-05T12:00:00Z"
    say(inschaling, "score", 4, tom, october)
    say(inschaling, "want", "we beginnen pas", tom, "2026-10-05T12:01:00Z")
    say(inschaling, "hoger", "we een peter hebben", tom, "2026-10-05T12:02:00Z")
    assert "Dat zeiden jullie" not in als(tom).get(url).text
    # On the same day it is the same talk.
    say(inschaling, "score", 5, tom, "2026-10-05T13:00:00Z")
    assert "Dat zeiden jullie" not in als(tom).get(url).text

    say(inschaling, "score", 6, tom, "2026-10-06T12:00:00Z")
    say(inschaling, "want", "er is nu een peter", tom, "2026-10-06T12:00:00Z")

    html = als(tom).get(url).text
    assert "Dat zeiden jullie in oktober: is dat zo?" in html
    assert "We geven een 5, want … <q>we beginnen pas</q>" in html
    assert "Een 6 zou het zijn als … <q>we een peter hebben</q>" in html
    assert "/10, was 5 in oktober" in html


def test_the_words_of_last_year_stand_beside_the_first_score(als, huis, an, doel):
    earlier = Inschaling(dossier=huis.dossier, doelstelling=doel)
    say(earlier, "score", 3, huis.team, "2026-05-05T12:00:00Z")
    say(earlier, "want", "van vorig jaar", huis.team, "2026-05-05T12:00:00Z")
    later = open_dossier(school=huis.school, schooljaar=huis.dossier.schooljaar + 1, door=an)

    html = als(huis.team).get(reverse("doelstelling", args=[later.pk, "f0-1"])).text

    assert "Dat zeiden jullie in mei" in html
    assert "We geven een 3, want … <q>van vorig jaar</q>" in html


def test_the_words_of_another_school_stand_nowhere(als, tom, url, ander_huis, doel):
    theirs = Inschaling(dossier=ander_huis.dossier, doelstelling=doel)
    say(theirs, "score", 3, ander_huis.team)
    say(theirs, "want", "van hen", ander_huis.team)
    ander_huis.dossier.schooljaar -= 1
    ander_huis.dossier.save()

    assert "van hen" not in als(tom).get(url).text
