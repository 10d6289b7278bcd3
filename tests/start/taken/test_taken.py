"""Mijn taken: what Tom, Marie and An agreed to, over all their schools."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import choose_trekkers, create_actie
from dossiers.acties.models import Actie, Besluit
from dossiers.domain import close_dossier, open_dossier
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import Lidmaatschap, Rol, School
from dossiers.velden.domain.striking import strike
from start.queries.dossier import Wanneer
from start.taken.queries import Soort, Waarom, task_groups, tasks_of
from tests.conftest import SCHOOLJAAR

pytestmark = pytest.mark.django_db

PAGE = reverse("taken")
TODAY = date(2026, 11, 30)
DAY = timedelta(days=1)


def plan(dossier, door, wat, *, trekkers=(), wie="", **days) -> Actie:
    actie = create_actie(dossier=dossier, wat=wat, wie=wie, door=door)
    Actie.objects.filter(pk=actie.pk).update(**days)
    choose_trekkers(actie=actie, gekozen=[one.pk for one in trekkers], stond=[], door=door)
    return actie


def told(user, today=TODAY):
    return [(one.wat, one.dag, one.soort, one.waarom) for one in tasks_of(user, today=today)]


def test_what_tom_was_chosen_for_is_his_and_nobody_elses(huis, ander_huis, oscar):
    dag = TODAY + 3 * DAY
    plan(huis.dossier, huis.team, "Bel", trekkers=[huis.team], wanneer_op=dag)

    assert told(huis.team) == [("Bel", dag, Soort.DOEN, Waarom.GEKOZEN)]
    for other in (huis.medewerker, huis.ankerfiguur, huis.lezer, ander_huis.team, oscar):
        assert told(other) == []


def test_what_has_to_be_done_and_what_to_be_checked_are_two_tasks(huis):
    plan(
        huis.dossier,
        huis.team,
        "Bel",
        trekkers=[huis.team],
        wanneer_op=TODAY + DAY,
        check_op=TODAY + 60 * DAY,
    )

    assert told(huis.team) == [
        ("Bel", TODAY + DAY, Soort.DOEN, Waarom.GEKOZEN),
        ("Bel", TODAY + 60 * DAY, Soort.CHECK, Waarom.GEKOZEN),
    ]
    Actie.objects.update(stand="klaar")
    assert [one.soort for one in tasks_of(huis.team, today=TODAY)] == [Soort.CHECK]
    Actie.objects.update(besluit=Besluit.BORGEN)
    assert told(huis.team) == []


@pytest.mark.parametrize(
    ("days", "wanneer"),
    [
        (-1, Wanneer.OVER_TIJD),
        (0, Wanneer.DEZE_WEEK),
        (6, Wanneer.DEZE_WEEK),
        (7, Wanneer.DEZE_WEEK),
        (8, Wanneer.LATER),
        (None, Wanneer.LATER),
    ],
)
def test_how_soon_it_is(huis, days, wanneer):
    day = None if days is None else TODAY + days * DAY
    plan(huis.dossier, huis.team, "Bel", trekkers=[huis.team], wanneer_op=day)

    (taak,) = tasks_of(huis.team, today=TODAY)

    assert taak.wanneer == wanneer
    assert taak.te_laat == (wanneer == Wanneer.OVER_TIJD)


def test_whom_wie_names_may_be_her_and_is_told_so(als, huis):
    plan(huis.dossier, huis.team, "Bel", wie="Tom of Lotte", wanneer_op=TODAY)

    assert told(huis.team) == [("Bel", TODAY, Soort.DOEN, Waarom.GENOEMD)]
    assert "<em>misschien van jou</em>" in als(huis.team).get(PAGE).text
    assert told(huis.medewerker) == []
    assert not tasks_of(huis.team, today=TODAY)[0].is_zeker


def test_a_promise_of_the_clb_is_for_who_works_for_it(huis, ander_huis):
    plan(huis.dossier, huis.team, "Een affiche", wie="het CLB bezorgt ze", wanneer_op=TODAY)
    plan(huis.dossier, huis.team, "Een clblokaal", wie="de clbgroep", wanneer_op=TODAY)

    for staff in (huis.medewerker, huis.ankerfiguur):
        assert told(staff) == [("Een affiche", TODAY, Soort.DOEN, Waarom.CLB)]
    for other in (huis.team, huis.lezer, ander_huis.ankerfiguur):
        assert told(other) == []


def test_what_is_struck_stopped_or_closed_waits_for_nobody(huis):
    mine = {"trekkers": [huis.team], "wanneer_op": TODAY}
    struck = plan(huis.dossier, huis.team, "Geschrapt", **mine)
    plan(huis.dossier, huis.team, "Gestopt", besluit=Besluit.STOPPEN, **mine)
    plan(huis.dossier, huis.team, "Gedaan", stand="klaar", **mine)
    plan(huis.dossier, huis.team, "Blijft", **mine)
    assert len(told(huis.team)) == 2

    strike(record=struck, door=huis.team)
    assert [one[0] for one in told(huis.team)] == ["Blijft"]

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert told(huis.team) == []


def test_a_role_that_ended_takes_its_tasks_along(als, huis):
    plan(huis.dossier, huis.team, "Bel", trekkers=[huis.medewerker], wie="Marie", wanneer_op=TODAY)
    assert len(told(huis.medewerker)) == 1

    lid = Lidmaatschap.objects.get(user=huis.medewerker)
    end_lidmaatschap(lidmaatschap=lid, door=huis.ankerfiguur)

    assert told(huis.medewerker) == []
    assert "Er wacht niets op je." in als(huis.medewerker).get(PAGE).text


def test_who_may_only_read_by_now_does_nothing_of_the_team_any_more(huis):
    plan(huis.dossier, huis.team, "Bel", trekkers=[huis.team], wie="het team", wanneer_op=TODAY)
    assert len(told(huis.team)) == 1

    Lidmaatschap.objects.filter(user=huis.team).update(rol=Rol.LEZER)

    assert told(huis.team) == []


def test_who_may_only_read_is_led_to_where_it_stands(als, huis):
    actie = plan(huis.dossier, huis.team, "Zeg het", wie="Lies", check_op=TODAY, stand="klaar")
    row = f"{reverse('overzicht', args=[huis.dossier.pk])}"

    page = als(huis.lezer).get(PAGE).text

    assert f'href="{row}#actie-{actie.pk}"' in page
    assert ">Check<" not in page
    assert als(huis.lezer).get(row).status_code == 200


def test_the_page_tells_the_late_ones_first_and_each_action_once(als, huis):
    today = timezone.localdate()
    plan(huis.dossier, huis.team, "Straks", trekkers=[huis.team], wanneer_op=today + 30 * DAY)
    late = plan(
        huis.dossier,
        huis.team,
        "Te laat <b>",
        trekkers=[huis.team],
        # A slip, or a dossier that was forgotten.
        wanneer_op=date(2016, 5, 3),
        check_op=today + 3 * DAY,
    )
    plan(huis.dossier, huis.team, "Nu", trekkers=[huis.team], check_op=today, stand="klaar")

    page = als(huis.team).get(PAGE).text

    assert re.findall(r'<h2 id="taken-[^"]*">(.*?) <small>(\d)', page) == [
        ("Over tijd", "1"),
        ("Deze week", "1"),
        ("Later", "1"),
    ]
    assert re.findall(r'taak-wat">(.*?)</p>', page) == [
        "Te laat &lt;b&gt;",
        "Check: Nu",
        "Straks",
    ]
    assert page.count("btn btn-primary") == 1
    assert f"?open={late.pk}#actie-{late.pk}" in page
    dossier = als(huis.team).get(reverse("dossier", args=[huis.dossier.pk])).text
    assert "over tijd sinds 3 mei 2016" in page
    assert "over tijd sinds 3 mei 2016" in dossier
    assert f'<a href="{PAGE}">Mijn taken</a>' in als(huis.lezer).get(PAGE).text


def test_without_tasks_a_page_says_how_one_comes_here(als, oscar):
    page = als(oscar).get(PAGE).text

    assert "Er wacht niets op je." in page
    assert page.count("btn btn-primary") == 1


def test_sixty_schools_ask_as_little_as_one(als, huis, django_assert_num_queries):
    """An follows them all; in each an action is hers, one may be, and one is of somebody else."""
    an = als(huis.ankerfiguur)

    def fill(dossier) -> None:
        days = {"wanneer_op": TODAY}
        plan(dossier, huis.ankerfiguur, "Bel", trekkers=[huis.ankerfiguur], **days)
        plan(dossier, huis.ankerfiguur, "Vraag", wie="An", **days)
        plan(dossier, huis.ankerfiguur, "Zoek", wie="Tom", **days)

    fill(huis.dossier)
    an.get(PAGE)
    with django_assert_num_queries(7):
        assert an.get(PAGE).text.count('class="taak"') == 2
    for number in range(59):
        school = School.objects.create(
            clb=huis.clb,
            naam=f"School {number}",
            instellingsnummer=f"{400 + number:06}",
            niveau="so",
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        fill(open_dossier(school=school, schooljaar=SCHOOLJAAR, door=huis.ankerfiguur))
    with django_assert_num_queries(7):
        assert an.get(PAGE).text.count('class="taak"') == 120


def test_groups_keep_the_order_of_the_days_within_a_school(huis):
    first = plan(huis.dossier, huis.team, "B", trekkers=[huis.team], wanneer_op=TODAY - 9 * DAY)
    second = plan(huis.dossier, huis.team, "A", trekkers=[huis.team], wanneer_op=TODAY - DAY)

    (group,) = task_groups(tasks_of(huis.team, today=TODAY))

    (school,) = group.scholen
    assert [line.taak.van for line in school.regels] == [first.pk, second.pk]
    assert Lidmaatschap.objects.filter(user=huis.team, rol=Rol.SCHOOLTEAM).exists()
