"""A spiegel in a real browser: a team that asks, and five phones that answer."""

import pytest

from preventieplan.spiegel.models import Spiegel
from tests.browser.test_inschalen import telephone
from tests.preventieplan.spiegel.spiegels import DEELS, DOEN, EEN, TWEE, counts, opened, team_says

pytestmark = pytest.mark.django_db(transaction=True)


def answers(phone, *labels: str) -> None:
    """A label for each question, in order."""
    for question, label in enumerate(labels):
        phone.get_by_role("group").nth(question).get_by_label(label).check(force=True)
    phone.get_by_role("button", name="Verstuur").click()


def test_one_spiegel_with_five_phones(
    page, browser, live_server, log_in, check, console, huis, settings
):
    settings.SITE_URL = live_server.url
    team_says(huis.dossier, **{EEN: DOEN, TWEE: DEELS})
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/")
    page.get_by_role("link", name="Spiegel").click()
    check("no spiegel yet")
    page.get_by_role("link", name="Start een spiegel").click()
    check("choosing, folded")
    page.locator(".kies-doel summary").first.press("Enter")
    for code in (EEN, TWEE):
        page.locator(f'input[value="{code}"]').check()
    check("choosing")
    page.get_by_role("button", name="Start de spiegel").click()
    page.get_by_text("De spiegel is open").wait_for()
    check("it runs")

    made = Spiegel.objects.get()
    link = f"{live_server.url}/b/spiegel/{made.sleutel}/"
    page.goto(link)
    check("the phone")
    page.get_by_role("button", name="Verstuur").click()
    page.get_by_text("Er is nog niets verstuurd").wait_for()
    check("the phone, with what is missing")
    for labels in [("Nog niet", "Deels")] * 3 + [("Doen we", "Deels"), ("Weet ik niet", "Deels")]:
        phone = telephone(browser, link)
        answers(phone, *labels)
        phone.get_by_text("Dankjewel dat je wilde meedenken").wait_for()
        assert phone.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        phone.goto(link)
        phone.get_by_text("al geantwoord").wait_for()
        phone.context.close()
    assert counts(made) == [(1, 0, 3, 1), (0, 5, 0, 0)]

    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/spiegel/{made.pk}/")
    page.get_by_text("Nu afsluiten").click()
    page.get_by_role("button", name="Sluit de bevraging af").click()
    page.get_by_text("3 van de 5 leerkrachten zeggen ‘nog niet’").wait_for()
    page.get_by_text("alle 5 leerkrachten zien het ook zo").wait_for()
    check("both side by side")
    page.get_by_role("button", name="Zet op plan en routekaart").click()
    page.get_by_role("button", name="Haal het er weer af").wait_for()
    for view in ("lijst", "bespreken"):
        page.goto(
            f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/f0-1/?weergave={view}"
        )
        page.get_by_text("5 leerkrachten: 1 ‘doen we’, 3 ‘nog niet’").first.wait_for()
        check(f"beside the question, {view}")
    # The form that was sent unfinished was answered with 422, which the browser reports.
    assert [one for one in console if "422" not in one] == []


def test_without_a_script_and_with_the_keyboard(browser, live_server, huis):
    """The phone needs no JavaScript, and no finger."""
    team_says(huis.dossier, **{EEN: DOEN})
    made = opened(huis.dossier, huis.team, EEN)
    phone = telephone(
        browser, f"{live_server.url}/b/spiegel/{made.sleutel}/", java_script_enabled=False
    )
    phone.get_by_label("Doen we").focus()
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.get_by_text("Dankjewel dat je wilde meedenken").wait_for()
    phone.context.close()
    assert counts(made) == [(0, 1, 0, 0)]
