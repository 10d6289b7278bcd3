"""The list of a goal: text to read, that opens where one clicks."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Checklistvraag

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

TOELICHTING = "antwoord-f0-1-v01-toelichting"
LAST_WORDS = "Dat is alles."


@pytest.fixture
def lijst(page, live_server, log_in, huis):
    """The list, of which the first question has this text."""

    def open_with(text: str):
        vraag = Checklistvraag.objects.get(
            doelstelling__versie=huis.dossier.planversie, code="f0-1-v01"
        )
        record = Antwoord(dossier=huis.dossier, vraag=vraag)
        save_veld(record=record, veld="toelichting", waarde=text, basis=0, door=huis.team)
        log_in(page, huis.team)
        path = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
        page.goto(f"{live_server.url}{path}?weergave=lijst")
        return page.locator("#vraag-f0-1-v01 .lees > p").first

    return open_with


@pytest.mark.parametrize(
    "text", ["We bellen elke dag. " * 200 + LAST_WORDS, "stap\n" * 20 + LAST_WORDS]
)
def test_a_long_text_shows_its_first_lines_and_all_of_it_when_asked(page, lijst, text, console):
    part = lijst(text)
    more = page.get_by_role("button", name="Lees verder")
    expect(more).to_have_count(1)
    short = part.bounding_box()["height"]
    assert short < 200
    # A screen reader reads it all.
    assert part.text_content().endswith(LAST_WORDS)

    page.emulate_media(media="print")
    assert part.bounding_box()["height"] > 2 * short
    expect(more).to_be_hidden()
    page.emulate_media(media="screen")

    more.press("Enter")

    assert part.bounding_box()["height"] > 2 * short
    less = page.get_by_role("button", name="Toon minder")
    expect(less).to_have_attribute("aria-expanded", "true")
    less.click()
    assert part.bounding_box()["height"] == short
    # To read on is not to open the question.
    expect(page.locator(f"[name='{TOELICHTING}']")).to_be_hidden()
    assert console == []


def test_a_text_that_is_not_long_stands_there_whole(page, lijst):
    lijst("We bellen elke dag. " * 30)
    expect(page.get_by_role("button", name="Lees verder")).to_have_count(0)

    # It grows while somebody types, and shrinks again.
    page.locator("#vraag-f0-1-v01 .lees > p").first.click()
    box = page.locator(f"[name='{TOELICHTING}']")
    expect(box).to_be_focused()
    box.fill("Elke dag bellen we. " * 31)
    page.locator("#vraag-f0-1-v01 summary").click()
    expect(page.get_by_role("button", name="Lees verder")).to_be_visible()
    page.locator("#vraag-f0-1-v01 summary").click()
    box.fill("Elke dag.")
    page.locator("#vraag-f0-1-v01 summary").click()
    expect(page.get_by_role("button", name="Lees verder")).to_have_count(0)
