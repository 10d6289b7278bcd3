"""A date of which a part is missing is no emptied one: it is not sent, and the page says so."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from dossiers.velden.domain.saving import save_veld
from tests.browser.niets_verloren.places import STAYS, asked_by, state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

DAY, SAYS = date(2026, 12, 15), "Maak de datum af, of maak hem helemaal leeg."


@pytest.fixture
def naam(actie, huis) -> str:
    save_veld(record=actie, veld="wanneer_op", waarde=DAY, basis=0, door=huis.team)
    return f"actie-{actie.pk}-wanneer_op"


@pytest.fixture
def overview(huis, actie) -> str:
    """With the row of the action open."""
    return f"{reverse('overzicht', args=[huis.dossier.pk])}?open={actie.pk}"


def day_of(page: Page, naam: str):
    return page.locator(f"input[name='{naam}']")


def posts_of(page: Page) -> list[str]:
    """A list to which all that the page sends from here on is added."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", note)
    return sent


def kept(actie) -> date | None:
    actie.refresh_from_db()
    return actie.wanneer_op


def test_a_part_that_was_wiped_out_is_not_sent_and_holds_the_page(
    page, go, huis, actie, naam, overview, live_server
):
    go(page, huis.team, overview)
    sent = posts_of(page)
    asked = asked_by(page, stay=True)

    day_of(page, naam).press("Backspace")
    state(page, naam, "fout")
    expect(page.get_by_text(SAYS)).to_be_visible()
    expect(day_of(page, naam)).to_have_attribute("aria-invalid", "true")
    page.evaluate("() => { location.href = '/toolbox/' }")
    page.wait_for_function("() => true")
    assert asked == ["beforeunload"]
    assert sent == []
    assert page.evaluate(STAYS) == 0
    assert kept(actie) == DAY

    day_of(page, naam).fill("2027-01-15")
    state(page, naam, "bewaard")
    expect(page.get_by_text(SAYS)).to_have_count(0)
    assert kept(actie) == date(2027, 1, 15)
    day_of(page, naam).fill("")
    state(page, naam, "bezig")
    state(page, naam, "bewaard")
    assert kept(actie) is None


def test_a_day_without_a_year_is_told_of_when_one_goes_on(
    page, go, huis, actie, overview, questions
):
    go(page, huis.team, overview)
    naam = f"actie-{actie.pk}-check_op"
    day_of(page, naam).press("ArrowUp")
    page.locator(f"[name='actie-{actie.pk}-wie']").focus()
    state(page, naam, "fout")
    page.goto("about:blank")

    assert questions == ["beforeunload"]


def test_a_button_of_the_page_waits_for_the_date(page, go, huis, actie, naam, overview):
    go(page, huis.team, overview)
    day_of(page, naam).press("Backspace")
    page.evaluate("() => document.querySelector('form[data-dossier]').requestSubmit()")

    state(page, naam, "fout")
    expect(day_of(page, naam)).to_be_focused()
    assert kept(actie) == DAY


def test_without_the_script_the_browser_itself_holds_the_form(
    browser, go, huis, actie, naam, overview
):
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    page = go(context.new_page(), huis.team, overview)
    sent = posts_of(page)
    day_of(page, naam).press("Backspace")
    page.keyboard.press("Enter")
    page.locator(f"[name='actie-{actie.pk}-wie']").fill("Tom")

    assert sent == []
    assert kept(actie) == DAY
    context.close()
