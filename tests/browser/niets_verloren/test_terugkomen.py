"""A page that comes back, or goes on after a while, loses nothing and overwrites nobody."""

import pytest
from playwright.sync_api import expect

from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Inschaling
from tests.browser.niets_verloren.places import (
    SCORE,
    STAND,
    STAYS,
    TOELICHTING,
    WORDS,
    choice,
    goal_in,
    offline,
    online,
    state,
    text,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def goal(huis):
    return goal_in("bespreken", huis)


@pytest.mark.parametrize("kind", ["goal", "parents"])
def test_a_page_goes_on_by_itself_once_its_account_is_logged_in_again(
    page, go, huis, goal, kind, request, log_in_by_hand
):
    spot = text(goal, TOELICHTING) if kind == "goal" else request.getfixturevalue("parents")
    user = huis.team if kind == "goal" else huis.medewerker
    go(page, user, spot.url)
    page.context.clear_cookies()
    spot.fill(page)
    state(page, spot.naam, "wacht")
    page.get_by_text("je bent uitgelogd").wait_for()

    tab = page.context.new_page()
    log_in_by_hand(tab, user)
    tab.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    state(page, spot.naam, "bewaard")

    expect(spot.shown(page)).to_have_value(WORDS)


def test_the_page_says_so_when_somebody_else_logs_in_meanwhile(
    page, go, huis, goal, log_in_by_hand
):
    """Not only when somebody types on: its link leads to the page of the other one."""
    go(page, huis.team, goal)
    page.context.clear_cookies()
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.get_by_text("je bent uitgelogd").wait_for()

    log_in_by_hand(page.context.new_page(), huis.ankerfiguur)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    page.get_by_text("op deze computer is nu iemand anders ingelogd").wait_for()
    expect(page.get_by_role("link", name="Log opnieuw in")).to_have_count(0)


def test_a_page_sends_nothing_for_who_logged_in_after_its_account(
    page, go, huis, goal, log_in_by_hand
):
    go(page, huis.team, goal)
    page.context.clear_cookies()
    tab = page.context.new_page()
    log_in_by_hand(tab, huis.ankerfiguur)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.get_by_text("op deze computer is nu iemand anders ingelogd").wait_for()
    assert not Antwoord.objects.exists()

    tab.context.clear_cookies()
    log_in_by_hand(tab, huis.team)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    state(page, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().gewijzigd_door == huis.team


@pytest.mark.parametrize("naam", [TOELICHTING, STAND, SCORE], ids=["toelichting", "stand", "score"])
def test_back_shows_what_a_colleague_wrote_since(page, go, huis, goal, naam, live_server):
    values = {TOELICHTING: ("van Tom", "van An"), STAND: ("deels", "doen-we"), SCORE: ("4", "8")}
    mine, theirs = values[naam]
    spot = text(goal, naam, mine) if naam == TOELICHTING else choice(goal, naam, mine)
    go(page, huis.team, goal)
    spot.fill(page)
    state(page, naam, "bewaard")
    page.goto(f"{live_server.url}/toolbox/")
    record = (Inschaling if naam == SCORE else Antwoord).objects.get()
    veld = naam.rpartition("-")[2]
    waarde = int(theirs) if naam == SCORE else theirs
    save_veld(record=record, veld=veld, waarde=waarde, basis=1, door=huis.ankerfiguur)

    page.go_back()

    shown = page.evaluate(
        f"""() => {{
            const inputs = [...document.getElementsByName('{naam}')];
            return (inputs.find((input) => input.checked) ?? inputs[0]).value;
        }}"""
    )
    assert shown == theirs


def test_a_page_that_comes_back_as_it_was_saves_what_it_had(page, go, huis, goal):
    """Out of the browser's memory, as Back does in some: the page itself never went."""
    go(page, huis.team, goal)
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    state(page, TOELICHTING, "bezig")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    online(page)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    state(page, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().toelichting == WORDS


def test_a_new_action_is_made_once_whatever_back_does(page, go, huis, goal, live_server):
    go(page, huis.team, goal.replace("stop=f0-1-v01", "stop=acties"))
    new = page.locator(".actie-los")
    if new.get_attribute("open") is None:  # in bespreken a goal without actions begins with it
        new.locator("summary").click()
    new.get_by_label("Wat gaan jullie doen?").fill("Een kringgesprek")
    new.get_by_role("button", name="Zet bij de acties").click()
    expect(page.locator(".actielijn summary")).to_be_focused()
    assert page.evaluate(STAYS) == 0

    page.goto(f"{live_server.url}/toolbox/")
    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(new.locator("textarea").first).to_have_value("")
    page.go_forward()
    page.wait_for_load_state("networkidle")

    assert Actie.objects.count() == 1
    assert page.evaluate(STAYS) == 0


def test_a_page_from_before_a_backup_does_not_write_over_a_colleague(page, go, huis, goal):
    go(page, huis.team, goal)
    for number in range(3):
        page.locator(f"[name='{TOELICHTING}']").fill(f"van Tom {number}")
        page.locator(f"[name='{TOELICHTING}_basis'][value='{number + 1}']").wait_for(
            state="attached"
        )
    # The backup of before is put back, and a colleague goes on from there.
    antwoord = Antwoord.objects.get()
    antwoord.history().filter(revisie__gt=1).delete()
    Antwoord.objects.update(toelichting="van Tom 0", toelichting_revisie=1)
    antwoord.refresh_from_db()
    save_veld(record=antwoord, veld="toelichting", waarde="van An", basis=1, door=huis.ankerfiguur)

    page.locator(f"[name='{TOELICHTING}']").fill("van Tom, verder")
    state(page, TOELICHTING, "conflict")

    assert Antwoord.objects.get().toelichting == "van An"
    page.get_by_text("bewaarde hier intussen iets anders").wait_for()
