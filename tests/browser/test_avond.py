"""An evening as it goes: the screen that leads, a phone that follows, a round, the minutes."""

import pytest

from dossiers.acties.domain.acties import create_actie
from start.avond.domain.avonden import Keuze, end_avond, go_on
from start.avond.models import Avond
from tests.browser.test_inschalen import telephone
from tests.preventieplan.inschalen.rondes import gives
from tests.start.avond.avonden import agreed_last_month, begun
from tests.start.avond.avonden import phone as follows
from tests.start.conftest import add_gesprek

pytestmark = pytest.mark.django_db(transaction=True)

PHONES = (320, 390)


def test_what_is_missing_is_told_in_the_colour_of_what_is_wrong(
    page, live_server, log_in, check, huis
):
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/avond/")
    page.get_by_role("button", name="Bewaar de avond").click()

    wrong = page.get_by_text("Kies minstens één doelstelling of stap.")
    wrong.wait_for()

    assert wrong.evaluate("el => getComputedStyle(el).color") == "rgb(164, 38, 44)"
    check("an evening without a point")


def test_an_evening_from_the_beamer_with_a_phone_that_follows(
    page, browser, live_server, log_in, check, console, huis, settings
):
    settings.SITE_URL = live_server.url
    actie = create_actie(
        dossier=huis.dossier, wat="Een onthaal op maandag", wie="Bart", door=huis.ankerfiguur
    )
    agreed_last_month(actie)
    log_in(page, huis.ankerfiguur)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/avond/")
    page.get_by_label("Waarover gaat punt 1?").select_option("doel:f0-1")
    page.get_by_label("Waarover gaat punt 2?").select_option("doel:f1-1")
    check("preparing an evening")
    page.get_by_role("button", name="Bewaar de avond").click()
    page.get_by_text("De avond staat klaar.").wait_for()
    check("an evening that is prepared")
    page.get_by_role("button", name="Begin de avond").click()
    page.get_by_role("link", name="Een onthaal op maandag").wait_for()
    check("the screen that leads")
    avond = Avond.objects.get()
    phone = telephone(browser, f"{live_server.url}/s/{avond.code}/")
    phone.get_by_text("Wat spraken jullie vorige keer af").wait_for()
    without = telephone(browser, f"{live_server.url}/s/{avond.code}/", java_script_enabled=False)

    # On to the goal, with the bar above it; the phone follows by itself, the other one asks.
    page.get_by_role("button", name="Ga verder").click()
    page.locator(".avond-balk").get_by_text("nog 20 min").wait_for()
    check("a goal with the bar of the evening")
    doel = huis.dossier.planversie.doelstellingen.get(code="f0-1")
    phone.get_by_role("heading", name=doel.titel).wait_for()
    without.get_by_role("link", name="Kijk of er iets veranderde").click()
    without.get_by_role("heading", name=doel.titel).wait_for()

    # To the round, and back.
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/inschalen/?doel=f0-1")
    page.get_by_label("op hun telefoon").fill("5")
    page.get_by_role("button", name="Open de ronde").click()
    page.get_by_text("Nog bezig").wait_for()
    page.locator(".avond-balk").get_by_text("nog 20 min").wait_for()
    check("a round with the bar of the evening")
    phone.get_by_role("button", name="Geef mijn score").wait_for()
    gives(huis.dossier.rondes.get(), 3, 5, 6, 7, 8)
    page.get_by_text("Iedereen klaar.").wait_for()
    page.get_by_role("button", name="Toon de scores").click()
    page.locator(".avond-balk").get_by_text("nog 20 min").wait_for()
    check("a spread with the bar of the evening")
    page.get_by_role("radio", name="6", exact=True).check(force=True)
    page.locator("[data-veld]:has(> [id$='-score'])[data-staat='bewaard']").wait_for()
    phone.get_by_role("button", name="Geef mijn score").click()
    phone.get_by_role("heading", name=doel.titel).wait_for()
    assert f"/s/{avond.code}/" in phone.url

    # By keyboard: the last point, and the end.
    page.get_by_role("link", name="Naar de doelstelling").click()
    page.get_by_role("button", name="Ga verder").press("Enter")
    second = huis.dossier.planversie.doelstellingen.get(code="f1-1")
    page.locator("#avond-nu").get_by_text(second.kort).wait_for()
    assert page.get_by_role("button", name="Ga verder").count() == 0
    page.get_by_role("link", name="De avond", exact=True).press("Enter")
    page.get_by_role("button", name="Rond de avond af").press("Enter")
    page.get_by_text("6 op 10").wait_for()
    check("the minutes")
    phone.get_by_text("De avond is voorbij.").wait_for()
    assert not console


def test_the_phone_that_follows_is_as_accessible_as_the_screen(
    page, live_server, check, console, huis, settings
):
    settings.SITE_URL = live_server.url
    gesprek = add_gesprek(huis.dossier, "Samen aan de slag")
    step = Keuze(20, gesprek=gesprek.pk, stap=gesprek.versie.onderdelen.steps()[0].code)
    avond = begun(huis.dossier, huis.team, Keuze(20, doel="f0-1"), step)
    page.goto(f"{live_server.url}{follows(avond)}")
    check("a goal on a phone", widths=PHONES)
    go_on(avond=avond, punt=avond.punten.get(doel="f0-1").pk)
    page.reload()
    check("a step on a phone", widths=PHONES)
    end_avond(avond=avond)
    page.get_by_text("De avond is voorbij.").wait_for()
    check("an evening that is over", widths=PHONES)
    # The refusal of a page that is gone is what the browser says of it.
    assert all("410" in line for line in console)
