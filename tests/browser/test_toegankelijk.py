"""What axe can't see: what is said aloud, where the focus goes, and 400 % zoom."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from preventieplan.domain.acties import create_planactie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

# Writes down each text that comes to stand in a live region, with what a style sheet adds to it.
LISTEN = """() => {
    window.said = [];
    const added = (e, where) => {
        const [words, aloud] = getComputedStyle(e, where).content.split(" / ");
        return words.startsWith('"') ? (aloud ?? words).replaceAll('"', "") : "";
    };
    const text = (e) => {
        if (e.nodeType === 3) return e.data;
        if (e.nodeType !== 1 || getComputedStyle(e).display === "none") return "";
        return added(e, "::before") + [...e.childNodes].map(text).join("") + added(e, "::after");
    };
    const known = new Map();
    const look = () => {
        for (const region of document.querySelectorAll("[aria-live], [role=status]")) {
            const now = text(region).trim();
            if (now && known.has(region) && known.get(region) !== now) window.said.push(now);
            known.set(region, now);
        }
        requestAnimationFrame(look);
    };
    look();
}"""


@pytest.fixture
def goal(live_server, huis):
    return live_server.url + reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])


@pytest.mark.parametrize("weergave", ["lijst", "bespreken"])
def test_a_save_is_said_once(weergave, page, log_in, goal, huis):
    log_in(page, huis.team)
    page.goto(f"{goal}?weergave={weergave}&stop=f0-1-v01")
    page.evaluate(LISTEN)
    for words in ("Een kring.", " Elke week."):
        page.locator("[name='antwoord-f0-1-v01-toelichting']").press_sequentially(words)
        page.locator("[data-veld]:has(> [id$='-v01-toelichting'])[data-staat='bewaard']").wait_for()
        page.wait_for_function("() => window.said.length")
        assert page.evaluate("window.said.splice(0)") == ["Bewaard"]


def test_fields_of_the_same_name_tell_where_they_are(page, log_in, goal, huis, doel):
    for wat in ("Een kring", "Een onthaal"):
        create_planactie(dossier=huis.dossier, doelstelling=doel, wat=wat, door=huis.team)
    log_in(page, huis.team)
    page.goto(f"{goal}?weergave=lijst")
    page.locator("details").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")

    third = page.get_by_role("group", name="Vraag 3", exact=True)
    expect(third.get_by_role("textbox", name="Toelichting")).to_have_count(1)
    action = page.get_by_role("group", name="Actie: Een onthaal")
    expect(action.get_by_role("textbox", name="Wie")).to_have_count(1)


def test_the_focus_outlives_what_is_drawn_anew_and_follows_a_link(page, log_in, goal, huis, doel):
    create_planactie(dossier=huis.dossier, doelstelling=doel, wat="Een kring", door=huis.team)
    log_in(page, huis.team)
    page.goto(f"{goal}?weergave=bespreken&stop=einde")
    page.locator("#einde-focus").focus()
    with page.expect_response(lambda response: "stop=einde" in response.url):
        page.evaluate("window.htmx.trigger('#einde-kaart', 'vernieuw')")
    page.locator("#einde-kaart:not(.htmx-request)").wait_for()
    expect(page.locator("#einde-focus")).to_be_focused()

    page.goto(f"{goal}?weergave=lijst")
    line = page.locator(".actielijn")
    page.evaluate("(id) => { location.hash = id; }", line.get_attribute("id"))
    expect(line.locator("summary")).to_be_focused()
    expect(line.get_by_label("Wie")).to_be_visible()


def test_at_400_percent_no_bar_stands_in_the_way(page, log_in, goal, huis):
    log_in(page, huis.team)
    page.set_viewport_size({"width": 320, "height": 225})
    page.goto(f"{goal}?weergave=bespreken")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator(".wegwijzer")).to_have_css("position", "static")
