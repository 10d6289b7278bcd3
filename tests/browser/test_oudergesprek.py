"""A talk with parents in a real browser: one that is stored, and one that is not."""

import io
import re

import pytest
from pypdf import PdfReader

from dialoogfiches.oudergesprekken.models import Oudergesprek, Oudernotitie, Ouderthema
from dossiers.acties.models import Actie
from tests.browser.conftest import complaints_of
from tests.conftest import load_material

pytestmark = pytest.mark.django_db(transaction=True)

GEHEIM = "geheim7f3a"
# Everything that a browser could store by itself.
STORED = """() => JSON.stringify([
    {...localStorage}, {...sessionStorage}, document.cookie, history.state, window.name,
])"""


@pytest.fixture(autouse=True)
def document(huis):
    return load_material("dialoogdocument-ouders")


def saved(page, naam):
    page.locator(f"[data-veld]:has(> #{naam})[data-staat='bewaard']").wait_for()


def text_of(pdf: bytes) -> str:
    return " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)


def test_a_talk_that_is_kept_from_its_pseudonym_to_what_the_school_may_know(
    page, live_server, log_in, console, huis
):
    log_in(page, huis.medewerker)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/oudergesprekken/")
    page.get_by_role("link", name="Nieuw gesprek").click()
    page.get_by_label("Pseudoniem").fill("Kolibrie")
    page.get_by_role("button", name="Start het gesprek").click()
    page.get_by_role("heading", name="Gesprek met ouders").wait_for()
    talk = page.url

    # A note is autosaved, with a warning if somebody could be identified by it.
    bus = page.get_by_label("Zijn er praktische problemen?")
    bus.fill(f"Volgens Jan Peeters rijdt de bus te vroeg, {GEHEIM}.")
    saved(page, "oudernotitie-thuis-r01-tekst")
    page.get_by_text("‘Jan Peeters’ lijkt op een volledige naam").wait_for()
    bus.fill(f"Volgens de trainer rijdt de bus te vroeg, {GEHEIM}.")
    page.get_by_text("lijkt op een volledige naam").wait_for(state="detached")

    # The window is updated without a reload.
    before = page.locator("#raam path").first.get_attribute("d")
    page.locator("[name='ouderthema-thuis-groter']").fill("samen ontbijten\nop tijd slapen")
    saved(page, "ouderthema-thuis-groter")
    page.get_by_text("De tekening in woorden").click()
    page.get_by_text("2 punten maken het raam groter").wait_for()
    assert page.locator("#raam path").first.get_attribute("d") != before

    # A sensitive topic is folded until the user opens it.
    assert not page.locator("[name='oudernotitie-cultuur-r01-tekst']").is_visible()
    page.locator("#thema-cultuur summary").first.click()
    page.locator("[name='oudernotitie-cultuur-r01-tekst']").fill("wil eerst met oma overleggen")
    saved(page, "oudernotitie-cultuur-r01-tekst")

    page.get_by_label("Waar kunnen en willen we nu op inzetten?").fill("samen naar de bus")
    saved(page, "oudergesprek-dit-focus_nu")
    page.locator("[name='oudergesprek-dit-school_mag_weten']").fill("Graag onthaal aan de poort.")
    saved(page, "oudergesprek-dit-school_mag_weten")
    assert GEHEIM not in page.evaluate(STORED)

    page.get_by_role("button", name="Bekijk wat de school zou zien").click()
    page.get_by_label("Wat gaan jullie doen?").fill("Onthaal op dinsdag")
    page.get_by_role("button", name="Bekijk wat de school zou zien").click()
    page.get_by_role("button", name="Geef deze actie vrij").click()
    page.get_by_text("De actie staat bij de acties van de school").wait_for()

    response = page.request.get(f"{talk}gesprek.pdf")
    assert response.headers["cache-control"] == "private, no-store"
    assert "Volgens de trainer" in text_of(response.body())
    assert Actie.objects.get().wat == "Onthaal op dinsdag"
    assert Oudernotitie.objects.count() == 2
    assert page.evaluate("Object.keys(localStorage)") == []
    assert console == []


@pytest.mark.looks
def test_without_a_connection_no_draft_stays_behind_and_the_page_says_so(
    page, live_server, log_in, huis
):
    log_in(page, huis.medewerker)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/oudergesprekken/nieuw/")
    page.get_by_label("Pseudoniem").fill("Kolibrie")
    page.get_by_role("button", name="Start het gesprek").click()
    page.wait_for_url(re.compile(r"/oudergesprekken/[0-9a-f-]{36}/$"))
    page.route(
        "**/oudergesprekken/*/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )

    page.get_by_label("Zijn er praktische problemen?").fill(GEHEIM)
    page.get_by_text("Nog niet bewaard: geen verbinding. Laat deze pagina openstaan").wait_for()

    assert GEHEIM not in page.evaluate(STORED)
    page.unroute("**/oudergesprekken/*/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page, "oudernotitie-thuis-r01-tekst")
    assert Oudernotitie.objects.get().tekst == GEHEIM


def test_a_talk_of_which_nothing_is_kept(whole_page, live_server, log_in, huis):
    page, context = whole_page, whole_page.context
    console = complaints_of(page)
    log_in(page, huis.medewerker)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/oudergesprekken/nieuw/")
    page.get_by_role("link", name="Vul in zonder te bewaren").click()
    page.get_by_text("Niets op deze pagina wordt bewaard").wait_for()
    form = page.url

    page.get_by_label("Pseudoniem").fill(f"{GEHEIM} pseudoniem")
    page.get_by_label("Zijn er praktische problemen?").fill(f"{GEHEIM} bus")
    page.locator("[name='ouderthema-thuis-groter']").fill(f"{GEHEIM} een\n{GEHEIM} twee")
    page.get_by_role("button", name="Teken het raam").last.click()
    page.get_by_text("De tekening in woorden").click()
    page.get_by_text("2 punten maken het raam groter").wait_for()
    assert page.get_by_label("Pseudoniem").input_value() == f"{GEHEIM} pseudoniem"

    # The PDF opens in a new tab; this page keeps its text.
    with (
        context.expect_event("request", lambda one: one.method == "POST") as sent,
        context.expect_page() as tab,
    ):
        page.get_by_role("button", name="Druk af").click()
    assert "pdf=" in sent.value.post_data
    page.get_by_role("link", name="Open het document").wait_for()
    tab.value.wait_for_url(re.compile("^blob:"))
    tab.value.close()
    assert page.get_by_label("Pseudoniem").input_value() == f"{GEHEIM} pseudoniem"
    pdf = page.request.post(form, form=_fields(page), headers={"Referer": form})
    assert f"{GEHEIM} bus" in text_of(pdf.body())

    assert GEHEIM not in page.evaluate(STORED)
    assert GEHEIM not in str(context.cookies())
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("indexedDB.databases()") == []
    assert not any(model.objects.exists() for model in (Oudergesprek, Oudernotitie, Ouderthema))
    # On leaving the page and coming back, the form is empty.
    page.goto(f"{live_server.url}/scholen/")
    page.go_back()
    page.get_by_text("Niets op deze pagina wordt bewaard").wait_for()
    assert GEHEIM not in page.content()
    page.goto(form)
    assert page.get_by_label("Pseudoniem").input_value() == ""
    assert console == []


def _fields(page) -> dict[str, str]:
    """What is submitted by the button for the PDF."""
    script = "form => Object.fromEntries(new FormData(form))"
    return {**page.locator("form.oudergesprek").evaluate(script), "pdf": ""}
