"""A session that nears its end, in a real browser: a warning, and no word lost after it."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dialoogfiches.oudergesprekken.models import Oudernotitie
from dossiers.mensen.models import Sessie
from preventieplan.models import Antwoord
from tests.conftest import PASSWORD, load_material

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

TOELICHTING = "antwoord-f0-1-v01-toelichting"
NOTITIE = "oudernotitie-thuis-r01-tekst"


@pytest.fixture
def goal(live_server, huis):
    return live_server.url + reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])


@pytest.fixture
def page(page):
    # Its timers are moved by hand here.
    page.clock.install()
    return page


def quiet(page, minutes, *, stays=True):
    """Nobody does anything for a while, with us nor in the page, until it looks how it stands.

    stays: whether the page does, after that.
    """
    ago = timedelta(minutes=minutes)
    moved = {name: F(name) - ago for name in ("laatst", "sinds", "expire_date")}
    Sessie.objects.update(**moved)
    with page.expect_response("**/sessie/"):
        page.clock.fast_forward(int(minutes * 60_000))
    if stays:
        has_heard(page)


def has_heard(page):
    """The page acted upon the answer: until it did, it asks nothing more, however late it is.

    A response is seen here before its page reads it; one that is asked later is read later.
    """
    page.evaluate("fetch('/gezond/', {cache: 'no-store'}).then((answer) => answer.text())")


def type_in_vain(page, naam, text):
    """Type a text that the server does not get; the page tells of it within two minutes."""
    # Its scripts listen from then on: a clock that stands still does not wait for them.
    page.wait_for_load_state()
    page.locator(f"textarea[name='{naam}']").fill(text)
    with page.expect_response("**/sessie/blijf/"):
        page.clock.run_for(3000)
        page.locator(f"[data-veld]:has(> #{naam})[data-staat='wacht']").wait_for()
        page.clock.fast_forward(121_000)
    has_heard(page)


def minutes_left(user):
    left = Sessie.objects.get(gebruiker=user).expire_date - timezone.now()
    return round(left.total_seconds() / 60)


def warning(page):
    return page.get_by_role("dialog", name="Ben je er nog?")


def log_in_again(page, user):
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def test_who_is_warned_stays_with_any_key_and_another_tab_hears_it(
    page, goal, log_in, check, console, huis
):
    log_in(page, huis.team)
    page.goto(f"{goal}?weergave=lijst&stop=f0-1-v01")
    field = page.locator(f"textarea[name='{TOELICHTING}']")
    field.focus()
    other = page.context.new_page()
    other.goto(goal)

    quiet(page, 27)
    expect(warning(page)).to_be_hidden()
    quiet(page, 1.5)

    expect(warning(page)).to_contain_text("Je klikte of typte hier een tijd niet. Om ")
    expect(page.get_by_role("button", name="Ik ben er nog")).to_be_focused()
    check("the warning")
    other.clock.fast_forward(29 * 60_000)
    expect(warning(other)).to_be_visible()

    page.keyboard.press("Shift")

    expect(warning(page)).to_be_hidden()
    expect(field).to_be_focused()
    assert minutes_left(huis.team) == 30
    other.clock.fast_forward(11_000)
    expect(warning(other)).to_be_hidden()
    assert console == []


def test_a_key_is_told_of_and_a_save_is_not(page, goal, log_in, huis):
    log_in(page, huis.team)
    page.goto(f"{goal}?weergave=lijst&stop=f0-1-v01")
    quiet(page, 27)
    sent = []
    page.on("request", lambda one: sent.append(one.url))

    for text in ("een zin", "een zin meer"):
        with page.expect_response(f"{goal}*"):
            page.locator(f"textarea[name='{TOELICHTING}']").fill(text)
            page.clock.run_for(3000)
    page.locator(f"[data-veld]:has(> #{TOELICHTING})[data-staat='bewaard']").wait_for()

    assert len([url for url in sent if "/sessie/" in url]) == 1
    assert len([url for url in sent if url.startswith(goal)]) >= 2
    assert minutes_left(huis.team) == 30


def test_a_talk_on_the_screen_goes_on_and_its_words_come_back_after_it_ended(
    page, goal, log_in, huis
):
    log_in(page, huis.ankerfiguur)
    page.goto(f"{goal}?weergave=bespreken&stop=f0-1-v01")
    quiet(page, 100)
    expect(warning(page)).to_be_hidden()
    page.route(
        goal + "**",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    type_in_vain(page, TOELICHTING, "wat de zaal zei")

    quiet(page, 239)
    expect(warning(page)).to_be_visible()
    quiet(page, 3, stays=False)

    page.wait_for_url("**/inloggen/?next=*")
    page.unroute_all()
    log_in_again(page, huis.ankerfiguur)
    page.wait_for_url("**/preventieplan/f0-1/?weergave=bespreken&stop=f0-1-v01")
    page.clock.run_for(3000)
    page.locator(f"[data-veld]:has(> #{TOELICHTING})[data-staat='bewaard']").wait_for()
    assert Antwoord.objects.get().toelichting == "wat de zaal zei"


def test_words_of_parents_that_are_nowhere_else_hold_the_page(page, live_server, log_in, huis):
    load_material("dialoogdocument-ouders")
    log_in(page, huis.medewerker)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/oudergesprekken/")
    page.get_by_role("link", name="Nieuw gesprek").click()
    page.get_by_label("Pseudoniem").fill("Kolibrie")
    page.get_by_role("button", name="Start het gesprek").click()
    page.locator(f"textarea[name='{NOTITIE}']").wait_for()
    talk = page.url
    page.route(talk + "**", lambda route: route.abort())
    type_in_vain(page, NOTITIE, "de bus rijdt te vroeg")

    quiet(page, 29)
    expect(warning(page)).to_contain_text("iets wat nog niet bewaard is")
    quiet(page, 2)
    over = page.get_by_role("dialog", name="Je bent uitgelogd")
    expect(over).to_contain_text("log opnieuw in (opent een nieuw tabblad)")
    assert page.url == talk

    with page.context.expect_page() as opened:
        over.get_by_role("link").click()
    log_in_again(opened.value, huis.medewerker)
    opened.value.wait_for_url(lambda there: "/inloggen/" not in there)
    page.unroute_all()
    page.bring_to_front()
    # A browser without a window says this of no tab: she comes back, and the page asks at once.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(over).to_be_hidden()
    page.clock.run_for(20_000)

    page.locator(f"[data-veld]:has(> #{NOTITIE})[data-staat='bewaard']").wait_for()
    assert Oudernotitie.objects.get().tekst == "de bus rijdt te vroeg"
