"""The main task, from logging in to the routekaart as a PDF."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from dossiers.acties.models import Actie
from preventieplan.models import Antwoord, Inschaling

pytestmark = pytest.mark.django_db(transaction=True)


def saved(page, naam):
    """Wait until a field shows that it was saved."""
    page.locator(f"[data-veld]:has(> #{naam})[data-staat='bewaard']").wait_for()


def test_from_the_login_page_to_the_score_in_the_routekaart(
    page, browser, live_server, log_in_by_hand, console, huis
):
    # An, the ankerfiguur, opens the dossier of her school.
    log_in_by_hand(page, huis.ankerfiguur)
    page.get_by_role("link", name=re.compile("Sint-Jozefschool")).first.click()
    page.wait_for_url(re.compile(r"/dossiers/"))
    dossier_url = page.url

    # Tom, of the schoolteam, answers, scores and plans.
    tom = log_in_by_hand(browser.new_context(locale="nl-BE").new_page(), huis.team)
    tom.goto(f"{dossier_url}preventieplan/")
    tom.get_by_role("link", name="Verbindend schoolklimaat").first.click()
    vraag = tom.locator("#vraag-f0-1-v01")
    vraag.locator("summary").click()
    vraag.get_by_role("radio", name="deels").check()
    saved(tom, "antwoord-f0-1-v01-stand")
    tom.get_by_text("1 van 11 vragen besproken").wait_for()
    vraag.get_by_label("Toelichting").fill("Elke maandag een kringgesprek in elke klas.")
    saved(tom, "antwoord-f0-1-v01-toelichting")
    vraag.get_by_label("Groeikans").fill("Een peter of meter voor wie later instroomt")
    saved(tom, "antwoord-f0-1-v01-groeikans")
    tom.locator(".score-7").click()
    saved(tom, "inschaling-f0-1-score")
    vraag.get_by_role("button", name="Wat gaan jullie doen?").click()
    vraag.get_by_label("Wat gaan jullie doen?").fill("Peters en meters zoeken in het zesde jaar")
    vraag.get_by_label("Wie").fill("leerlingenbegeleiding")
    vraag.get_by_role("button", name="Zet bij de acties").click()
    expect(vraag.locator(".actie-stil a")).to_be_focused()
    actie = tom.locator(".actielijn")
    actie.locator("summary").click()
    actie.get_by_label("Klaar tegen").fill("2027-03-26")
    actie.get_by_label("Klaar tegen").blur()
    saved(tom, f"actie-{Actie.objects.get().pk}-wanneer_op")
    tom.context.close()

    # An downloads the routekaart and finds the score and the action in it.
    page.goto(f"{dossier_url}routekaart/")
    response = page.request.get(f"{dossier_url.rstrip('/')}/routekaart.pdf")
    assert response.headers["content-type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.body()))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert "Routekaart aanwezigheidsbeleid" in text
    assert "Sint-Jozefschool" in text
    assert re.search(r"7\s*/\s*10|7 op 10", text)
    assert "Peters en meters zoeken in het zesde jaar" in text
    assert "leerlingenbegeleiding" in text
    assert console == []

    antwoord = Antwoord.objects.get()
    assert antwoord.stand == "deels"
    assert antwoord.gewijzigd_door == huis.team
    assert Inschaling.objects.get().score == 7


def test_the_main_job_by_keyboard_alone(page, live_server, huis):
    page.goto(f"{live_server.url}/inloggen/")
    _tab_to(page, "input[name=login]")
    page.keyboard.type(huis.team.email)
    _tab_to(page, "input[name=password]")
    page.keyboard.type("een-lang-wachtwoord")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/dossiers/"))
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/")

    _tab_to(page, "#vraag-f0-1-v01 summary")
    page.keyboard.press("Enter")
    _tab_to(page, "[name='antwoord-f0-1-v01-stand']")
    page.keyboard.press("ArrowRight")
    saved(page, "antwoord-f0-1-v01-stand")
    _tab_to(page, "[name='antwoord-f0-1-v01-toelichting']")
    page.keyboard.type("Met de klas op onthaaldag.")
    saved(page, "antwoord-f0-1-v01-toelichting")
    _tab_to(page, "[name='inschaling-f0-1-score']")
    page.keyboard.press("8")
    saved(page, "inschaling-f0-1-score")
    _tab_to(page, "#focus summary")
    page.keyboard.press("Enter")
    _tab_to(page, "[name='inschaling-f0-1-focus']")
    page.keyboard.type("onthaal van nieuwe leerlingen")
    saved(page, "inschaling-f0-1-focus")
    _tab_to(page, "button[value='inschaling-f0-1-focus']")
    page.keyboard.press("Enter")
    page.keyboard.type("een onthaaldag")
    _tab_to(page, "button[name='nieuwe_actie']")
    page.keyboard.press("Enter")
    expect(page.locator("#focus .actie-stil a")).to_be_focused()

    assert Antwoord.objects.get().stand == "doen-we"
    assert Inschaling.objects.get().score == 8
    assert Actie.objects.get().wat == "een onthaaldag"


@pytest.mark.looks
def test_ten_is_typed_as_one_and_nought(page, live_server, log_in, huis):
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/")
    _tab_to(page, "[name='inschaling-f0-1-score']")
    page.keyboard.press("1")
    page.keyboard.press("0")
    saved(page, "inschaling-f0-1-score")

    assert Inschaling.objects.get().score == 10


def test_the_main_job_without_javascript(browser, live_server, log_in, huis):
    page = browser.new_context(locale="nl-BE", java_script_enabled=False).new_page()
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/")
    page.locator("#vraag-f0-1-v02 summary").click()
    page.locator("#vraag-f0-1-v02").get_by_label("Toelichting").fill("Middagsport.\nEn schaken.")
    page.locator(".score-6").click()
    page.get_by_role("button", name="Bewaar alles").click()

    page.get_by_text("Alles is bewaard.").wait_for()
    assert Antwoord.objects.get().toelichting == "Middagsport.\nEn schaken."
    assert Inschaling.objects.get().score == 6
    page.context.close()


def _tab_to(page, selector):
    """Press Tab until the element that matches the selector has focus."""
    for _ in range(400):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {selector}")
