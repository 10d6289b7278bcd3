"""Who does an action is ticked in its row; Mijn taken and the days off, on every screen."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dossiers.acties.domain.acties import choose_trekkers
from dossiers.acties.models import Actie, Trekker
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling
from tests.browser.niets_verloren.places import offline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def actie(huis) -> Actie:
    """Agreed last week by Tom, and late."""
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie_id, code="f0-1")
    made = create_planactie(
        dossier=huis.dossier, doelstelling=doel, wat="Een kringgesprek", door=huis.team
    )
    week = timedelta(days=7)
    Actie.objects.filter(pk=made.pk).update(
        gemaakt_op=timezone.now() - week, wanneer_op=timezone.localdate() - week / 7
    )
    return made


@pytest.fixture
def tom(page, log_in, huis):
    log_in(page, huis.team)
    return page


def overview(live_server, actie) -> str:
    path = reverse("overzicht", args=[actie.dossier_id])
    return f"{live_server.url}{path}?open={actie.pk}"


def doing(actie) -> set[str]:
    return {str(one.gebruiker) for one in Trekker.objects.filter(actie=actie)}


def test_with_the_keyboard_each_tick_in_the_row_saves_itself(
    tom, live_server, actie, huis, console
):
    tom.goto(overview(live_server, actie))
    link = tom.get_by_role("link", name="Wie herinneren we?")
    link.focus()
    tom.keyboard.press("Enter")
    marie = tom.get_by_role("checkbox", name="Marie")
    marie.wait_for()
    # The focus is where one goes on.
    expect(tom.get_by_role("checkbox", name="An", exact=True)).to_be_focused()

    marie.focus()
    tom.keyboard.press("Space")
    tom.locator(".trekkers-bewaard").wait_for()
    assert doing(actie) == {"Marie"}
    tom.get_by_role("checkbox", name="Tom").check()
    marie.uncheck()
    tom.wait_for_function(
        "tom => [...document.querySelectorAll('.trekkers-stand input')]"
        ".map((one) => one.value).join() === tom",
        arg=str(huis.team.pk),
    )

    assert doing(actie) == {"Tom"}
    assert tom.url == overview(live_server, actie)
    assert console == []


def test_a_tick_without_a_connection_goes_back_and_says_so(tom, live_server, actie):
    tom.goto(overview(live_server, actie))
    tom.get_by_role("link", name="Wie herinneren we?").click()
    marie = tom.get_by_role("checkbox", name="Marie")
    marie.wait_for()
    offline(tom)

    marie.click()

    tom.get_by_text("Niet bewaard.").wait_for()
    expect(marie).not_to_be_checked()
    assert doing(actie) == set()


def test_without_javascript_it_is_a_page_with_one_button(browser, live_server, actie, log_in, huis):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, huis.team)
    page.goto(overview(live_server, actie))
    page.get_by_role("link", name="Wie herinneren we?").click()
    page.get_by_role("checkbox", name="Marie").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()

    page.get_by_text("Bewaard wie deze actie doet.").wait_for()
    assert doing(actie) == {"Marie"}
    page.goto(live_server.url + reverse("taken"))
    page.get_by_text("Er wacht niets op je.").wait_for()
    context.close()


def test_the_pages_pass_axe(tom, live_server, check, actie, huis):
    choose_trekkers(actie=actie, gekozen=[huis.team.pk], stond=[], door=huis.team)
    for name, args in (
        ("taken", []),
        ("trekkers", [huis.dossier.pk, actie.pk]),
        ("school-vrije-dagen", [huis.school.pk]),
    ):
        tom.goto(live_server.url + reverse(name, args=args))
        check(name)
    tom.goto(overview(live_server, actie))
    tom.get_by_role("link", name="Wie herinneren we?").click()
    tom.get_by_role("checkbox", name="Marie").wait_for()
    check("who of the team, in a row")
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    tom.goto(f"{live_server.url}{goal}?weergave=bespreken")
    tom.get_by_text("Wat spraken we vorige keer af?").wait_for()
    check("what was agreed before")


def test_at_320_px_nothing_scrolls_sideways(tom, live_server, actie, huis):
    choose_trekkers(actie=actie, gekozen=[huis.team.pk], stond=[], door=huis.team)
    tom.set_viewport_size({"width": 320, "height": 640})
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    for path in (
        reverse("taken"),
        reverse("trekkers", args=[huis.dossier.pk, actie.pk]),
        reverse("school-vrije-dagen", args=[huis.school.pk]),
        f"{goal}?weergave=bespreken",
    ):
        tom.goto(live_server.url + path)
        assert tom.evaluate("document.documentElement.scrollWidth") <= 320, path
