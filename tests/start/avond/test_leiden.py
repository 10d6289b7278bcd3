"""While an evening goes on, one screen says what now, how long still, and what next."""

from http import HTTPStatus
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.velden import weergave
from preventieplan.models import Doelstelling
from start.avond.domain.avonden import (
    AvondVoorbij,
    end_avond,
    go_on,
    note_aanwezig,
    open_avond,
)
from start.avond.models import Agendapunt, Avond
from start.avond.queries.punten import Point
from stsdialoog.seen import mark_of
from tests.client import Browser
from tests.pages import whole_form
from tests.start.avond.avonden import (
    DOEL,
    TWEEDE,
    agreed_last_month,
    begun,
    earlier,
    minutes,
    page,
    prepared,
)

pytestmark = pytest.mark.django_db

LEADS = weergave.secure_only(weergave.LEADS_COOKIE)


def goal(dossier, code=DOEL) -> str:
    return reverse("doelstelling", args=[dossier.pk, code]) + "?weergave=bespreken&stop="


def bar(dossier) -> str:
    return reverse("avond-nu", args=[dossier.pk])


def asks(browser: Browser, dossier, query: str = "") -> Any:
    """What the bar gets."""
    return browser.get(f"{bar(dossier)}{query}", headers={"HX-Request": "true"})


def now_at(dossier) -> str:
    return [one for one in open_avond(dossier).punten.all() if one.begonnen_op][-1].doel


def test_an_evening_from_its_first_promise_to_its_minutes(als, an, dossier):
    actie = create_actie(dossier=dossier, wat="Een onthaal op maandag", wie="Bart", door=an)
    agreed_last_month(actie)
    prepared(dossier)
    browser = als(an)
    ready = browser.get(page(dossier)).text
    assert "Nu wacht er 1 afspraak op een blik terug" in ready

    leads = browser.post(page(dossier), {"knop": "begin"}, follow=True)

    assert "Wat spraken jullie vorige keer af" in leads.text
    assert "Een onthaal op maandag" in leads.text
    assert reverse("check", args=[dossier.pk, actie.pk]) in leads.text
    assert Logregel.objects.filter(handeling="avond-begonnen", dossier_id=dossier.pk).count() == 1

    # On to each goal, with the bar above it.
    for code in (DOEL, TWEEDE):
        onward = browser.post(page(dossier), whole_form(leads.text) | {"knop": "verder"})
        assert onward.url == goal(dossier, code)
        assert bar(dossier) in browser.get(onward.url).text
        leads = browser.get(page(dossier))
    assert 'value="verder"' not in leads.text

    ended = browser.post(page(dossier), whole_form(leads.text) | {"knop": "rond-af"})
    avond = Avond.objects.get()
    assert ended.url == minutes(avond)
    assert avond.is_beeindigd
    assert bar(dossier) not in browser.get(goal(dossier)).text
    assert minutes(avond) in browser.get(page(dossier)).text


def test_without_open_promises_an_evening_begins_with_its_first_goal(als, tom, dossier):
    today = create_actie(
        dossier=dossier, wat="Vandaag pas afgesproken", check_op=timezone.localdate(), door=tom
    )
    done = create_actie(dossier=dossier, wat="Al gedaan", door=tom)
    agreed_last_month(done, stand="klaar")
    later = create_actie(dossier=dossier, wat="Pas later", door=tom)
    agreed_last_month(later, wanneer_op=None)
    prepared(dossier)

    leads = als(tom).post(page(dossier), {"knop": "begin"}, follow=True)

    assert now_at(dossier) == DOEL
    assert "vorige keer" not in leads.text
    assert today.wat not in leads.text


def test_an_evening_is_not_ended_by_one_slip_while_something_is_left(als, tom, dossier):
    avond = begun(dossier, tom)
    first = als(tom).get(page(dossier)).text
    go_on(avond=avond, punt=avond.punten.get(doel=DOEL).pk)
    last = als(tom).get(page(dossier)).text

    assert "<summary>Stop hier</summary>" in first
    assert "Stop hier" not in last
    assert 'value="rond-af"' in first
    assert 'value="rond-af"' in last


def test_two_who_go_on_at_once_skip_no_point(dossier, tom):
    avond = begun(dossier, tom)
    first = avond.punten.get(doel=DOEL)

    go_on(avond=avond, punt=first.pk)
    go_on(avond=avond, punt=first.pk)

    assert now_at(dossier) == TWEEDE
    assert go_on(avond=avond, punt=avond.punten.get(doel=TWEEDE).pk) is None
    end_avond(avond=avond)
    with pytest.raises(AvondVoorbij):
        go_on(avond=avond, punt=first.pk)


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        (0, "nog 20 min"),
        (18.5, "nog 2 min"),
        (19.5, "nog geen minuut meer"),
        (25, "5 min over tijd"),
    ],
)
def test_the_clock_says_how_long_still(als, tom, dossier, gone, says):
    earlier(begun(dossier, tom), seconds=int(gone * 60))

    assert says in asks(als(tom), dossier).text


def test_the_bar_is_only_on_a_device_that_leads_and_asks_apart(
    als, tom, dossier, django_assert_num_queries
):
    avond = begun(dossier, tom)
    browser = als(tom)
    assert bar(dossier) not in browser.get(goal(dossier)).text

    browser.get(page(dossier))
    kept = browser.cookies[LEADS]
    assert kept["path"] == reverse("dossier", args=[dossier.pk])
    assert kept["httponly"]
    assert bar(dossier) in browser.get(goal(dossier)).text
    with django_assert_num_queries(5):
        now = asks(browser, dossier).text
    assert browser.get(bar(dossier)).url == page(dossier)
    assert "data-avond" in now
    assert "<html" not in now

    # The screen itself loads again when somebody else went on.
    here = avond.punten.get(doel=DOEL).pk
    assert "HX-Refresh" not in asks(browser, dossier, f"?punt={here}").headers
    assert asks(browser, dossier, f"?punt={here + 1}").headers["HX-Refresh"] == "true"

    end_avond(avond=avond)
    assert asks(browser, dossier, f"?punt={here}").headers["HX-Refresh"] == "true"
    gone = asks(browser, dossier)
    # What tells htmx to ask no more.
    assert (gone.status_code, gone.content) == (286, b"")
    assert browser.cookies[LEADS].value == ""


def test_who_logs_in_later_on_that_device_and_reads_along_has_no_bar(als, huis, dossier):
    begun(dossier, huis.team)
    browser = als(huis.lezer)
    browser.cookies[LEADS] = "1"
    here = goal(dossier)

    assert bar(dossier) not in browser.get(here).text
    # It would have been refused there, and that is in the log.
    assert asks(browser, dossier).status_code == HTTPStatus.FORBIDDEN
    team = als(huis.team)
    team.cookies[LEADS] = "1"
    assert bar(dossier) in team.get(here).text
    close_dossier(dossier=dossier, door=huis.ankerfiguur)
    assert bar(dossier) not in team.get(here).text


def test_an_evening_that_nobody_ended_is_over_after_a_day(als, tom, dossier):
    avond = begun(dossier, tom)
    earlier(avond, hours=23)
    assert "Nu" in als(tom).get(page(dossier)).text
    earlier(avond, hours=1)

    over = als(tom).get(page(dossier)).text
    assert "Deze avond is voorbij." in over
    assert avond.code not in over
    with pytest.raises(AvondVoorbij):
        go_on(avond=avond, punt=avond.punten.get(doel=DOEL).pk)
    als(tom).post(page(dossier), whole_form(over) | {"knop": "rond-af"})
    avond.refresh_from_db()
    assert avond.beeindigd_op == avond.laatste


def test_a_button_of_a_page_from_before_changes_nothing(als, tom, dossier):
    browser = als(tom)
    for knop in ("begin", "verder", "rond-af"):
        answer = browser.post(page(dossier), {"knop": knop, "punt": "x"}, follow=True)
        assert "kijk na wat er nu staat" in answer.text
    avond = begun(dossier, tom)
    browser.post(page(dossier), {"knop": "verder", "punt": "x"})
    browser.post(page(dossier), {"knop": "begin"})
    assert now_at(dossier) == DOEL
    assert Avond.objects.get().begonnen_op == avond.begonnen_op


def test_a_page_of_the_evening_before_does_not_end_this_one(als, an, tom, dossier):
    begun(dossier, tom)
    before = whole_form(als(tom).get(page(dossier)).text)
    als(an).post(page(dossier), before | {"knop": "rond-af"})
    now = begun(dossier, an)

    browser = als(tom)
    browser.get(page(dossier))
    answer = browser.post(page(dossier), before | {"knop": "rond-af"})

    assert answer.url != minutes(now)
    now.refresh_from_db()
    assert not now.is_beeindigd
    # It leads on.
    assert bar(dossier) in browser.get(goal(dossier)).text


def test_two_who_end_it_both_read_the_minutes(als, an, tom, dossier):
    avond = begun(dossier, tom)
    browser = als(tom)
    seen = whole_form(browser.get(page(dossier)).text)
    als(an).post(page(dossier), seen | {"knop": "rond-af"})
    avond.refresh_from_db()
    ended = avond.beeindigd_op

    answer = browser.post(page(dossier), seen | {"knop": "rond-af"}, follow=True)

    assert answer.redirect_chain[-1][0] == minutes(avond)
    assert "kijk na wat er nu staat" not in answer.text
    avond.refresh_from_db()
    assert avond.beeindigd_op == ended
    assert bar(dossier) not in browser.get(goal(dossier)).text


def test_what_was_removed_meanwhile_is_neither_ended_nor_noted_in(dossier, tom):
    avond = begun(dossier, tom)
    Avond.objects.filter(pk=avond.pk).delete()

    with pytest.raises(AvondVoorbij):
        end_avond(avond=avond)
    with pytest.raises(AvondVoorbij):
        note_aanwezig(avond=avond, seen=mark_of(""), aanwezig="zes leerkrachten")


def test_a_closed_dossier_has_no_evening_that_goes_on(als, an, tom, dossier):
    avond = begun(dossier, tom)
    close_dossier(dossier=dossier, door=an)

    read = als(tom).get(page(dossier))

    assert "Deze avond is voorbij." in read.text
    assert 'name="knop"' not in read.text
    assert asks(als(tom), dossier).status_code == 286
    answer = als(tom).post(page(dossier), {"knop": "rond-af"})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert als(tom).get(minutes(avond)).status_code == HTTPStatus.OK


def test_a_goal_that_the_plan_dropped_leads_to_the_plan(dossier, doel):
    punt = Agendapunt(doel=doel.code, minuten=20)
    gone = Doelstelling(code=doel.code)

    assert "/f0-1/" in Point(punt, dossier, doel=doel).url
    assert Point(punt, dossier, doel=gone).url == reverse("preventieplan", args=[dossier.pk])
