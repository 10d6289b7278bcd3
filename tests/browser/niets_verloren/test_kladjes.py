"""What the server does not have yet stays in this browser, for its own account alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import MAX_TEKST
from dossiers.velden.registry import find_veld
from preventieplan.models import Antwoord
from tests.browser.niets_verloren.places import (
    STAYS,
    TOELICHTING,
    WORDS,
    close,
    goal_in,
    offline,
    put,
    state,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def goal(huis):
    return goal_in("lijst", huis)


DRAFTS = "() => Object.keys(localStorage).filter((name) => name.startsWith('concept:'))"


def refuse_saves(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def lose_answers(route: Route) -> None:
    """The server gets what is sent, and the page never hears so."""
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def after_two_tabs(page: Page) -> Page:
    """A new page of who typed in two tabs without a connection, and closed both."""
    context, second = page.context, page.context.new_page()
    second.goto(page.url)
    context.set_offline(True)
    for tab, words in ((page, "Uit het eerste tabblad"), (second, "Uit het tweede tabblad")):
        tab.locator(f"[name='{TOELICHTING}']").fill(words)
    second.wait_for_function(f"() => ({STAYS})() === 2")
    for tab in (page, second):
        close(tab)
    context.set_offline(False)
    return context.new_page()


def test_a_closed_tab_without_a_connection_is_told_of_on_every_page(
    page, go, huis, spot, live_server
):
    go(page, huis.team, spot.url)
    offline(page)
    spot.fill(page)
    page.wait_for_function(f"() => ({STAYS})() === 1")
    context = page.context
    close(page)
    context.set_offline(False)

    other = context.new_page()
    other.goto(f"{live_server.url}/toolbox/")
    other.get_by_text("Nog niet verstuurd.").wait_for()
    other.get_by_text("Wat staat er?").click()
    expect(other.locator(".nog-te-versturen blockquote")).to_have_text(spot.value)
    other.locator(".nog-te-versturen a").click()
    state(other, spot.naam, "bewaard")

    assert other.evaluate(STAYS) == 0
    other.goto(f"{live_server.url}/toolbox/")
    expect(other.get_by_text("Nog niet verstuurd.")).to_have_count(0)


def test_what_waits_says_what_it_waits_for(page, go, huis, goal, live_server):
    """Only what was not refused goes by itself once its page is open."""
    go(page, huis.team, goal)
    found = find_veld(dossier=huis.dossier, naam=TOELICHTING)
    new_words = {"veld": found.veld, "waarde": "van An", "basis": 0, "door": huis.ankerfiguur}
    save_veld(record=found.record, **new_words)
    put(page, TOELICHTING, "van Tom")
    state(page, TOELICHTING, "conflict")
    longer, offline_one = (TOELICHTING.replace("v01", code) for code in ("v02", "v03"))
    put(page, longer, "a" * (MAX_TEKST + 1))
    state(page, longer, "fout")
    put(page, "nieuw-f0-1-wat", "Een kringgesprek")
    offline(page)
    put(page, offline_one, "zonder verbinding")
    page.wait_for_function(f"() => ({STAYS})() === 4")
    context = page.context
    close(page)
    context.set_offline(False)

    other = context.new_page()
    other.goto(f"{live_server.url}/toolbox/")
    lines = other.locator(".nog-te-versturen li")
    expect(lines).to_contain_text(
        [
            "Open de pagina en kies wat je houdt",
            "maak hem korter",
            "kies daar ‘Zet bij de acties’",
            "Open de pagina, dan gaat het vanzelf mee.",
        ]
    )
    assert "vanzelf" not in "".join(lines.all_inner_texts()[:3])
    assert ".," not in "".join(lines.all_inner_texts())


def test_a_new_action_that_was_refused_does_not_wait_for_the_page_it_stands_on(page, go, huis):
    go(page, huis.team, reverse("overzicht", args=[huis.dossier.pk]))
    new = page.locator(".nieuwe-actie").last
    new.locator("summary").click()
    new.locator("textarea").first.fill("Een kringgesprek")
    new.locator("textarea").first.evaluate(
        """(text) => {
            text.value += "\0"; // as some programs paste
            text.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.wait_for_function(f"() => ({STAYS})() === 1")
    before = page.evaluate(DRAFTS)
    # Some other button of the page, which sends all of it.
    page.locator("form.overzicht").evaluate("form => form.requestSubmit()")

    page.get_by_text("onzichtbaar teken").wait_for()
    # The draft goes on under the page that came back.
    page.wait_for_function(f"(before) => ({DRAFTS})()[0] !== before[0]", arg=before)
    expect(page.locator(".nog-te-versturen")).to_have_count(0)
    assert page.evaluate(STAYS) == 1
    assert not Actie.objects.exists()


def test_what_waits_can_be_thrown_away(page, go, huis, goal, live_server):
    go(page, huis.team, goal)
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.wait_for_function(f"() => ({STAYS})() === 1")
    context = page.context
    close(page)
    context.set_offline(False)

    other = context.new_page()
    other.goto(f"{live_server.url}/scholen/")
    other.get_by_text("Wat staat er?").click()
    other.get_by_role("button", name="Gooi het weg").click()
    expect(other.locator(".nog-te-versturen")).to_have_count(0)

    other.goto(live_server.url + goal)
    assert other.evaluate(STAYS) == 0
    assert not Antwoord.objects.exists()


def test_two_tabs_of_one_person_without_a_connection_both_come_back(
    page, go, huis, goal, live_server
):
    third = after_two_tabs(go(page, huis.team, goal))
    third.goto(live_server.url + goal)
    field = third.locator(f"[data-veld]:has(> #{TOELICHTING})")
    expect(field.get_by_role("textbox")).to_have_value("Uit het tweede tabblad")
    expect(field.locator("blockquote")).to_have_text("Uit het eerste tabblad")
    field.get_by_role("button", name="Zet het onder mijn tekst").click()
    state(third, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().toelichting == "Uit het tweede tabblad\n\nUit het eerste tabblad"
    assert third.evaluate(STAYS) == 0


def test_two_tabs_that_never_heard_that_their_words_arrived_leave_no_conflict(
    page, go, huis, goal, live_server
):
    context = page.context
    context.route("**/preventieplan/f0-1/**", lose_answers)
    second = context.new_page()
    words = ("Uit het eerste tabblad", "Uit het eerste tabblad, en uit het tweede")
    for tab, text in zip((go(page, huis.team, goal), second), words, strict=True):
        tab.goto(live_server.url + goal)
        tab.locator(f"[name='{TOELICHTING}']").fill(text)
        state(tab, TOELICHTING, "wacht")
    assert second.evaluate(STAYS) == 2
    for tab in (page, second):
        close(tab)
    context.unroute("**/preventieplan/f0-1/**")

    third = context.new_page()
    third.goto(live_server.url + goal)
    third.wait_for_function(f"() => ({STAYS})() === 0")

    expect(third.locator(f"[name='{TOELICHTING}']")).to_have_value(words[1])
    expect(third.get_by_text("bewaarde hier")).to_have_count(0)
    assert Antwoord.objects.get().toelichting == words[1]


def test_a_draft_in_conflict_stays_when_another_tab_of_the_same_person_saves(
    page, go, huis, goal, live_server
):
    context = go(page, huis.team, goal).context
    second = context.new_page()
    second.goto(live_server.url + goal)
    page.locator(f"[name='{TOELICHTING}']").fill("Eerst")
    state(page, TOELICHTING, "bewaard")
    second.locator(f"[name='{TOELICHTING}']").fill("Iets anders")
    state(second, TOELICHTING, "conflict")
    page.locator(f"[name='{TOELICHTING}']").fill("Eerst, en nog meer")
    state(page, TOELICHTING, "bewaard")
    close(second)

    third = context.new_page()
    third.goto(live_server.url + goal)
    state(third, TOELICHTING, "conflict")

    expect(third.locator(f"[name='{TOELICHTING}']")).to_have_value("Iets anders")
    assert Antwoord.objects.get().toelichting == "Eerst, en nog meer"


def test_a_tab_that_the_browser_stops_gives_its_words_back(page, go, huis, goal, live_server):
    """Without a word to the page, as when memory runs out."""
    context = go(page, huis.team, goal).context
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.wait_for_function(f"() => ({STAYS})() === 1")
    page.close()
    context.set_offline(False)

    other = context.new_page()
    other.goto(live_server.url + goal)
    state(other, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().toelichting == WORDS


def test_a_draft_on_a_shared_computer_is_readable_for_no_other_account(
    page, go, huis, goal, live_server, log_in_by_hand
):
    go(page, huis.team, goal)
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.wait_for_function(f"() => ({STAYS})() === 1")
    assert "poort" not in page.evaluate("JSON.stringify({...localStorage})")
    context = page.context
    close(page)
    context.set_offline(False)
    context.clear_cookies()

    other = log_in_by_hand(context.new_page(), huis.ankerfiguur)
    other.goto(live_server.url + goal)
    other.wait_for_load_state("networkidle")
    expect(other.locator(f"[name='{TOELICHTING}']")).to_have_value("")
    expect(other.get_by_text("Nog niet verstuurd.")).to_have_count(0)
    # Not even with the words of the vault itself: they are sealed with the key of another account.
    opened = other.evaluate(
        """async ([vault, user]) => {
            for (const [name, sealed] of Object.entries({...localStorage})) {
                localStorage.setItem(name.replace(/:[^:]+:/, `:${user}:`), sealed);
            }
            return (await (await import(vault)).all()).length;
        }""",
        [f"{live_server.url}/static/js/bewaren/vault.js", str(huis.ankerfiguur.pk)],
    )
    assert opened == 0

    context.clear_cookies()
    again = log_in_by_hand(context.new_page(), huis.team)
    again.goto(live_server.url + goal)
    state(again, TOELICHTING, "bewaard")


def test_an_older_draft_stays_until_the_browser_holds_the_words_it_was_put_under(
    page, go, huis, goal, live_server
):
    third = after_two_tabs(go(page, huis.team, goal))
    third.route("**/preventieplan/f0-1/", refuse_saves)
    third.goto(live_server.url + goal)
    field = third.locator(f"[data-veld]:has(> #{TOELICHTING})")
    field.get_by_role("button", name="Zet het onder mijn tekst").wait_for()
    third.evaluate(
        """() => {
            window.refused = 0;
            Storage.prototype.setItem = () => { window.refused += 1; throw Error("vol"); };
        }"""
    )
    field.get_by_role("button", name="Zet het onder mijn tekst").click()
    third.wait_for_function("() => window.refused >= 2")

    assert third.evaluate(STAYS) == 2
