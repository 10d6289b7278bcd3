"""Who works with keys alone finds the focus where she expects it, at each step of a goal."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dossiers.acties.models import Actie
from preventieplan.models import Antwoord
from tests.browser.niets_verloren.places import state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def press(page, live_server, log_in, huis):
    """The keys of Tom, who is at a stop of the first goal: `press("acties", "Enter")`."""
    log_in(page, huis.team)
    url = live_server.url + reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    page.goto(f"{url}?weergave=bespreken")

    def go(*keys):
        for key in keys:
            page.keyboard.press(key)

    return go


def at_stop(page, code):
    page.goto(f"{page.url.partition('?')[0]}?weergave=bespreken&stop={code}")


def heading(page):
    return page.locator("[data-stop]:visible .stop-vraag")


def test_into_a_box_and_out_of_it_and_on(page, press):
    box = page.get_by_role("textbox", name="Toelichting")
    press("2")
    # Choosing leaves one where one was.
    expect(page.locator(":focus")).to_have_count(0)
    press("Enter")
    expect(box).to_be_focused()
    press("Control+Enter")
    expect(heading(page)).to_be_focused()
    press("ArrowRight")
    expect(heading(page)).to_be_focused()
    expect(page.locator(".stop-nr").locator("visible=true")).to_have_text("Vraag 2 van 11")
    press("ArrowLeft", "Tab")
    # The way back comes past the answer that was given.
    expect(page.get_by_role("radio", name="deels", exact=True)).to_be_focused()


def test_a_digit_takes_the_focus_along_in_a_row_that_has_it(page, press):
    press("ArrowRight", "Tab")
    expect(page.get_by_role("radio", name="nog open", exact=True)).to_be_focused()
    press("3")
    # Beside an answer it is the way back, and says so.
    expect(page.get_by_role("radio", name="toch nog open", exact=True)).to_be_visible()
    expect(page.get_by_role("radio", name="nog niet")).to_be_focused()
    press("ArrowLeft")

    expect(page.get_by_role("radio", name="deels", exact=True)).to_be_checked()
    state(page, "antwoord-f0-1-v02-stand", "bewaard")
    assert Antwoord.objects.get().stand == "deels"


def test_an_action_that_is_open_stays_open_and_its_box_is_found(page, press):
    at_stop(page, "acties")
    wat = page.get_by_role("textbox", name="Wat gaan jullie doen?")
    press("Enter")
    expect(wat).to_be_focused()
    # With words in it, to leave would make it.
    press("Tab", "Tab", "Tab", "Tab", "Tab")
    press("ArrowLeft", "ArrowRight", "Enter")
    expect(wat).to_be_focused()
    page.keyboard.type("Een buddy")
    press("Escape")
    expect(page.locator(".actie-los summary")).to_be_focused()
    press("Enter")
    expect(wat).to_be_focused()
    expect(wat).to_have_value("Een buddy")
    press("Control+Enter")
    expect(page.locator(".actielijn summary")).to_be_focused()
    press("ArrowRight")

    expect(heading(page)).to_have_text("Verbindend schoolklimaat: zo staat het nu")
    assert Actie.objects.get().wat == "Een buddy"


@pytest.mark.parametrize("keys", [["Control+Enter"], ["Tab", "Tab", "Tab", "Tab", "Enter"]])
def test_an_action_without_words_leaves_one_in_its_box(page, press, keys):
    at_stop(page, "acties")
    press("Enter", *keys)

    page.get_by_text("Zeg eerst wat jullie gaan doen.").wait_for()
    expect(page.get_by_role("textbox", name="Wat gaan jullie doen?")).to_be_focused()
