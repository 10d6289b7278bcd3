"""One evening of scoring in silence: a guide, a beamer and five phones, up to the routekaart."""

import re

import pytest
from playwright.sync_api import Route

from preventieplan.inschalen.models import Ronde
from preventieplan.models import Inschaling
from tests.preventieplan.inschalen.rondes import opened

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def telephone(browser, link, **options):
    page = browser.new_context(locale="nl-BE", viewport=PHONE, **options).new_page()
    page.set_default_timeout(20_000)
    page.goto(link)
    return page


def gives(phone, score, zin=""):
    phone.get_by_role("radio", name=str(score), exact=True).check(force=True)
    phone.get_by_label("Waarom?").fill(zin)
    phone.get_by_role("button", name="Geef mijn score").click()


def test_an_evening_with_five_phones(
    page, browser, live_server, log_in, check, console, huis, settings
):
    settings.SITE_URL = live_server.url
    log_in(page, huis.ankerfiguur)
    goal = f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/"
    page.goto(f"{goal}?weergave=bespreken&stop=score")
    page.get_by_role("link", name="Scoor eerst elk apart").click()
    check("opening a round")
    page.get_by_label("op hun telefoon").fill("5")
    page.get_by_role("button", name="Open de ronde").click()
    page.get_by_text("Nog bezig").wait_for()
    assert page.locator(".qr svg").bounding_box()["width"] > 200
    check("a round on the beamer")
    letters = page.locator(".ronde-letters").inner_text()
    beamer = page.url

    # The first types the code; the second has no JavaScript and forgets to choose.
    first = telephone(browser, f"{live_server.url}/s/")
    first.get_by_label("De code op het scherm").fill(letters.lower())
    first.get_by_role("button", name="Ga verder").click()
    gives(first, 3, "Op de gang ken ik niemand.")
    first.get_by_text("Je score is binnen").wait_for()
    link = first.url
    second = telephone(browser, link, java_script_enabled=False)
    second.get_by_label("Waarom?").fill("De onthaalweek werkt.")
    second.get_by_role("button", name="Geef mijn score").click()
    second.get_by_text("Kies een score van 0 tot 10").first.wait_for()
    assert second.get_by_label("Waarom?").input_value() == "De onthaalweek werkt."
    gives(second, 6, "De onthaalweek werkt.")
    second.get_by_text("Je score is binnen").wait_for()
    # The third goes by keyboard.
    third = telephone(browser, link)
    third.locator(".stap input").first.focus()
    for _ in range(6):
        third.keyboard.press("ArrowRight")
    third.get_by_role("button", name="Geef mijn score").press("Enter")
    third.get_by_text("Je score is binnen").wait_for()
    # The fourth sleeps while the others score.
    fourth = telephone(browser, link)
    gives(fourth, 7)
    fourth.get_by_text("Je score is binnen").wait_for()
    fourth.context.set_offline(True)
    assert page.get_by_text("Nog bezig").is_visible()
    fifth = telephone(browser, link)
    gives(fifth, 8)
    fifth.get_by_text("Je score is binnen").wait_for()

    # The beamer follows by itself.
    page.get_by_text("Iedereen klaar.").wait_for()
    assert page.url == beamer
    page.get_by_role("button", name="Toon de scores").click()
    page.get_by_text("Jullie scores liggen uit elkaar").wait_for()
    page.get_by_text("1 gaf een 3, 2 gaven een 6, 1 gaf een 7, 1 gaf een 8").wait_for()
    page.get_by_text("De onthaalweek werkt.").wait_for()
    assert page.locator(".spreiding circle").count() == 5
    check("how the scores lie")
    first.get_by_text("Kijk naar het scherm").wait_for()
    fourth.context.set_offline(False)
    fourth.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    fourth.get_by_text("Kijk naar het scherm").wait_for()
    assert not re.search(r"Op de gang|midden", fourth.locator("main").inner_text())

    page.get_by_role("radio", name="6", exact=True).check(force=True)
    page.locator("[data-veld]:has(> [id$='-score'])[data-staat='bewaard']").wait_for()
    page.get_by_role("button", name="Zet op plan en routekaart").click()
    page.get_by_text("staat op plan en routekaart").wait_for()
    assert Inschaling.objects.get().score == 6
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/routekaart/")
    page.get_by_text("5 scores, van 3 tot 8, midden 6").wait_for()
    assert not console


def test_a_second_round_finds_the_phones_by_itself(
    page, browser, live_server, log_in, check, huis, settings
):
    settings.SITE_URL = live_server.url
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/inschalen/?doel=f0-1")
    page.get_by_label("op hun telefoon").fill("4")
    page.get_by_role("button", name="Open de ronde").click()
    page.get_by_text("Nog bezig").wait_for()
    link = f"{live_server.url}/s/{Ronde.objects.get().code}/"
    phones = [telephone(browser, link) for _ in range(4)]
    for score, phone in enumerate(phones):
        gives(phone, score)
    page.get_by_text("Iedereen klaar.").wait_for()
    page.get_by_role("button", name="Toon de scores").click()
    page.get_by_text("Tweede ronde", exact=True).click()
    page.get_by_role("button", name="Open de tweede ronde").click()
    page.get_by_text("Nog bezig").wait_for()

    for phone in phones:
        gives(phone, 5)

    page.get_by_text("Iedereen klaar.").wait_for()
    page.get_by_role("button", name="Toon de scores").click()
    page.get_by_text("4 gaven een 5").wait_for()
    check("the spread of a second round")


def test_a_phone_that_asked_twice_loads_once(page, live_server, console, huis):
    """It woke up while its first question was on the way."""
    ronde = opened(huis.dossier, huis.team)
    here, state = f"{live_server.url}/s/{ronde.code}/", "**/stand/"
    page.goto(here)
    gives(page, 3)
    page.get_by_text("Je score is binnen").wait_for()
    asked: list[Route] = []
    loads: list[Route] = []
    # Playwright marks its handlers, and a method of a list takes no mark.
    page.route(state, lambda route: asked.append(route))  # noqa: PLW0108
    page.route(here, lambda route: loads.append(route))  # noqa: PLW0108
    for _ in range(2):
        with page.expect_request(state):
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    # The second answer comes while the page is being loaded for the first.
    with page.expect_request(here):
        asked[0].fulfill(body="voorbij")
    with page.expect_event("requestfinished"):
        asked[1].fulfill(body="voorbij")
    with page.expect_navigation():
        loads[0].continue_()

    assert len(loads) == 1
    assert not console


def test_the_phone_is_as_accessible_as_the_screen(page, live_server, check, huis, settings):
    settings.SITE_URL = live_server.url
    page.goto(f"{live_server.url}/s/")
    check("typing a code")
    page.goto(f"{live_server.url}/s/BCDFGH/")
    check("a code that is wrong")
    ronde = opened(huis.dossier, huis.team, "f0-1", "f1-1")
    page.goto(f"{live_server.url}/s/{ronde.code}/")
    check("two goals to score")
    page.get_by_role("button", name="Geef mijn score").click()
    page.get_by_text("Er is nog niets verstuurd").wait_for()
    check("a score that is missing")
    for goal in page.locator(".stappen").all():
        goal.get_by_role("radio", name="7", exact=True).check(force=True)
    page.get_by_role("button", name="Geef mijn score").click()
    page.get_by_text("Je score is binnen").wait_for()
    check("a score that came")
