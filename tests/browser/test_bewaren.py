"""Saving in a real browser: conflicts, a lost connection, drafts, a lost session."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Inschaling
from tests.browser.niets_verloren.places import STAYS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

NAAM = "antwoord-f0-1-v01-toelichting"
# The list, with its first question open.
OPEN = "?weergave=lijst&stop=f0-1-v01"


@pytest.fixture
def goal_page(live_server, log_in, huis):
    def open_as(page, user):
        log_in(page, user)
        page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/{OPEN}")
        return page.locator(f"textarea[name='{NAAM}']")

    return open_as


def state(page, value):
    page.locator(f"[data-veld]:has(> #{NAAM})[data-staat='{value}']").wait_for()


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('concept:')).length")


def focused(page):
    return page.evaluate("document.activeElement.name")


def refuse_posts(page, **answer):
    """From here on every save fails: with no response, or with the given one."""
    page.route(
        "**/preventieplan/f0-1/",
        lambda route: (
            route.continue_()
            if route.request.method != "POST"
            else route.fulfill(**answer)
            if answer
            else route.abort()
        ),
    )


def saved_but_unheard(route):
    """The server processes the save, but the response never reaches the browser."""
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def saved_but_broken(route):
    """The server processes the page, but an intermediary sends another response."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
        route.request.frame.page.context.clear_cookies(name="bewaard")
        route.fulfill(status=502, body="stuk")
    else:
        route.continue_()


def kept():
    return Antwoord.objects.get().toelichting


def test_two_browsers_in_one_field_and_the_texts_are_merged(page, browser, goal_page, huis):
    of_tom = goal_page(page, huis.team)
    other = browser.new_context(locale="nl-BE").new_page()
    of_an = goal_page(other, huis.ankerfiguur)
    of_tom.fill("van Tom")
    state(page, "bewaard")

    of_an.fill("van An")
    state(other, "conflict")
    other.get_by_text("Tom bewaarde hier intussen iets anders").wait_for()
    assert of_an.input_value() == "van An"
    other.get_by_role("button", name="Beide, onder elkaar").click()
    other.locator(f"[data-veld]:has(> #{NAAM}) .veld-bewaard").wait_for()
    # The button is gone, so keyboard focus moves to the field.
    assert focused(other) == NAAM

    assert other.locator(f"textarea[name='{NAAM}']").input_value() == "van Tom\n\nvan An"
    assert kept() == "van Tom\n\nvan An"
    other.context.close()


def test_what_the_page_says_of_a_long_text_stays_in_sight(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    veld.fill("Een zin over de poort. " * 90)
    veld.press("Control+End")
    page.locator(f"[data-veld]:has(> #{NAAM}) .veld-bewaard").wait_for()

    expect(page.locator(f"[data-veld]:has(> #{NAAM}) .veld-status")).to_be_in_viewport(ratio=1)
    height = page.viewport_size["height"]
    assert 0.5 * height < veld.bounding_box()["height"] < 0.61 * height


def test_a_dropped_connection_keeps_a_draft_and_sends_it_later(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    page.context.set_offline(True)
    veld.fill("getypt in de vergaderzaal zonder wifi")
    state(page, "wacht")
    page.get_by_text("Nog niet bewaard: geen verbinding.").wait_for()
    assert drafts(page) == 1
    assert not Antwoord.objects.exists()

    page.context.set_offline(False)
    state(page, "bewaard")

    assert kept() == "getypt in de vergaderzaal zonder wifi"
    assert drafts(page) == 0


def test_a_field_that_was_saved_after_all_is_not_sent_again(page, goal_page, huis):
    text = goal_page(page, huis.team)
    refuse_posts(page)
    text.fill("Zonder verbinding")
    state(page, "wacht")
    page.unroute_all()
    text.fill("Met verbinding")
    state(page, "bewaard")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or ""))

    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.locator(".score-7").click()
    page.locator("[data-veld]:has(> #inschaling-f0-1-score)[data-staat='bewaard']").wait_for()

    assert any("inschaling-f0-1-score" in one for one in sent)
    assert not any(f"veld={NAAM}" in one for one in sent)


def test_what_is_chosen_and_typed_before_the_script_is_there_is_saved_too(
    page, goal_page, huis, live_server
):
    goal_page(page, huis.team)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/js/bewaren/start.js", hold)
    page.goto(
        f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/{OPEN}",
        wait_until="commit",
    )

    page.locator("#vraag-f0-1-v01").get_by_role("radio", name="deels").check()
    page.locator(f"textarea[name='{NAAM}']").fill("Vlugger dan het script.")
    for route in held:
        route.continue_()

    state(page, "bewaard")
    page.locator("[data-veld]:has(> #antwoord-f0-1-v01-stand)[data-staat='bewaard']").wait_for()
    antwoord = Antwoord.objects.get()
    assert (antwoord.stand, antwoord.toelichting) == ("deels", "Vlugger dan het script.")


def test_a_closed_browser_finds_its_draft_again(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    refuse_posts(page)
    veld.fill("nog niet verstuurd")
    state(page, "wacht")
    page.unroute_all()

    page.reload()
    state(page, "bewaard")

    assert kept() == "nog niet verstuurd"


def test_a_draft_that_comes_back_late_meets_newer_words_as_a_conflict(
    page, browser, goal_page, huis
):
    veld = goal_page(page, huis.team)
    refuse_posts(page)
    veld.fill("van Tom, offline")
    state(page, "wacht")
    other = browser.new_context(locale="nl-BE").new_page()
    goal_page(other, huis.ankerfiguur).fill("van An, intussen")
    state(other, "bewaard")
    page.unroute_all()

    page.reload()
    state(page, "conflict")

    assert page.locator(f"textarea[name='{NAAM}']").input_value() == "van Tom, offline"
    assert kept() == "van An, intussen"
    other.context.close()


def test_who_was_logged_out_while_typing_keeps_the_words(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    page.context.clear_cookies(name="sessionid")
    veld.fill("getypt na het uitloggen")
    state(page, "wacht")
    page.get_by_text("je bent uitgelogd").wait_for()
    assert drafts(page) == 1

    goal_page(page, huis.team)
    state(page, "bewaard")

    assert kept() == "getypt na het uitloggen"


def test_without_javascript_a_stale_token_gives_the_words_back(browser, live_server, log_in, huis):
    page = browser.new_context(locale="nl-BE", java_script_enabled=False).new_page()
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/{OPEN}")
    page.locator(f"textarea[name='{NAAM}']").fill("lang over nagedacht, een hele zin")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Bewaar alles").click()

    page.get_by_role("heading", name="Nog niet verstuurd").wait_for()
    assert not Antwoord.objects.exists()
    page.get_by_role("button", name="Verstuur opnieuw").click()

    page.get_by_text("Alles is bewaard.").wait_for()
    assert kept() == "lang over nagedacht, een hele zin"
    page.context.close()


def test_an_answer_that_got_lost_is_no_conflict_with_oneself(page, goal_page, huis):
    """On a weak network the server has the text, but the browser does not know."""
    veld = goal_page(page, huis.team)
    page.route("**/preventieplan/f0-1/", saved_but_unheard)
    veld.fill("een zin")
    state(page, "wacht")
    assert kept() == "een zin"
    page.unroute_all()

    veld.fill("een zin, en nog een")
    state(page, "bewaard")
    assert kept() == "een zin, en nog een"


def test_a_page_left_during_a_slow_save_comes_back_without_a_conflict(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    page.route("**/preventieplan/f0-1/", saved_but_unheard)
    veld.fill("een zin")
    state(page, "wacht")
    veld.press_sequentially(", en nog een")
    page.unroute_all()
    page.reload()
    state(page, "bewaard")

    assert kept() == "een zin, en nog een"


def test_no_page_carries_the_debug_script_that_wipes_it(page, goal_page, huis):
    goal_page(page, huis.team)

    assert page.locator("script[data-debug]").count() == 0


def test_two_keystrokes_in_a_row_are_no_conflict_with_oneself(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    for text in ("een", "een twee", "een twee drie"):
        veld.fill(text)
        veld.blur()
    page.locator(f"[name='{NAAM}_basis'][value='3']").or_(
        page.locator(f"[name='{NAAM}_basis'][value='2']")
    ).wait_for(state="attached")
    state(page, "bewaard")

    assert kept() == "een twee drie"


def test_a_mistake_of_the_server_is_not_called_a_lost_connection(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    refuse_posts(page, status=500, body="stuk")
    veld.fill("terwijl er iets stuk was")
    page.get_by_text("Nog niet bewaard: er liep iets mis bij ons. Je tekst blijft").wait_for()
    assert drafts(page) == 1
    page.unroute_all()

    page.evaluate("window.dispatchEvent(new Event('online'))")
    state(page, "bewaard")

    assert kept() == "terwijl er iets stuk was"


def test_who_follows_a_link_right_after_typing_loses_nothing(page, goal_page, huis):
    goal_page(page, huis.team).fill("nog snel getypt")
    page.get_by_role("link", name="Mijn scholen").click()
    page.wait_for_url(lambda url: "preventieplan" not in url)

    page.go_back()
    expect(page.locator(f"[name='{NAAM}']")).to_have_value("nog snel getypt")

    assert kept() == "nog snel getypt"
    page.wait_for_function(f"() => ({STAYS})() === 0")


def test_a_new_action_survives_a_reload_and_a_submit_without_answer(page, goal_page, huis):
    goal_page(page, huis.team)
    nieuw = page.locator(".actie-los")
    nieuw.locator("summary").click()
    nieuw.get_by_label("Wat gaan jullie doen?").fill("Kringgesprek\nelke maandag")
    nieuw.get_by_label("Wie").fill("klastitularissen")
    page.wait_for_function("() => Object.keys(localStorage).some(k => k.startsWith('concept:'))")
    page.reload()
    expect(nieuw.get_by_label("Wie")).to_have_value("klastitularissen")

    refuse_posts(page, status=500, body="stuk")
    nieuw.get_by_role("button", name="Zet bij de acties").click()
    nieuw.get_by_text("Nog niet gemaakt: er liep iets mis bij ons.").wait_for()
    page.unroute_all()
    page.goto(page.url)
    expect(nieuw.get_by_label("Wat gaan jullie doen?")).to_be_visible()
    nieuw.get_by_role("button", name="Zet bij de acties").click()
    expect(page.locator(".actielijn summary")).to_be_focused()

    assert Actie.objects.get().wat == "Kringgesprek\nelke maandag"
    assert drafts(page) == 0
    assert nieuw.locator("textarea").first.input_value() == ""


def test_a_new_action_of_which_the_answer_got_lost_is_not_made_twice(page, goal_page, huis):
    goal_page(page, huis.team)
    nieuw = page.locator(".actie-los")
    nieuw.locator("summary").click()
    nieuw.get_by_label("Wat gaan jullie doen?").fill("Kringgesprek\nelke maandag")
    page.route("**/preventieplan/f0-1/", saved_but_broken)
    nieuw.get_by_role("button", name="Zet bij de acties").click()
    nieuw.get_by_text("Nog niet gemaakt").wait_for()
    # A colleague edits it, so that the page no longer shows the text of the draft.
    Actie.objects.update(wat="Elke maandag een kringgesprek")
    page.unroute_all()

    page.goto(page.url)
    nieuw.get_by_role("button", name="Zet bij de acties").click()
    expect(page.locator(".actielijn summary").first).to_be_focused()

    assert Actie.objects.get().wat == "Elke maandag een kringgesprek"
    assert drafts(page) == 0


def test_a_repaired_mistake_is_no_longer_told(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    veld.fill("x" * 20_001)
    state(page, "fout")
    wrong = page.locator(f"#{NAAM}[aria-invalid='true']")
    wrong.and_(page.locator(f"[aria-describedby='{NAAM}_error']")).wait_for()

    veld.fill("korter")
    page.locator(f"#{NAAM}:not([aria-invalid], [aria-describedby])").wait_for()

    assert kept() == "korter"


def test_a_slow_ten_is_one_score_and_the_course_stays_unfolded(page, goal_page, huis, doel):
    inschaling = Inschaling(dossier=huis.dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=5, basis=0, door=huis.team)
    inschaling.history().update(op=timezone.now() - timedelta(days=40))
    goal_page(page, huis.team)
    saved = page.locator("[data-veld]:has(> #inschaling-f0-1-score)[data-staat='bewaard']")
    for score in ("7", "8"):
        page.locator(f".score-{score}").click()
        saved.wait_for()
    page.get_by_text("Zo evolueerde onze score").click()

    page.locator(".score-8 input").focus()
    page.keyboard.press("1")
    page.wait_for_timeout(550)
    page.keyboard.press("0")
    drawn = re.compile("naar 10 op")
    page.locator(".verloop[open]").get_by_role("img", name=drawn).wait_for()

    rows = Inschaling.objects.get().history().filter(veld="score").order_by("revisie")
    assert [row.waarde for row in rows] == ["5", "7", "8", "10"]


def test_the_menu_under_ones_name_closes(page, goal_page, huis):
    goal_page(page, huis.team)
    menu, name = page.locator("details.ik"), page.locator("details.ik summary")
    name.click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"

    name.press("Enter")
    menu.get_by_role("button", name="Uitloggen").focus()
    page.keyboard.press("Tab")

    assert menu.get_attribute("open") is None
