"""A member of a PLG reads a material in a real browser, by keyboard and without a script."""

import pytest
from django.urls import reverse

from dossiers.materialen.models import Materiaalversie
from tests.conftest import load_material
from tests.start.plg.plgs import CODE, SLUG, VOORSTEL, do, regel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

ANDERS = "Richting, finaliteit, graad of doelgroep"


@pytest.fixture(autouse=True)
def _bevraging(transactional_db):
    load_material(SLUG)


def test_from_a_proposal_to_a_published_version(page, live_server, log_in, plglid, check, console):
    log_in(page, plglid)
    page.goto(live_server.url + reverse("start"))
    check("what waits for a PLG")
    page.get_by_role("link", name="Mini-bevraging").press("Enter")
    page.get_by_role("heading", name="Over het materiaal").wait_for()
    check("a material line by line")
    page.locator("button[name=bevestig]").first.press("Enter")
    page.get_by_text("bevestigd op").wait_for()
    check("with a concept")

    page.goto(live_server.url + reverse("plg-regel", args=[SLUG, CODE]))
    check("one line")
    page.get_by_label("Je opmerking").fill("Wie van ons kent een betere zin?")
    page.get_by_role("button", name="Plaats").press("Enter")
    page.get_by_text("Wie van ons kent een betere zin?").first.wait_for()
    check("one line with a remark")
    page.get_by_label("Tekst").fill(ANDERS)
    page.get_by_role("button", name="Bewaar in het concept").press("Enter")
    page.get_by_text("stond er in de bron").wait_for()
    # The part of the line is open, and the line is in sight.
    assert page.locator(f"#{CODE}").is_visible()
    check("a line with its former words")
    page.goto(live_server.url + reverse("plg-regel", args=[SLUG, "schakel-h1"]))
    page.get_by_role("button", name="Schrap deze regel").press("Enter")
    page.get_by_role("heading", name="Geschrapt in dit concept").wait_for()
    check("with a line that was dropped")

    page.get_by_role("link", name="Publiceren").press("Enter")
    page.get_by_role("heading", name="Wat verandert er").wait_for()
    check("publishing")
    page.get_by_role("button", name="Publiceer versie").press("Enter")
    page.get_by_text("is gepubliceerd").wait_for()
    assert not Materiaalversie.objects.filter(status="concept").exists()
    assert console == []


def test_whoever_leaves_words_behind_is_asked_and_words_of_two_stand_beside_each_other(
    page, live_server, log_in, plglid, check
):
    log_in(page, plglid)
    page.goto(live_server.url + reverse("plg-regel", args=[SLUG, CODE]))
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("Tekst").fill("Richting en graad")
    page.get_by_role("link", name="Terug naar alle regels").click()
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    do("reword", CODE, plglid, words=[ANDERS])

    page.get_by_role("button", name="Bewaar in het concept").click()

    page.get_by_role("alert").wait_for()
    assert page.get_by_text(ANDERS).first.is_visible()
    assert page.get_by_label("Tekst").input_value() == "Richting en graad"
    check("words of two")


def test_without_a_script_one_works_through_what_waits(browser, live_server, log_in, plglid):
    context = browser.new_context(java_script_enabled=False)
    page = log_in(context.new_page(), plglid)
    page.goto(live_server.url + reverse("plg-materiaal", args=[SLUG]))
    page.get_by_role("link", name="Toon wat nog wacht").click()

    page.locator("button[name=bevestig]").first.click()
    page.wait_for_url("**bij=~inleiding#~inleiding")
    assert page.locator("button[name=keek]").first.is_visible()

    assert not regel(VOORSTEL, plglid).line.is_voorstel
    context.close()
