"""No word is lost in the browser: however a page goes, its words are saved, or said to be there."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models.signals import post_save
from django.urls import reverse
from playwright.sync_api import Dialog, Page, Route, expect

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.oudergesprekken.domain.oudergesprekken import start_oudergesprek
from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Revisie
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Doelstelling, Inschaling
from tests.conftest import load_material

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

TOELICHTING = "antwoord-f0-1-v01-toelichting"
STAND = "antwoord-f0-1-v01-stand"
SCORE = "inschaling-f0-1-score"
WORDS = "Aan de poort, elke ochtend"
STAYS = "() => Object.keys(localStorage).filter((name) => name.startsWith('concept:')).length"


@dataclass(frozen=True)
class Spot:
    """A field of some kind of page. fill(page): types or chooses `value` in it."""

    url: str
    naam: str
    value: str
    fill: Callable[[Page], None]

    def shown(self, page: Page):
        return page.locator(f"[name='{self.naam}']")


def text(url: str, naam: str, value: str = WORDS) -> Spot:
    return Spot(url, naam, value, lambda page: page.locator(f"[name='{naam}']").fill(value))


def choice(url: str, naam: str, value: str) -> Spot:
    css = f"[name='{naam}'][value='{value}']"
    return Spot(url, naam, value, lambda page: page.locator(css).dispatch_event("click"))


@pytest.fixture
def goal(huis):
    return reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])


@pytest.fixture
def actie(huis):
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie_id, code="f0-1")
    return create_planactie(
        dossier=huis.dossier, doelstelling=doel, wat="Een kringgesprek", door=huis.team
    )


@pytest.fixture
def step(huis):
    gesprek = start_gesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument"),
        sleutel=uuid4(),
        titel="Ons gesprek",
        door=huis.team,
    )
    url = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "registratie"])
    return text(url, f"notitie-{gesprek.pk}-registratie-b01-tekst")


@pytest.fixture
def parents(huis):
    gesprek = start_oudergesprek(
        dossier=huis.dossier,
        versie=load_material("dialoogdocument-ouders"),
        pseudoniem="Kolibrie",
        datum=None,
        door=huis.medewerker,
    )
    return text(reverse("oudergesprek", args=[gesprek.pk]), "oudernotitie-thuis-r01-tekst")


@pytest.fixture(
    params=["toelichting", "stand", "score", "wat", "datum", "notitie"],
)
def spot(request, huis, goal) -> Spot:
    """Each kind of field on each kind of page that keeps drafts."""
    if request.param == "toelichting":
        return text(goal, TOELICHTING)
    if request.param == "stand":
        return choice(goal, STAND, "deels")
    if request.param == "score":
        return choice(goal, SCORE, "7")
    if request.param == "notitie":
        return request.getfixturevalue("step")
    actie = request.getfixturevalue("actie")
    overview = reverse("overzicht", args=[huis.dossier.pk])
    if request.param == "wat":
        return text(overview, f"actie-{actie.pk}-wat")
    return text(overview, f"actie-{actie.pk}-wanneer_op", "2027-03-01")


@pytest.fixture
def go(live_server, log_in):
    """Log in and open a page: `go(page, tom, url)`."""

    def open_as(page: Page, user, url: str) -> Page:
        log_in(page, user)
        page.goto(live_server.url + url)
        return page

    return open_as


@pytest.fixture
def arrives():
    """Wait until the database has a text, whoever sends it: `arrives(text)` returns an event."""
    waiting: list[tuple[str, threading.Event]] = []

    def hear(instance, **_):
        if isinstance(instance, Revisie):
            for value, event in waiting:
                if instance.waarde == value:
                    transaction.on_commit(event.set)

    post_save.connect(hear, weak=False)

    def expect_text(value: str) -> threading.Event:
        event = threading.Event()
        waiting.append((value, event))
        return event

    yield expect_text
    post_save.disconnect(hear)


@pytest.fixture
def questions(page):
    """What the browser asks before a page goes; each is answered with yes."""
    return asked_by(page, stay=False)


def asked_by(page: Page, *, stay: bool) -> list[str]:
    """A list to which every question of the browser is added, once it got its answer."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if stay:
            dialog.dismiss()
        else:
            dialog.accept()

    page.on("dialog", answer)
    return asked


def never(_route: Route) -> None:
    """Leave a request without an answer."""


def offline(page: Page) -> None:
    page.context.set_offline(True)


def online(page: Page) -> None:
    page.context.set_offline(False)


def close(page: Page) -> None:
    """Close a tab as a person does, and wait until it is gone."""
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def state(page: Page, naam: str, value: str) -> None:
    page.locator(f"[data-veld='{naam}'][data-staat='{value}']").wait_for()


def test_a_tab_that_is_closed_right_after_the_last_key(page, go, huis, spot, arrives, questions):
    go(page, huis.team, spot.url)
    event = arrives(spot.value)

    spot.fill(page)
    close(page)

    assert event.wait(10)
    assert questions == []


def test_another_address_typed_right_after_the_last_key(
    page, go, huis, spot, arrives, questions, live_server
):
    go(page, huis.team, spot.url)
    event = arrives(spot.value)

    spot.fill(page)
    page.goto(f"{live_server.url}/toolbox/")

    assert event.wait(10)
    assert questions == []


def test_a_talk_with_parents_asks_before_it_goes_and_sends_while_going(
    page, go, huis, parents, arrives, questions, live_server
):
    go(page, huis.medewerker, parents.url)
    event = arrives(parents.value)

    parents.fill(page)
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == ["beforeunload"]
    assert event.wait(10)


def test_a_talk_with_parents_that_can_not_be_sent_holds_the_page(page, go, huis, parents):
    go(page, huis.medewerker, parents.url)
    asked = asked_by(page, stay=True)
    offline(page)
    parents.fill(page)
    state(page, parents.naam, "wacht")

    page.evaluate("() => { location.href = '/toolbox/' }")
    expect(parents.shown(page)).to_have_value(WORDS)
    online(page)
    state(page, parents.naam, "bewaard")

    assert asked == ["beforeunload"]
    assert page.evaluate(STAYS) == 0


def test_who_stops_a_form_and_types_on_is_asked_as_ever(
    page, go, huis, parents, arrives, questions, live_server
):
    go(page, huis.medewerker, parents.url)
    page.evaluate(
        """() => {
            const form = document.querySelector("form[data-dossier]");
            form.addEventListener("submit", (event) => event.preventDefault());
            form.requestSubmit();
        }"""
    )
    event = arrives(parents.value)

    parents.fill(page)
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == ["beforeunload"]
    assert event.wait(10)


def test_a_saved_field_asks_nothing(page, go, huis, parents, questions, live_server):
    go(page, huis.medewerker, parents.url)
    parents.fill(page)
    state(page, parents.naam, "bewaard")

    page.goto(f"{live_server.url}/toolbox/")

    assert questions == []


def test_without_room_in_the_browser_the_page_asks_too(
    page, go, huis, goal, arrives, questions, live_server
):
    go(page, huis.team, goal)
    page.evaluate(
        """() => {
            const full = new DOMException("vol", "QuotaExceededError");
            Storage.prototype.setItem = () => { throw full; };
        }"""
    )
    event = arrives(WORDS)

    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == ["beforeunload"]
    assert event.wait(10)


@pytest.mark.parametrize(("letters", "asks"), [(18_000, []), (20_000, ["beforeunload"])])
def test_more_than_a_leaving_page_can_carry_is_asked_about(
    page, go, huis, goal, questions, live_server, letters, asks
):
    """Three fields that each hold so many letters, just under and just over 60 kB together."""
    go(page, huis.team, goal)
    page.route("**/preventieplan/f0-1/", never)

    for naam in (TOELICHTING, "antwoord-f0-1-v02-toelichting", "antwoord-f0-1-v03-toelichting"):
        page.locator(f"[name='{naam}']").fill("a" * letters)
    page.locator(f"[name='{TOELICHTING}']").focus()
    page.wait_for_function(f"({STAYS})() === 3")
    page.unroute_all()
    page.goto(f"{live_server.url}/toolbox/")

    assert questions == asks


def test_a_closed_tab_without_a_connection_is_told_of_on_every_page(
    page, go, huis, spot, live_server
):
    go(page, huis.team, spot.url)
    offline(page)
    spot.fill(page)
    page.wait_for_function(f"({STAYS})() === 1")
    context = page.context
    close(page)
    context.set_offline(False)

    other = context.new_page()
    other.goto(f"{live_server.url}/toolbox/")
    other.get_by_text("Nog niet verstuurd.").wait_for()
    other.get_by_text("Wat staat er?").click()
    expect(other.locator(".nog-te-versturen blockquote")).to_have_text(spot.value)
    other.locator(".nog-te-versturen a").click()
    state(other, spot.naam, "bewaard")

    assert other.evaluate(STAYS) == 0
    other.goto(f"{live_server.url}/toolbox/")
    expect(other.get_by_text("Nog niet verstuurd.")).to_have_count(0)


def test_what_waits_can_be_thrown_away(page, go, huis, goal, live_server):
    go(page, huis.team, goal)
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.wait_for_function(f"({STAYS})() === 1")
    context = page.context
    close(page)
    context.set_offline(False)

    other = context.new_page()
    other.goto(f"{live_server.url}/scholen/")
    other.get_by_text("Wat staat er?").click()
    other.get_by_role("button", name="Gooi het weg").click()
    expect(other.locator(".nog-te-versturen")).to_have_count(0)

    other.goto(live_server.url + goal)
    assert other.evaluate(STAYS) == 0
    assert not Antwoord.objects.exists()


def test_two_tabs_of_one_person_without_a_connection_both_come_back(
    page, go, huis, goal, live_server
):
    context = go(page, huis.team, goal).context
    second = context.new_page()
    second.goto(live_server.url + goal)
    context.set_offline(True)
    for tab, words in ((page, "Uit het eerste tabblad"), (second, "Uit het tweede tabblad")):
        tab.locator(f"[name='{TOELICHTING}']").fill(words)
    second.wait_for_function(f"({STAYS})() === 2")
    for tab in (page, second):
        close(tab)
    context.set_offline(False)

    third = context.new_page()
    third.goto(live_server.url + goal)
    field = third.locator(f"[data-veld='{TOELICHTING}']")
    expect(field.get_by_role("textbox")).to_have_value("Uit het tweede tabblad")
    expect(field.locator("blockquote")).to_have_text("Uit het eerste tabblad")
    field.get_by_role("button", name="Zet het onder mijn tekst").click()
    state(third, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().toelichting == "Uit het tweede tabblad\n\nUit het eerste tabblad"
    assert third.evaluate(STAYS) == 0


def test_a_draft_in_conflict_stays_when_another_tab_of_the_same_person_saves(
    page, go, huis, goal, live_server
):
    context = go(page, huis.team, goal).context
    second = context.new_page()
    second.goto(live_server.url + goal)
    page.locator(f"[name='{TOELICHTING}']").fill("Eerst")
    state(page, TOELICHTING, "bewaard")
    second.locator(f"[name='{TOELICHTING}']").fill("Iets anders")
    state(second, TOELICHTING, "conflict")
    page.locator(f"[name='{TOELICHTING}']").fill("Eerst, en nog meer")
    state(page, TOELICHTING, "bewaard")
    close(second)

    third = context.new_page()
    third.goto(live_server.url + goal)
    state(third, TOELICHTING, "conflict")

    expect(third.locator(f"[name='{TOELICHTING}']")).to_have_value("Iets anders")
    assert Antwoord.objects.get().toelichting == "Eerst, en nog meer"


def test_a_tab_that_the_browser_stops_gives_its_words_back(page, go, huis, goal, live_server):
    """Without a word to the page, as when memory runs out."""
    context = go(page, huis.team, goal).context
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.wait_for_function(f"({STAYS})() === 1")
    page.close()
    context.set_offline(False)

    other = context.new_page()
    other.goto(live_server.url + goal)
    state(other, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().toelichting == WORDS


@pytest.mark.parametrize("kind", ["goal", "parents"])
def test_a_page_goes_on_by_itself_once_its_account_is_logged_in_again(
    page, go, huis, goal, kind, request, log_in
):
    spot = text(goal, TOELICHTING) if kind == "goal" else request.getfixturevalue("parents")
    user = huis.team if kind == "goal" else huis.medewerker
    go(page, user, spot.url)
    page.context.clear_cookies()
    spot.fill(page)
    state(page, spot.naam, "wacht")
    page.get_by_text("je bent uitgelogd").wait_for()

    tab = page.context.new_page()
    log_in(tab, user)
    tab.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    state(page, spot.naam, "bewaard")

    expect(spot.shown(page)).to_have_value(WORDS)


def test_a_page_sends_nothing_for_who_logged_in_after_its_account(page, go, huis, goal, log_in):
    go(page, huis.team, goal)
    page.context.clear_cookies()
    tab = page.context.new_page()
    log_in(tab, huis.ankerfiguur)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.get_by_text("op deze computer is nu iemand anders ingelogd").wait_for()
    assert not Antwoord.objects.exists()

    tab.context.clear_cookies()
    log_in(tab, huis.team)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    state(page, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().gewijzigd_door == huis.team


def test_a_draft_on_a_shared_computer_is_readable_for_no_other_account(
    page, go, huis, goal, live_server, log_in
):
    go(page, huis.team, goal)
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    page.wait_for_function(f"({STAYS})() === 1")
    assert "poort" not in page.evaluate("JSON.stringify({...localStorage})")
    context = page.context
    close(page)
    context.set_offline(False)
    context.clear_cookies()

    other = log_in(context.new_page(), huis.ankerfiguur)
    other.goto(live_server.url + goal)
    other.wait_for_load_state("networkidle")
    expect(other.locator(f"[name='{TOELICHTING}']")).to_have_value("")
    expect(other.get_by_text("Nog niet verstuurd.")).to_have_count(0)
    # Not even with the words of the vault itself: they are sealed with the key of another account.
    opened = other.evaluate(
        """async ([vault, user]) => {
            for (const [name, sealed] of Object.entries({...localStorage})) {
                localStorage.setItem(name.replace(/:[^:]+:/, `:${user}:`), sealed);
            }
            return (await (await import(vault)).all()).length;
        }""",
        [f"{live_server.url}/static/js/bewaren/vault.js", str(huis.ankerfiguur.pk)],
    )
    assert opened == 0

    context.clear_cookies()
    again = log_in(context.new_page(), huis.team)
    again.goto(live_server.url + goal)
    state(again, TOELICHTING, "bewaard")


@pytest.mark.parametrize("naam", [TOELICHTING, STAND, SCORE], ids=["toelichting", "stand", "score"])
def test_back_shows_what_a_colleague_wrote_since(page, go, huis, goal, naam, live_server):
    values = {TOELICHTING: ("van Tom", "van An"), STAND: ("deels", "doen-we"), SCORE: ("4", "8")}
    mine, theirs = values[naam]
    spot = text(goal, naam, mine) if naam == TOELICHTING else choice(goal, naam, mine)
    go(page, huis.team, goal)
    spot.fill(page)
    state(page, naam, "bewaard")
    page.goto(f"{live_server.url}/toolbox/")
    record = (Inschaling if naam == SCORE else Antwoord).objects.get()
    veld = naam.rpartition("-")[2]
    waarde = int(theirs) if naam == SCORE else theirs
    save_veld(record=record, veld=veld, waarde=waarde, basis=1, door=huis.ankerfiguur)

    page.go_back()

    shown = page.evaluate(
        f"""() => {{
            const inputs = [...document.getElementsByName('{naam}')];
            return (inputs.find((input) => input.checked) ?? inputs[0]).value;
        }}"""
    )
    assert shown == theirs


def test_a_page_that_comes_back_as_it_was_saves_what_it_had(page, go, huis, goal):
    """Out of the browser's memory, as Back does in some: the page itself never went."""
    go(page, huis.team, goal)
    offline(page)
    page.locator(f"[name='{TOELICHTING}']").fill(WORDS)
    state(page, TOELICHTING, "bezig")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    online(page)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    state(page, TOELICHTING, "bewaard")

    assert Antwoord.objects.get().toelichting == WORDS


def test_a_new_action_is_made_once_whatever_back_does(page, go, huis, goal):
    go(page, huis.team, goal)
    new = page.locator(".nieuwe-actie")
    new.locator("summary").click()
    new.get_by_label("Wat gaan jullie doen?").fill("Een kringgesprek")
    new.get_by_role("button", name="Zet in het plan").click()
    page.get_by_text("De actie staat in het plan.").wait_for()

    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(new.locator("textarea").first).to_have_value("")
    page.go_forward()
    page.wait_for_load_state("networkidle")

    assert Actie.objects.count() == 1
    assert page.evaluate(STAYS) == 0


def test_a_page_from_before_a_backup_does_not_write_over_a_colleague(page, go, huis, goal):
    go(page, huis.team, goal)
    for number in range(3):
        page.locator(f"[name='{TOELICHTING}']").fill(f"van Tom {number}")
        page.locator(f"#b_{TOELICHTING}[value='{number + 1}']").wait_for(state="attached")
    # The backup of before is put back, and a colleague goes on from there.
    antwoord = Antwoord.objects.get()
    antwoord.history().filter(revisie__gt=1).delete()
    Antwoord.objects.update(toelichting="van Tom 0", toelichting_revisie=1)
    antwoord.refresh_from_db()
    save_veld(record=antwoord, veld="toelichting", waarde="van An", basis=1, door=huis.ankerfiguur)

    page.locator(f"[name='{TOELICHTING}']").fill("van Tom, verder")
    state(page, TOELICHTING, "conflict")

    assert Antwoord.objects.get().toelichting == "van An"
    page.get_by_text("bewaarde hier intussen iets anders").wait_for()
