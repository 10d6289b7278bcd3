"""Saving in a real browser: conflicts, a lost connection, drafts, a lost session."""

import pytest

from preventieplan.models import Antwoord

pytestmark = pytest.mark.django_db(transaction=True)

NAAM = "antwoord-f0-1-v01-toelichting"


@pytest.fixture
def goal_page(live_server, log_in, huis):
    def open_as(page, user):
        log_in(page, user)
        page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/")
        return page.locator(f"textarea[name='{NAAM}']")

    return open_as


def state(page, value):
    page.locator(f"[data-veld='{NAAM}'][data-staat='{value}']").wait_for()


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('concept:')).length")


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
    other.locator(f"#s_{NAAM} .veld-bewaard").wait_for()

    assert other.locator(f"textarea[name='{NAAM}']").input_value() == "van Tom\n\nvan An"
    assert kept() == "van Tom\n\nvan An"
    other.context.close()


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


def test_a_closed_browser_finds_its_draft_again(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    page.route(
        "**/preventieplan/f0-1/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
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
    page.route(
        "**/preventieplan/f0-1/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
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
    state(page, "fout")
    page.get_by_text("je bent uitgelogd").wait_for()
    assert drafts(page) == 1

    goal_page(page, huis.team)
    state(page, "bewaard")

    assert kept() == "getypt na het uitloggen"


def test_without_javascript_a_stale_token_gives_the_words_back(browser, live_server, log_in, huis):
    page = browser.new_context(locale="nl-BE", java_script_enabled=False).new_page()
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/")
    page.locator(f"textarea[name='{NAAM}']").fill("lang over nagedacht, een hele zin")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Bewaar alles").click()

    page.get_by_role("heading", name="Nog niet bewaard").wait_for()
    assert not Antwoord.objects.exists()
    page.get_by_role("button", name="Bewaar opnieuw").click()

    page.get_by_text("Alles is bewaard.").wait_for()
    assert kept() == "lang over nagedacht, een hele zin"
    page.context.close()


def test_two_keystrokes_in_a_row_are_no_conflict_with_oneself(page, goal_page, huis):
    veld = goal_page(page, huis.team)
    for text in ("een", "een twee", "een twee drie"):
        veld.fill(text)
        veld.blur()
    page.locator(f"#b_{NAAM}[value='3']").or_(page.locator(f"#b_{NAAM}[value='2']")).wait_for(
        state="attached"
    )
    state(page, "bewaard")

    assert kept() == "een twee drie"
