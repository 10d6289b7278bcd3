"""Zonder bewaren in a real browser: no text is lost, and none is left behind in the browser."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from dossiers.mensen.models import Sessie
from tests.conftest import load_material
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

GEHEIM = "geheim7f3a"
FORM = re.compile(r"/zonder-bewaren/\?")


@pytest.fixture
def form(page, live_server, log_in, huis):
    """The form with one line of text in it."""
    load_material("dialoogdocument-ouders")
    log_in(page, huis.medewerker)
    page.goto(live_server.url + reverse("oudergesprek-zonder-bewaren", args=[huis.dossier.pk]))
    line(page).fill("ontbijten")
    return page


def line(page):
    return page.locator("[name='ouderthema-thuis-groter']")


def draw(page):
    page.get_by_role("button", name="Teken het raam").last.click()


def drawn(page, words):
    page.locator("#raam li", has_text=words).wait_for(state="attached")


def test_a_session_that_ended_costs_no_word(form, context, log_in_by_hand, huis):
    Sessie.objects.all().delete()
    draw(form)
    form.get_by_text("Niet gelukt; je tekst staat er nog.").wait_for()
    assert line(form).input_value() == "ontbijten"

    # Another tab, which gives this session a new CSRF token.
    with context.expect_page() as tab:
        form.get_by_role("link", name="Log in een ander tabblad opnieuw in").click()
    log_in_by_hand(tab.value, huis.medewerker)
    draw(form)

    drawn(form, "1 punt maakt het raam groter")
    assert line(form).input_value() == "ontbijten"


def test_what_is_typed_while_the_window_is_drawn_stays(form):
    held = []
    form.route(FORM, lambda route: held.append(route))  # noqa: PLW0108
    with form.expect_request(FORM):
        draw(form)
    line(form).fill("ontbijten\nslapen")
    held[0].continue_()

    drawn(form, "1 punt maakt het raam groter")
    assert line(form).input_value() == "ontbijten\nslapen"


@pytest.mark.parametrize(("knop", "waar"), [("Teken het raam", "tekening"), ("Druk af", "pdf")])
def test_without_a_connection_it_says_so_beside_the_button(form, context, knop, waar):
    form.route(FORM, lambda route: route.abort())
    form.get_by_role("button", name=knop).last.click()

    form.locator(f"[data-stand='{waar}']", has_text="Geen verbinding").wait_for()
    assert line(form).input_value() == "ontbijten"
    assert [page for page in context.pages if page != form] == []


def test_a_mistake_is_told_beside_its_field_without_a_new_page(form):
    day = form.get_by_label("Datum van het gesprek")
    day.evaluate("input => { input.type = 'text'; input.value = 'gisteren'; }")
    form.get_by_role("button", name="Druk af").click()

    form.get_by_text("Geef een datum zoals").wait_for()
    assert day.get_attribute("aria-invalid") == "true"
    assert line(form).input_value() == "ontbijten"
    day.fill("2026-11-12")
    draw(form)
    form.get_by_text("Geef een datum zoals").wait_for(state="detached")
    assert day.get_attribute("aria-invalid") is None


def test_who_leaves_by_a_slip_is_asked_first(form):
    form.on("dialog", lambda dialog: dialog.dismiss())
    line(form).press_sequentially(" en slapen")
    with form.expect_event("dialog") as asked:
        form.get_by_role("link", name="Toolbox").click()
    line(form).press_sequentially("!")

    assert asked.value.type == "beforeunload"
    assert line(form).input_value() == "ontbijten en slapen!"


def test_without_javascript_the_page_says_what_its_browser_keeps(
    browser, live_server, log_in, huis
):
    load_material("dialoogdocument-ouders")
    warning = "je browser kan wat je verstuurt wel op deze computer onthouden"
    for with_script in (False, True):
        context = browser.new_context(java_script_enabled=with_script)
        page = log_in(context.new_page(), huis.medewerker)
        page.goto(live_server.url + reverse("oudergesprek-zonder-bewaren", args=[huis.dossier.pk]))
        assert page.get_by_text(warning).is_visible() != with_script
        context.close()


def test_nothing_of_it_is_in_the_profile_of_the_browser(
    whole_page, live_server, log_in, huis, tmp_path
):
    """Browsers store their open tabs on disk, including the POST data of each page."""
    talk = make_gesprek(huis)
    context = whole_page.context
    page = log_in(whole_page, huis.medewerker)
    page.goto(live_server.url + reverse("oudergesprek-zonder-bewaren", args=[huis.dossier.pk]))
    line(page).fill(f"{GEHEIM} een\n{GEHEIM} twee")
    draw(page)
    drawn(page, "2 punten maken het raam groter")
    with context.expect_page() as tab:
        page.get_by_role("button", name="Druk af").click()
    tab.value.wait_for_url(re.compile("^blob:"))

    # The same for an action for the school that was previewed but not released.
    other = context.new_page()
    other.goto(live_server.url + url(talk, "oudergesprek-vrijgeven"))
    other.get_by_label("Wat gaan jullie doen?").fill(f"{GEHEIM} onthaal")
    other.get_by_role("button", name="Bekijk wat de school zou zien").click()
    other.get_by_role("button", name="Geef deze actie vrij").wait_for()
    context.close()

    assert holding(tmp_path, b"zonder-bewaren")
    assert holding(tmp_path, GEHEIM.encode()) == []
    assert holding(tmp_path, GEHEIM.encode("utf-16-le")) == []
    assert holding(tmp_path, b"%PDF-1") == []


def holding(profile: Path, words: bytes) -> list[Path]:
    """The files of a profile that contain the words."""
    files = (path for path in profile.rglob("*") if path.is_file())
    return [path for path in files if words in path.read_bytes()]
