"""An action is made where one thought of it: at an answer, at a tip, in the overview."""

from typing import NamedTuple

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from dialoogfiches.bevragingen.domain.bevragingen import close_bevraging, open_bevraging
from dossiers.acties.models import Actie
from tests.browser.niets_verloren.places import close, offline, online
from tests.dialoogfiches.bevragingen.bevraging import answer, day

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

TIPS = "leerkracht-als-schakel"


class Spot(NamedTuple):
    """A place where an action is made, and the words that it quotes."""

    url: str
    naam: str
    citaat: str = ""

    def opener(self, page: Page):
        here = f"#plaats-{self.naam}"
        return page.locator(f"{here} .actie-erbij, {here} .actie-los > summary")

    def box(self, page: Page, part: str = "wat"):
        return page.locator(f"#nieuw-{self.naam}-{part}")

    def button(self, page: Page):
        return page.locator(f"#plaats-{self.naam} button[name=nieuwe_actie]")

    def line(self, page: Page):
        """What was made: in its place, or in the list of the page."""
        return page.locator(f"#plaats-{self.naam} .actie-stil a, .actie-rij a.rij-open").first


@pytest.fixture
def at_answer(huis, laad) -> Spot:
    survey = open_bevraging(
        dossier=huis.dossier,
        versie=laad("mini-bevraging"),
        titel="Najaar",
        tot=day(10),
        door=huis.team,
    )
    for number in range(8):
        answer(survey, ja1=f"Ik bel zelf naar huis, de {number}de dag al.", ja2="Een kaartje.")
    close_bevraging(bevraging=survey, door=huis.team)
    shown = survey.openantwoorden.get(tekst__contains="4de")
    url = reverse("bevraging", args=[huis.dossier.pk, survey.pk])
    return Spot(url, f"antwoord-{shown.pk}", shown.tekst)


@pytest.fixture
def at_tip(huis, laad) -> Spot:
    laad(TIPS)
    url = reverse("lezen", args=[huis.dossier.pk, TIPS])
    return Spot(url, "tip-tijdens-afwezigheid-t01", "Een kaartje sturen")


@pytest.fixture
def in_overview(huis) -> Spot:
    return Spot(reverse("overzicht", args=[huis.dossier.pk]), "f0-4")


@pytest.fixture(params=["at_answer", "at_tip", "in_overview"])
def spot(request) -> Spot:
    return request.getfixturevalue(request.param)


@pytest.fixture
def tom(page, log_in, live_server, huis, spot):
    log_in(page, huis.team)
    page.goto(live_server.url + spot.url)
    return page


def scrolled(page: Page) -> int:
    return page.evaluate("Math.round(scrollY)")


def test_by_keyboard_it_opens_closes_and_is_made_without_the_page_moving(tom, spot, huis, console):
    # With room below it: a browser scrolls by itself to what is typed under the fold.
    spot.opener(tom).evaluate("e => e.scrollIntoView({ block: 'center', behavior: 'instant' })")
    spot.opener(tom).focus()
    before = scrolled(tom)
    tom.keyboard.press("Enter")
    expect(spot.box(tom)).to_be_focused()
    assert scrolled(tom) == before
    if spot.citaat:
        expect(tom.locator(f"#plaats-{spot.naam} .actie-citaat")).to_have_text(spot.citaat)
        why = spot.box(tom).get_attribute("aria-describedby")
        expect(tom.locator(f"#{why}")).to_contain_text("in jullie eigen woorden")
    expect(spot.box(tom)).to_have_value("")
    tom.keyboard.type("Elke week een kringgesprek")

    tom.keyboard.press("Escape")
    expect(spot.box(tom)).to_be_hidden()
    expect(spot.opener(tom)).to_be_focused()
    assert scrolled(tom) == before

    tom.keyboard.press("Enter")
    expect(spot.box(tom)).to_have_value("Elke week een kringgesprek")
    expect(spot.box(tom)).to_be_focused()
    tom.keyboard.press("Tab")
    expect(spot.box(tom, "wie")).to_be_focused()
    tom.wait_for_function("() => document.getElementById('team').options.length > 0")
    tom.keyboard.type("Tom")
    tom.keyboard.press("Enter")
    expect(spot.line(tom)).to_be_focused()
    expect(spot.line(tom)).to_contain_text("Elke week een kringgesprek")
    assert scrolled(tom) == before
    assert (Actie.objects.get().wat, Actie.objects.get().wie) == (
        "Elke week een kringgesprek",
        "Tom",
    )
    assert console == []
    tom.reload()
    expect(spot.line(tom)).to_contain_text("Elke week een kringgesprek")


def test_two_quick_clicks_make_one_action(tom, spot):
    spot.opener(tom).click()
    spot.box(tom).fill("Elke week een kringgesprek")

    spot.button(tom).dblclick()

    expect(spot.line(tom)).to_be_focused()
    assert Actie.objects.count() == 1


def test_without_a_connection_its_words_wait_in_its_place(tom, spot, live_server):
    spot.opener(tom).click()
    spot.box(tom).fill("Elke week een kringgesprek")
    spot.box(tom, "wanneer").fill("vanaf mei")
    offline(tom)
    spot.button(tom).click()
    tom.get_by_text("Nog niet gemaakt: geen verbinding.").wait_for()
    expect(spot.box(tom)).to_have_value("Elke week een kringgesprek")
    other = tom.context.new_page()
    close(tom)
    online(other)

    other.goto(live_server.url + spot.url)

    expect(spot.box(other)).to_have_value("Elke week een kringgesprek")
    expect(spot.box(other, "wanneer")).to_have_value("vanaf mei")
    if spot.citaat:
        expect(other.locator(f"#plaats-{spot.naam} .actie-citaat")).to_have_text(spot.citaat)
    spot.button(other).click()
    expect(spot.line(other)).to_be_focused()
    assert Actie.objects.get().wanneer == "vanaf mei"


@pytest.mark.parametrize("spot", ["at_answer", "at_tip"], indirect=True)
def test_the_words_of_somebody_else_come_back_with_a_kind_sentence(tom, spot):
    spot.opener(tom).click()
    spot.box(tom).fill(spot.citaat.upper())
    spot.box(tom, "wie").fill("Tom")
    spot.button(tom).click()

    place = tom.locator(f"#plaats-{spot.naam}")
    expect(place.get_by_role("alert")).to_contain_text("Zeg in jullie eigen woorden")
    expect(place.locator(".actie-citaat")).to_have_text(spot.citaat)
    expect(spot.box(tom, "wie")).to_have_value("Tom")
    spot.box(tom).fill("Elke week een kringgesprek")
    spot.button(tom).click()
    expect(spot.line(tom)).to_be_focused()
    assert Actie.objects.count() == 1


def test_an_open_place_passes_axe(tom, spot, check):
    spot.opener(tom).click()
    spot.box(tom).fill(spot.citaat)
    spot.button(tom).click()
    tom.get_by_role("alert").wait_for()

    check("an action that is being made", widths=(1280, 390, 320))

    spot.box(tom).fill("Elke week een kringgesprek")
    spot.button(tom).click()
    expect(spot.line(tom)).to_be_focused()
    check("an action that was made", widths=(1280, 390, 320))


def test_without_javascript_it_opens_at_its_own_address(browser, log_in, live_server, huis, spot):
    page = browser.new_context(java_script_enabled=False, locale="nl-BE").new_page()
    page.set_default_timeout(10_000)
    log_in(page, huis.team)
    page.goto(live_server.url + spot.url)
    spot.opener(page).click()
    if spot.citaat:
        assert f"?actie={spot.naam}" in page.url
        expect(page.locator(f"#plaats-{spot.naam} .actie-citaat")).to_have_text(spot.citaat)
    spot.box(page).fill("Elke week een kringgesprek")
    spot.button(page).click()

    expect(spot.line(page)).to_contain_text("Elke week een kringgesprek")
    page.go_back()
    page.reload()
    assert Actie.objects.count() == 1
    page.context.close()


def test_the_score_of_a_goal_stands_beside_a_new_row(page, log_in, live_server, huis, in_overview):
    log_in(page, huis.team)
    page.goto(live_server.url + in_overview.url)
    goal = page.locator(".overzicht-doel", has=page.locator("#voet-f0-4"))
    expect(goal.get_by_text("Nog geen acties.")).to_be_visible()
    for number in range(2):
        in_overview.opener(page).click()
        in_overview.box(page).fill(f"Actie {number}")
        in_overview.button(page).click()
        expect(goal.locator(".actie-rij")).to_have_count(number + 1)

    expect(goal.get_by_text("Nog geen acties.")).to_be_hidden()
    tops = goal.locator("td").evaluate_all(
        "all => all.map((td) => td.getBoundingClientRect().left)"
    )
    assert min(tops) > goal.locator("th").bounding_box()["width"]
    # A row that was just made opens like any other.
    goal.get_by_role("link", name="Actie 1", exact=True).click()
    expect(goal.locator("[data-veld]:has(> [id$='-wie']) textarea")).to_be_visible()
