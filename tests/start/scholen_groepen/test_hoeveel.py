"""How many schools Mijn scholen shows, which are found, and what that costs."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.domain import open_dossier
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School
from dossiers.models import Dossier
from start.queries.groups import LOOPT_PER_GROEP, PER_GROEP
from tests.conftest import SCHOOLJAAR, make_user
from tests.start.conftest import make_school, moment, plan
from tests.start.scholen import groups, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vandaag")]

SCHOLEN = reverse("scholen")
SCHOOL = "Sint-Jozefschool"


# --- what is found, and how much of it ----------------------------------------------------------


def test_what_runs_by_itself_is_folded_unless_there_is_little_else(pagina, huis, add, an):
    assert re.search(r"<details[^>]* open", pagina())
    assert "Geen enkele school heeft je deze week nodig" in pagina()

    plan(add("Te laat"), "Iets", door=an, wanneer_op=-1)
    html = pagina()

    assert not re.search(r"<details[^>]* open", html)
    assert "Loopt vanzelf: 1 school." in html
    assert "Geen enkele school" not in html
    # What was looked for is in sight.
    assert re.search(r"<details[^>]* open", pagina(zoek="jozef"))


@pytest.mark.parametrize(("aantal", "is_open"), [(9, True), (10, True), (11, False)])
def test_so_many_that_run_by_themselves_are_in_sight(pagina, many_running, aantal, is_open):
    many_running(aantal - 1)

    assert bool(re.search(r"<details[^>]* open", pagina())) == is_open


@pytest.fixture
def many_running(huis, an):
    def make(aantal: int) -> None:
        for nummer in range(700_000, 700_000 + aantal):
            school = make_school(huis.clb, nummer)
            open_dossier(school=school, schooljaar=SCHOOLJAAR, door=an)

    return make


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_of_each_group_ten_schools_are_shown_and_a_link_to_all(pagina, huis, over):
    for nummer in range(PER_GROEP + over):
        make_school(huis.clb, 700_000 + nummer)

    html = pagina()

    assert len(groups(html)["te-starten"]) == min(PER_GROEP, PER_GROEP + over)
    link = 'href="?weergave=tabel&amp;groep=te-starten">Toon alle 11</a>'
    assert (link in html) == (over > 0)


@pytest.mark.parametrize("over", [0, 1])
def test_of_those_that_run_by_themselves_fifty_are_shown(pagina, many_running, over):
    many_running(LOOPT_PER_GROEP + over - 1)

    html = pagina()

    assert len(groups(html)["loopt"]) == LOOPT_PER_GROEP
    assert ("Toon alle 51" in html) == bool(over)


def test_a_search_keeps_the_groups_and_what_was_chosen(pagina, huis, add, an):
    plan(add("De Kouter"), "Iets", door=an, wanneer_op=-1)
    make_school(huis.clb, 444444, naam="De Kouterbron", gemeente="Lier")
    plan(huis.dossier, "Iets", door=an, wanneer_op=-1)

    html = pagina(zoek="kouter", niveau="bao")

    assert groups(html) == {"nu": ["De Kouter"], "te-starten": ["De Kouterbron"]}
    assert "2 scholen met ‘kouter’, basisonderwijs." in html
    assert '<input type="hidden" name="niveau" value="bao">' in html
    assert 'href="?zoek=kouter&amp;niveau=bao&amp;weergave=tabel"' in html
    assert groups(pagina(zoek="kouter", gemeente="Lier")) == {"te-starten": ["De Kouterbron"]}
    assert groups(pagina(groep="nu")) == {"nu": ["De Kouter", SCHOOL]}


def test_no_hit_says_so_and_offers_all_schools(pagina, huis):
    html = pagina(zoek="gent")

    assert groups(html) == {}
    assert "Geen school gevonden met" in html
    assert "Toon alle scholen" in html


def test_rubbish_in_the_address_is_not_heard(pagina, huis):
    everything = groups(pagina())

    rubbish = {"niveau": "x", "groep": "\x00", "sorteer": "x", "mijn": "", "weergave": "x"}
    assert groups(pagina(**rubbish)) == everything
    assert groups(pagina(gemeente="\x00Mechelen ")) == everything


def test_it_says_how_many_schools_of_which_clb(als, huis, add, an):
    assert "1 school van CLB Ten Berg, zondag 29 november 2026" in " ".join(
        als(an).get(SCHOLEN).content.decode().split()
    )
    add("De Kouter")
    assert "2 scholen van CLB Ten Berg" in als(an).get(SCHOLEN).content.decode()
    assert "school van CLB" not in als(huis.medewerker).get(SCHOLEN).content.decode()


def test_the_question_is_for_whoever_works_for_a_clb(als, huis):
    for wie, question in (("ankerfiguur", 1), ("medewerker", 1), ("team", 0), ("lezer", 0)):
        html = als(huis.people[wie]).get(SCHOLEN).content.decode()
        assert html.count("<h1>Wie heeft je deze week nodig?</h1>") == question
        assert html.count("<h1>Mijn scholen</h1>") == 1 - question


def test_an_ankerfiguur_without_schools_adds_her_first(als):
    nieuw = make_user("Nele")
    clb = CLB.objects.create(naam="CLB Nieuw", instellingsnummer="888888")
    Lidmaatschap.objects.create(user=nieuw, clb=clb, rol=Rol.ANKERFIGUUR)

    html = als(nieuw).get(SCHOLEN).content.decode()

    assert "Je volgt nog geen scholen" in html
    assert reverse("school-nieuw") in html


def test_only_an_ankerfiguur_adds_schools(als, huis):
    assert reverse("school-nieuw") in als(huis.ankerfiguur).get(SCHOLEN).content.decode()
    assert reverse("school-nieuw") not in als(huis.medewerker).get(SCHOLEN).content.decode()


def test_nobody_sees_the_schools_of_another_clb(als, huis, ander_huis):
    for user in huis.people.values():
        (one,) = shown(als(user).get(SCHOLEN).content.decode())
        assert one.naam == SCHOOL
    (one,) = shown(als(ander_huis.ankerfiguur).get(SCHOLEN).content.decode())
    assert one.naam == "Kouterschool"


# --- a constant number of queries ---------------------------------------------------------------


@pytest.mark.parametrize("aantal", [1, 69])
def test_two_or_seventy_schools_take_eleven_queries(
    als, an, huis, many_schools, django_assert_num_queries, aantal
):
    many_schools(aantal)
    client = als(an)

    # The session, the user, where she has a role, the schools that go when her CLB agrees, and
    # seven for the schools: all of them in their groups, those that are shown, their dossiers,
    # scores, actions, talks and evenings.
    with django_assert_num_queries(11):
        found = groups(client.get(SCHOLEN).content.decode())

    assert len(found["nu"]) == min(aantal, PER_GROEP)
    assert found["loopt"] == [SCHOOL]


def test_four_hundred_schools_take_eleven_queries(als, an, huis, django_assert_num_queries):
    """Each group is there, and none is longer than one can read."""
    plan_versie = huis.dossier.planversie
    scholen = School.objects.bulk_create(
        School(
            clb=huis.clb,
            naam=f"School {nummer}",
            instellingsnummer=f"{nummer:06}",
            niveau="bao",
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        for nummer in range(600_000, 600_399)
    )
    long_ago = moment(date(2026, 9, 20))
    dossiers = Dossier.objects.bulk_create(
        Dossier(
            school=school,
            schooljaar=SCHOOLJAAR,
            planversie=plan_versie,
            geopend_door=an,
            geopend_op=long_ago if number % 4 == 0 else timezone.now(),
        )
        for number, school in enumerate(scholen)
        if number % 5
    )
    for days, some in ((-2, dossiers[1::4]), (5, dossiers[2::4])):
        Actie.objects.bulk_create(
            Actie(dossier=one, wat="Iets", wanneer_op=timezone.localdate() + timedelta(days=days))
            for one in some
        )
    client = als(an)

    with django_assert_num_queries(11):
        html = client.get(SCHOLEN).content.decode()

    assert {groep: len(found) for groep, found in groups(html).items()} == {
        "nu": PER_GROEP,
        "deze-week": PER_GROEP,
        "stil": PER_GROEP,
        "te-starten": PER_GROEP,
        "loopt": LOOPT_PER_GROEP,
    }
    assert "400 scholen van CLB Ten Berg" in html
    assert "Toon alle 80" in html


def test_it_only_answers_questions(als, an):
    assert als(an).post(SCHOLEN).status_code == 405
