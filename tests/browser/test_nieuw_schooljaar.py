"""A new schooljaar in a real browser: two people at one answer, keys, and how it looks."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dossiers.domain import open_dossier
from dossiers.models import Voortzetting
from preventieplan.models import Antwoord
from start.nieuw_jaar.domain.starting import start_schooljaar
from tests.browser.conftest import complaints_of
from tests.conftest import SCHOOLJAAR
from tests.start.nieuw_jaar.conftest import TODAY, answer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

NAAM = "antwoord-f0-1-v01-toelichting"
KNOP = "#vraag-f0-1-v01 button[name='klopt_nog']"
POORT, MAANDAG = "Elke ochtend aan de poort.", "Enkel op maandag."


@pytest.fixture
def vorig(huis):
    huis.dossier.delete()
    vorig = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR - 1, door=huis.ankerfiguur)
    answer(vorig, "f0-1-v01", huis.team, stand="doen-we", toelichting=POORT)
    answer(vorig, "f0-1-v02", huis.team, stand="deels", groeikans="Meer spel.")
    return vorig


@pytest.fixture
def nieuw(huis, vorig):
    return start_schooljaar(vorig=vorig, door=huis.ankerfiguur, today=TODAY).dossier


@pytest.fixture
def lijst(live_server, nieuw):
    path = reverse("doelstelling", args=[nieuw.pk, "f0-1"])
    return f"{live_server.url}{path}?weergave=lijst&stop=f0-1-v01"


def test_one_confirms_while_the_other_rewrites_and_both_texts_are_shown(
    page, browser, log_in, huis, nieuw, lijst, console
):
    other = log_in(browser.new_context(locale="nl-BE").new_page(), huis.ankerfiguur)
    complaints = complaints_of(other)
    other.goto(lijst)
    log_in(page, huis.team)
    page.goto(lijst)
    expect(page.locator("#vraag-f0-1-v01 .vorig-jaar")).to_contain_text(POORT)

    # Tom confirms by keyboard what An rewrites a moment later.
    page.locator(KNOP).press("Enter")
    expect(page.locator("#vraag-f0-1-v01 .lees")).to_contain_text(POORT)
    expect(page.locator("#vraag-f0-1-v01 .vorig-jaar")).to_have_count(0)
    other.locator(f"textarea[name='{NAAM}']").fill(MAANDAG)
    other.locator(f"[data-veld]:has(> #{NAAM})[data-staat='conflict']").wait_for()
    expect(other.locator(f".veld:has(#{NAAM})")).to_contain_text(POORT)

    assert Antwoord.objects.get(dossier=nieuw).toelichting == POORT
    assert console == []
    # The answer 409 is in the console of the browser itself.
    assert all("409" in one for one in complaints)
    other.context.close()


def test_one_rewrites_while_the_other_confirms_and_hers_stays(
    page, browser, log_in, huis, nieuw, lijst
):
    other = log_in(browser.new_context(locale="nl-BE").new_page(), huis.ankerfiguur)
    other.goto(lijst)
    log_in(page, huis.team)
    page.goto(lijst)

    other.locator(f"textarea[name='{NAAM}']").fill(MAANDAG)
    other.locator(f"[data-veld]:has(> #{NAAM})[data-staat='bewaard']").wait_for()
    page.locator(KNOP).click()

    expect(page.locator("#vraag-f0-1-v01 .lees")).to_contain_text(MAANDAG)
    one = Antwoord.objects.get(dossier=nieuw)
    assert (one.stand, one.toelichting) == ("doen-we", MAANDAG)
    other.context.close()


def test_it_starts_and_is_undone_without_javascript(browser, live_server, log_in, huis, vorig):
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    page = log_in(context.new_page(), huis.ankerfiguur)
    # Whatever today is: the dossier of this schooljaar goes on from that of before.
    nieuw = start_schooljaar(vorig=vorig, door=huis.ankerfiguur, today=TODAY).dossier
    page.goto(live_server.url + reverse("dossier", args=[nieuw.pk]))
    page.get_by_role("link", name="Te vroeg gestart? Maak het ongedaan").click()
    page.get_by_role("button", name="Maak de start ongedaan").click()

    expect(page.get_by_role("status")).to_contain_text("is ongedaan gemaakt")
    assert not Voortzetting.objects.exists()
    context.close()


def test_its_pages_can_be_read_by_everybody(page, live_server, log_in, check, huis, vorig):
    log_in(page, huis.ankerfiguur)

    def look(name, *args):
        page.goto(live_server.url + reverse(name, args=args))
        check(name)

    look("nieuw_schooljaar", vorig.pk)
    nieuw = start_schooljaar(vorig=vorig, door=huis.ankerfiguur, today=TODAY).dossier
    look("dossier", nieuw.pk)
    look("dossier", vorig.pk)
    look("preventieplan", nieuw.pk)
    look("vorig-bevestigen", nieuw.pk)
    look("naast-vorig", nieuw.pk, "f0-1")
    look("nieuw_schooljaar_ongedaan", nieuw.pk)
    look("nieuw_schooljaar", nieuw.pk)
    for view in ("lijst", "bespreken"):
        path = reverse("doelstelling", args=[nieuw.pk, "f0-1"])
        page.goto(f"{live_server.url}{path}?weergave={view}")
        check(view)
        page.set_viewport_size({"width": 320, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, view
