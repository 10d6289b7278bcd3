"""One survey, from opening it to its results as a PDF; six teachers with six phones."""

import io
import re

import pytest
from django.utils import timezone
from pypdf import PdfReader

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Inzending, Openantwoord
from dossiers.acties.models import Actie
from preventieplan.models import Antwoord

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 800}
VRAAG = "Vind je als leerkracht dat je een schakel kan zijn bij een afwezige leerling?"


def telephone(browser, link, **options):
    page = browser.new_context(locale="nl-BE", viewport=PHONE, **options).new_page()
    page.set_default_timeout(10_000)
    page.goto(link)
    return page


def test_one_survey_with_six_answers(
    page, browser, live_server, log_in, console, huis, laad, settings
):
    settings.SITE_URL = live_server.url
    laad("mini-bevraging")
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/bevragingen/")
    page.get_by_role("link", name="Start een bevraging").click()
    page.get_by_label("Titel").fill("Onze leerkrachten")
    page.get_by_role("button", name="Start de bevraging").click()
    page.get_by_text("Deel nu de link").wait_for()
    link = page.locator(".link a").inner_text()
    survey = page.url
    assert page.locator(".qr svg").bounding_box()["width"] > 150

    # The first teacher: only the chosen branch unfolds, and only that branch is stored.
    first = telephone(browser, link)
    waarom_ja, waarom_nee = (
        first.get_by_label("Wat maakt dat je ja zegt?"),
        first.get_by_label("Wat maakt dat je nee zegt?"),
    )
    assert not waarom_ja.is_visible()
    assert not waarom_nee.is_visible()
    first.get_by_role("radio", name="Nee").check()
    assert waarom_nee.is_visible()
    assert not waarom_ja.is_visible()
    waarom_nee.fill("Toch niet")
    first.get_by_role("radio", name="Ja").check()
    assert not waarom_nee.is_visible()
    waarom_ja.fill("Ik zie ze elke dag.")
    first.get_by_label("Vak(ken)").fill("Latijn")
    first.get_by_role("group", name="Wat is een effect hiervan op").get_by_label(
        "de leerling?", exact=True
    ).fill("Hij komt sneller terug.")
    first.get_by_role("button", name="Verstuur").click()
    first.get_by_text("Dankjewel om hier even bij stil te staan").wait_for()
    first.goto(link)
    first.get_by_text("is deze bevraging al ingevuld").wait_for()
    first.context.close()
    assert not Openantwoord.objects.filter(tekst="Toch niet").exists()

    # The second forgets to choose, without losing what was typed. No JavaScript, by keyboard.
    second = telephone(browser, link, java_script_enabled=False)
    second.get_by_role("button", name="Verstuur").click()
    second.get_by_text("Kies eerst ja of nee").first.wait_for()
    second.locator("#keuze_0").focus()
    second.keyboard.press("Space")
    second.get_by_label("Wat doe je dan?").fill("Ik stuur een berichtje.")
    second.get_by_role("button", name="Verstuur").press("Enter")
    second.get_by_text("Dankjewel om hier even").wait_for()
    second.context.close()

    # The third has a browser without :has, which shows both branches under their headings.
    third = telephone(browser, link)
    css = _without_has((settings.BASE_DIR / "static/css/bevraging.css").read_text())
    third.route("**/bevraging.css", lambda route: route.fulfill(body=css, content_type="text/css"))
    third.reload()
    assert third.get_by_role("heading", name="Als je ja antwoordt").is_visible()
    assert third.get_by_role("heading", name="Als je nee antwoordt").is_visible()
    third.get_by_role("radio", name="Ja").check()
    third.get_by_label("Wat doe je dan?").fill("Ik hou een stoel vrij.")
    third.get_by_role("button", name="Verstuur").click()
    third.get_by_text("Dankjewel om hier even").wait_for()
    third.unroute_all(behavior="wait")
    third.context.close()

    for keuze, label, tekst in (
        ("Nee", "Wat maakt dat je nee zegt?", "Ik heb geen tijd."),
        ("Nee", "Wat maakt dat je nee zegt?", "Ik ken ze niet."),
        ("Nee", "Wat maakt dat je nee zegt?", "Dat is werk voor anderen."),
    ):
        next_one = telephone(browser, link)
        next_one.get_by_role("radio", name=keuze).check()
        next_one.get_by_label(label).fill(tekst)
        next_one.get_by_role("button", name="Verstuur").click()
        next_one.get_by_text("Dankjewel om hier even").wait_for()
        next_one.context.close()
    assert Inzending.objects.count() == 6

    # Tom sees no number of today and no texts yet; then he closes the survey.
    page.goto(survey)
    page.get_by_text("Tot en met gisteren nog geen antwoorden").wait_for()
    assert "Ik ken ze niet" not in page.content()
    page.get_by_text("Nu afsluiten").click()
    page.get_by_role("button", name="Sluit de bevraging af").click()
    page.get_by_text("De bevraging is afgesloten.").wait_for()
    page.get_by_text("6 collega's antwoordden.").wait_for()
    for tekst in ("Ik zie ze elke dag.", "Ik stuur een berichtje.", "Ik ken ze niet."):
        assert page.get_by_text(tekst, exact=True).is_visible()
    assert page.get_by_text("Latijn").count() == 0

    # One answer becomes an action, another a groeikans.
    answer = page.locator("li", has_text="Ik stuur een berichtje.")
    answer.get_by_role("button", name=re.compile("Wat gaan jullie doen")).click()
    answer.get_by_label("Wat gaan jullie doen?").fill("Elke klas stuurt een berichtje")
    answer.get_by_role("button", name="Zet bij de acties").click()
    answer.get_by_role("link", name="Elke klas stuurt een berichtje").wait_for()
    assert Actie.objects.get().openantwoord.tekst == "Ik stuur een berichtje."
    page.locator("li", has_text="Ik hou een stoel vrij.").get_by_role(
        "link", name=re.compile("Zet als groeikans")
    ).click()
    page.locator("summary", has_text="Verbindend schoolklimaat").click()
    page.locator("[value='f0-1-v01']").check()
    page.get_by_role("button", name="Zet bij deze vraag").click()
    page.get_by_text("De groeikans staat in het preventieplan").wait_for()
    assert Antwoord.objects.get().groeikans == "Ik hou een stoel vrij."

    response = page.request.get(f"{survey.rstrip('/')}.pdf")
    assert response.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.body())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    assert VRAAG in text
    assert "3 ja" in text
    assert "3 nee" in text
    assert "Dat is werk voor anderen." in text
    assert console == []

    # A latecomer is told that it is closed.
    late = telephone(browser, link)
    late.get_by_text("Deze bevraging is afgesloten").wait_for()
    late.context.close()
    assert Bevraging.objects.get().gesloten_op is not None


def _without_has(css: str) -> str:
    """The style sheet as seen by a browser without :has."""
    found, places = re.subn(r"@supports selector\(:has.*?\n}\n", "", css, flags=re.DOTALL)
    assert places
    return found


def test_who_closes_the_page_by_accident_is_asked_first_and_leaves_nothing(
    browser, live_server, huis, laad
):
    versie = laad("mini-bevraging")
    survey = open_bevraging(
        dossier=huis.dossier,
        versie=versie,
        titel="Leerkrachten",
        tot=timezone.localdate(),
        door=huis.team,
    )
    page = telephone(browser, f"{live_server.url}/b/{survey.sleutel}/")
    page.get_by_role("radio", name="Ja").check()
    page.get_by_label("Wat doe je dan?").fill("Ik stuur een berichtje.")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()

    assert page.get_by_label("Wat doe je dan?").input_value() == "Ik stuur een berichtje."
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert sent == []
    # Who sends it, is not asked.
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("Dankjewel om hier even").wait_for()
    page.context.close()
    assert Inzending.objects.count() == 1
