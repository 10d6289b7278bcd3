"""Scores over time, in a real browser: drawn, read by keyboard, and without a script."""

import pytest
from django.urls import reverse

from tests.preventieplan.scores.gegeven import give, year_before

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def scored(huis):
    vorig = year_before(huis.dossier, huis.ankerfiguur)
    give(vorig, "f0-1", "2025-11-12", huis.team, score=3, want="we beginnen pas")
    give(huis.dossier, "f0-1", "2026-10-05", huis.team, score=4)
    give(huis.dossier, "f0-1", "2026-11-20", huis.team, score=10, want="er is een peter")
    give(huis.dossier, "f0-2", "2026-11-20", huis.team, score=0)
    return reverse("scores", args=[huis.dossier.pk])


def test_from_the_plan_to_the_words_of_a_score_by_keyboard(
    page, live_server, log_in, huis, scored, check, console
):
    log_in(page, huis.team)
    page.goto(live_server.url + reverse("preventieplan", args=[huis.dossier.pk]))
    page.get_by_role("link", name="Scores doorheen de tijd").press("Enter")

    page.get_by_role("heading", name="Scores doorheen de tijd").wait_for()
    page.get_by_role("img", name="Van 3 op 12 november 2025 naar 10 op 20 november 2026").wait_for()
    page.locator("#f0-1 summary").press("Enter")
    page.get_by_text("er is een peter").wait_for()
    check("scores with a table that is open")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert console == []


def test_the_course_on_the_page_of_a_goal_and_back(page, live_server, log_in, huis, scored, check):
    log_in(page, huis.team)
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    page.goto(f"{live_server.url}{goal}?weergave=lijst&stop=score")
    page.get_by_text("Zo evolueerde onze score").click()
    page.locator(".verloop circle").first.wait_for()
    check("a goal with the course of its score")

    page.get_by_role("link", name="Alle scores doorheen de tijd").click()
    page.wait_for_url(f"**{scored}#f0-1")


def test_without_a_script_the_numbers_are_there_too(browser, live_server, log_in, huis, scored):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, huis.lezer)
    page.goto(live_server.url + scored)

    page.locator("#f0-1 summary").click()
    assert page.get_by_text("we beginnen pas").is_visible()
    context.close()
