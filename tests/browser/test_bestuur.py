"""A board that answers: from the page of the team to a phone without an account, and back."""

import pytest

from dossiers.velden.domain.saving import save_veld
from preventieplan.bestuur.models import Bestuursantwoord, Bestuurslink
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling
from preventieplan.routekaart.models import Routezinnen
from tests.paper import lay_out_by
from tests.preventieplan.bestuur.vast import CODE, LINK, VOORZITTER

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 800}
VRAGEN = "Twee lesuren voor wie naar huis belt?\nEen vaste plaats op de agenda van het bestuur?"


@pytest.fixture
def asks(huis, monkeypatch) -> None:
    """The team planned something and asks its board two things."""
    lay_out_by(lambda _: b"%PDF-1.7 ", monkeypatch)
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie, code="f0-1")
    create_planactie(
        dossier=huis.dossier, doelstelling=doel, wat="Onthaaldag", wie="Els", door=huis.team
    )
    zinnen = Routezinnen(dossier=huis.dossier)
    save_veld(record=zinnen, veld="wat_vragen_we", waarde=VRAGEN, basis=0, door=huis.team)


def send_link(page, live_server, huis, log_in, settings) -> None:
    settings.SITE_URL = live_server.url
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/routekaart/")
    page.get_by_role("link", name="Stel vast voor het bestuur").click()
    page.get_by_role("button", name="Stel deze routekaart vast").click()
    page.get_by_text("De routekaart is vastgesteld").wait_for()
    page.get_by_label("Voor wie in het bestuur?").fill("voorzitter")
    page.get_by_label("E-mailadres").fill(VOORZITTER)
    page.get_by_role("button", name="Mail de link").click()
    page.get_by_text("De link voor voorzitter is gemaild").wait_for()


def telephone(browser, link, **options):
    page = browser.new_context(locale="nl-BE", viewport=PHONE, **options).new_page()
    page.set_default_timeout(10_000)
    page.goto(link)
    return page


def test_a_board_answers_on_a_phone(
    page, browser, live_server, log_in, console, huis, asks, settings, mailoutbox
):
    send_link(page, live_server, huis, log_in, settings)
    phone = telephone(browser, f"{live_server.url}{LINK.search(mailoutbox[-1].body)[1]}")
    phone.get_by_text("Twee lesuren voor wie naar huis belt?").wait_for()
    assert phone.evaluate("document.referrer") == ""
    phone.get_by_role("link", name="Antwoord").click()
    phone.get_by_role("button", name="Mail me een code").click()
    phone.get_by_label("Code uit de mail").fill(CODE.search(mailoutbox[-1].body)[0])
    phone.get_by_role("button", name="Ga verder").click()
    first = phone.get_by_role("group", name="1. Twee lesuren")
    first.get_by_text("Ja", exact=True).click()
    first.get_by_role("textbox").fill("Vanaf januari.")
    phone.get_by_role("group", name="2. Een vaste plaats").get_by_text("Later").click()
    phone.get_by_role("button", name="Verstuur je antwoord").click()
    phone.get_by_role("heading", name="Bedankt, je antwoord is bewaard").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    phone.context.close()

    page.reload()
    page.get_by_text("Vanaf januari.").wait_for()
    page.get_by_text("antwoordde op").wait_for()
    assert console == []


def test_by_keyboard_and_without_javascript(
    page, browser, live_server, log_in, huis, asks, settings, mailoutbox
):
    send_link(page, live_server, huis, log_in, settings)
    link = f"{live_server.url}{LINK.search(mailoutbox[-1].body)[1]}"
    phone = telephone(browser, link, java_script_enabled=False)
    phone.get_by_role("link", name="Antwoord").press("Enter")
    phone.get_by_role("button", name="Mail me een code").press("Enter")
    phone.get_by_label("Code uit de mail").fill(CODE.search(mailoutbox[-1].body)[0])
    phone.keyboard.press("Enter")
    phone.get_by_role("radio", name="Nee").first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.type("Dit jaar niet.")
    phone.get_by_role("button", name="Verstuur je antwoord").press("Enter")
    phone.get_by_role("heading", name="Bedankt, je antwoord is bewaard").wait_for()
    phone.context.close()
    said = Bestuursantwoord.objects.get()
    assert (said.nummer, said.keuze, said.zin) == (1, "nee", "Dit jaar niet.")


def test_its_pages_pass_axe(page, live_server, log_in, huis, asks, settings, mailoutbox, check):
    send_link(page, live_server, huis, log_in, settings)
    check("vastgesteld")
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/routekaart/vastgesteld/")
    check("vaststellen")
    page.goto(f"{live_server.url}/scholen/{huis.school.pk}/vastgesteld/")
    check("van de school")
    link = f"{live_server.url}{LINK.search(mailoutbox[-1].body)[1]}"
    page.goto(link)
    check("link", widths=(1280, 390, 320))
    page.goto(f"{link}antwoord/")
    check("code vragen")
    page.get_by_role("button", name="Mail me een code").click()
    check("code typen")
    page.get_by_label("Code uit de mail").fill(CODE.search(mailoutbox[-1].body)[0])
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_role("button", name="Verstuur je antwoord").wait_for()
    check("antwoord", widths=(1280, 390, 320))
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_text("Er is nog niets verstuurd").wait_for()
    check("nog niet verstuurd")
    page.get_by_role("radio", name="Ja").first.check()
    page.get_by_role("button", name="Verstuur je antwoord").click()
    page.get_by_role("heading", name="Bedankt").wait_for()
    check("dank")
    Bestuurslink.objects.update(ingetrokken_op="2026-11-01T12:00:00Z")
    page.goto(link)
    check("voorbij")
