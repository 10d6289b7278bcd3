"""Tom types the figures of his school by keyboard, and loses none of them."""

import pytest
from django.urls import reverse

from dossiers.cijfers.models import Cijfergroep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def at_the_figures(page, live_server, log_in, huis):
    log_in(page, huis.team)
    page.goto(live_server.url + reverse("cijfers", args=[huis.dossier.pk]))


def test_by_keyboard_in_the_order_one_reads(page, at_the_figures, check):
    page.get_by_label("Aantal leerlingen").focus()
    for number in ("412", "17", "31"):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    # More of them have 10 half days than 5: the page says so at the row.
    row = page.get_by_role("group", name="Zonder geldige reden (B)")
    row.get_by_text("Bij minstens 10 staan er meer dan bij minstens 5.").last.wait_for()
    wrong = row.get_by_label("minstens 10")
    assert wrong.get_attribute("aria-invalid") == "true"
    check("figures with an error")
    wrong.fill("9")
    wrong.press("Enter")

    page.get_by_text("De cijfers zijn bewaard.").wait_for()
    kept = Cijfergroep.objects.get()
    assert (kept.leerlingen, kept.ongewettigd_5, kept.ongewettigd_10) == (412, 17, 9)


def test_who_leaves_with_figures_that_were_not_saved_is_asked_first(page, at_the_figures):
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.get_by_label("Aantal leerlingen").press_sequentially("412")
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Mijn scholen").click(no_wait_after=True)

    assert asked.value.type == "beforeunload"
    assert page.get_by_label("Aantal leerlingen").input_value() == "412"


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_scrolls_sideways_on_a_phone(page, at_the_figures, width):
    page.get_by_label("Aantal leerlingen").fill("12")
    for label, number in (("minstens 5", "11"), ("minstens 10", "3")):
        page.get_by_role("group", name="Ziekte (Z)").get_by_label(label, exact=True).fill(number)
    page.get_by_role("button", name="Bewaar de cijfers").click()
    page.get_by_text("De cijfers zijn bewaard.").wait_for()
    page.locator("summary", has_text="Pas de cijfers aan").click()
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
