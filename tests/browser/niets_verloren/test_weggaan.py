"""However a page goes, its words are saved, or the browser asks before they are lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.niets_verloren.places import (
    STAYS,
    TOELICHTING,
    WORDS,
    asked_by,
    close,
    never,
    offline,
    online,
    put,
    state,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


def test_a_tab_that_is_closed_right_after_the_last_key(page, go, huis, spot, arrives, questions):
    go(page, huis.team, spot.url)
    event = arrives(spot.value)

    spot.fill(page)
    close(page)

    assert event.wait(10)
    assert questions == []


def test_another_address_typed_right_after_the_last_key(
    page, go, huis, spot, arrives, questions, live_server
):
    go(page, huis.team, spot.url)
    event = arrives(spot.value)

    spot.fill(page)
    page.goto(f"{live_server.url}/toolbox/")

    assert event.wait(10)
    assert questions == []


@pytest.mark.parametrize("how", ["Volgende", "stip", "toets"])
def test_a_stop_that_is_left_at_once_sends_what_was_typed(page, go, huis, stop, arrives, how):
    """Without waiting for the moment after the last key, and whatever happens to the page then."""
    go(page, huis.team, stop.url)
    event, chosen = arrives(WORDS), arrives("deels")
    has_choice = page.locator("[data-stop] fieldset").count() > 0
    # No moment passes any more: what goes out, goes because the stop is left.
    page.clock.install()
    page.clock.pause_at("2030-01-01")

    stop.fill(page)
    if how == "toets":
        page.keyboard.press("Control+Enter")
        page.keyboard.press("2")
        page.keyboard.press("ArrowRight")
    elif how == "stip":
        page.locator("[data-stip='acties']").click()
    else:
        page.get_by_role("button", name="Volgende").click()

    assert event.wait(10)
    if how == "toets" and has_choice:
        assert chosen.wait(10)
    expect(stop.shown(page)).to_be_hidden()


@pytest.mark.parametrize("how", ["sluit", "Lijst"])
def test_a_stop_that_is_left_within_50_ms_and_the_page_too(page, go, huis, stop, arrives, how):
    go(page, huis.team, stop.url)
    event = arrives(WORDS)

    page.evaluate(
        """([naam, words, how]) => {
            const box = document.getElementsByName(naam)[0];
            box.focus();
            box.value = words;
            box.dispatchEvent(new Event("input", { bubbles: true }));
            setTimeout(() => {
                document.querySelector("[data-naar='1']").click();
                if (how === "Lijst") document.querySelector(".bespreek-knoppen a").click();
            }, 40);
        }""",
        [stop.naam, WORDS, how],
    )
    if how == "sluit":
        expect(stop.shown(page)).to_be_hidden()
        close(page)

    assert event.wait(10)


def test_a_talk_with_parents_asks_before_it_goes_and_sends_while_going(
    page, go, huis, parents, arrives, questions, live_server
):
    go(page, huis.medewerker, parents.url)
    event = arrives(parents.value)

    parents.fill(page)
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == ["beforeunload"]
    assert event.wait(10)


def test_a_talk_with_parents_that_can_not_be_sent_holds_the_page(page, go, huis, parents):
    go(page, huis.medewerker, parents.url)
    asked = asked_by(page, stay=True)
    offline(page)
    parents.fill(page)
    state(page, parents.naam, "wacht")

    page.evaluate("() => { location.href = '/toolbox/' }")
    expect(parents.shown(page)).to_have_value(WORDS)
    online(page)
    state(page, parents.naam, "bewaard")

    assert asked == ["beforeunload"]
    assert page.evaluate(STAYS) == 0


def test_who_stops_a_form_and_types_on_is_asked_as_ever(
    page, go, huis, parents, arrives, questions, live_server
):
    go(page, huis.medewerker, parents.url)
    page.evaluate(
        """() => {
            const form = document.querySelector("form[data-dossier]");
            form.addEventListener("submit", (event) => event.preventDefault());
            form.requestSubmit();
        }"""
    )
    event = arrives(parents.value)

    parents.fill(page)
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == ["beforeunload"]
    assert event.wait(10)


def test_a_saved_field_asks_nothing(page, go, huis, parents, questions, live_server):
    go(page, huis.medewerker, parents.url)
    parents.fill(page)
    state(page, parents.naam, "bewaard")

    page.goto(f"{live_server.url}/toolbox/")

    assert questions == []


def test_without_room_in_the_browser_the_page_asks_too(
    page, go, huis, goal, arrives, questions, live_server
):
    go(page, huis.team, goal)
    page.evaluate(
        """() => {
            const full = new DOMException("vol", "QuotaExceededError");
            Storage.prototype.setItem = () => { throw full; };
        }"""
    )
    event = arrives(WORDS)

    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == ["beforeunload"]
    assert event.wait(10)


@pytest.mark.parametrize(("letters", "asks"), [(18_000, []), (20_000, ["beforeunload"])])
def test_more_than_a_leaving_page_can_carry_is_asked_about(
    page, go, huis, goal, questions, live_server, letters, asks
):
    """Three fields that each hold so many letters, just under and just over 60 kB together."""
    go(page, huis.team, goal)
    page.route("**/preventieplan/f0-1/", never)

    for naam in (TOELICHTING, "antwoord-f0-1-v02-toelichting", "antwoord-f0-1-v03-toelichting"):
        put(page, naam, "a" * letters)
    page.wait_for_function(f"() => ({STAYS})() === 3")
    page.unroute_all()
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == asks
