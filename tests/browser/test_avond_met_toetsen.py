"""A whole evening with keys alone, from the dossier to the mail; also without a script."""

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from preventieplan.models import Antwoord
from start.avond.models import Avond
from tests.browser.niets_verloren.places import state

pytestmark = pytest.mark.django_db(transaction=True)

GEZEGD = "Iedereen aan de poort kent elke leerling."
FURTHEST = 90  # keys from one place to the next


def reach(page: Page, place: Locator, key: str = "Tab") -> None:
    """Go there with one key; what one is at can be seen."""
    place.wait_for()
    for _ in range(FURTHEST):
        if place.evaluate("el => el === document.activeElement"):
            break
        page.keyboard.press(key)
    expect(place).to_be_focused()
    ring = place.evaluate(
        "el => [getComputedStyle(el).outlineStyle, getComputedStyle(el).boxShadow]"
    )
    assert ring != ["none", "none"]
    expect(place).to_be_in_viewport()


def press(page: Page, place: Locator, key: str = "Enter", go: str = "Tab") -> None:
    reach(page, place, go)
    page.keyboard.press(key)


def choose(page: Page, place: Locator, value: str) -> None:
    """Go down a list until a choice, as its keys do."""
    reach(page, place)
    for _ in range(FURTHEST):
        if place.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    expect(place).to_have_value(value)


def prepare(page: Page, dossier) -> None:
    """From the page of the dossier to the screen that leads."""
    press(page, page.get_by_role("link", name="Een avond samen"))
    choose(page, page.get_by_label("Waarover gaat punt 1?"), "doel:f0-1")
    reach(page, page.get_by_label("Minuten voor punt 1"))
    page.keyboard.press("Control+A")
    page.keyboard.type("25")
    choose(page, page.get_by_label("Waarover gaat punt 2?"), "doel:f1-1")
    press(page, page.get_by_role("button", name="Bewaar de avond"))
    page.get_by_text("De avond staat klaar.").wait_for()
    press(page, page.get_by_role("button", name="Begin de avond"))
    first = dossier.planversie.doelstellingen.get(code="f0-1")
    page.get_by_role("heading", name=first.titel).wait_for()
    assert "25" in page.locator(".avond-klein").inner_text()


def end(page: Page) -> None:
    """From the screen that leads, at the last point, to the mail with the link."""
    press(page, page.get_by_role("button", name="Rond de avond af"))
    page.get_by_role("heading", name="Verslag van").wait_for()
    expect(page.get_by_text(GEZEGD)).to_be_visible()
    reach(page, page.get_by_label("Wie was er?"))
    page.keyboard.type("acht mensen")
    press(page, page.get_by_role("button", name="Bewaar"))
    page.get_by_role("heading", name="Wie was er?").wait_for()
    press(page, page.get_by_role("button", name="Mail de link"))
    page.get_by_text("De link is gemaild aan 3 mensen.").wait_for()

    avond = Avond.objects.get()
    assert [one.minuten for one in avond.punten.order_by("volgorde")] == [25, 20]
    assert avond.aanwezig == "acht mensen"
    assert avond.gemaild_op
    assert len(mail.outbox) == 3


def test_with_keys_alone(page, live_server, log_in, console, huis):
    log_in(page, huis.ankerfiguur)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/")
    prepare(page, huis.dossier)

    # The goal, one question at a time: a digit answers, and Enter opens the box for words.
    press(page, page.get_by_role("link", name="Bespreek dit"))
    page.locator(".avond-balk").get_by_text("nog 25 min").wait_for()
    page.keyboard.press("1")
    state(page, "antwoord-f0-1-v01-stand", "bewaard")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Toelichting")).to_be_focused()
    page.keyboard.type(GEZEGD)
    state(page, "antwoord-f0-1-v01-toelichting", "bewaard")
    page.keyboard.press("Control+Enter")

    # The bar is above what was typed: back to it, on to the next point, and to the screen.
    press(page, page.get_by_role("button", name="Ga verder"), go="Shift+Tab")
    page.locator("#avond-nu").wait_for()
    press(page, page.get_by_role("link", name="De avond", exact=True))
    end(page)
    assert not console


def test_without_a_script(browser, live_server, log_in, huis):
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    page = log_in(context.new_page(), huis.ankerfiguur)
    page.set_default_timeout(20_000)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/")
    prepare(page, huis.dossier)

    press(page, page.get_by_role("link", name="Bespreek dit"))
    reach(page, page.locator("[name='antwoord-f0-1-v01-toelichting']"))
    page.keyboard.type(GEZEGD)
    press(page, page.get_by_role("button", name="Bewaar").first)
    page.locator("[name='antwoord-f0-1-v01-toelichting']").wait_for()
    assert Antwoord.objects.get().toelichting == GEZEGD

    press(page, page.get_by_role("link", name="Naar de avond"))
    press(page, page.get_by_role("button", name="Ga verder"))
    press(page, page.get_by_role("link", name="Naar de avond"))
    end(page)
    context.close()
