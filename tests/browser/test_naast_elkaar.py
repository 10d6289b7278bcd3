"""Colleagues beside each other: a remark in a panel, a question that is given, notes of the CLB."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from dossiers.reacties.models import Reactie
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord
from preventieplan.opmerkingen.domain import write_opmerking
from preventieplan.opmerkingen.models import Opmerking
from start.notities.queries import notes_of

pytestmark = pytest.mark.django_db(transaction=True)

DOEL, VRAAG = "f0-1", "f0-1-v01"
VRAAGT = "Hebben we dit niet al beslist?"


def way_to_remarks(page, code=VRAAG):
    return page.locator(f"#vraag-{code} .naar-opmerkingen a")


def open_question(page, code=VRAAG):
    page.locator(f"#vraag-{code} summary").first.press("Enter")


def test_a_remark_is_written_beside_the_list_and_the_page_stays(
    page, live_server, log_in, check, console, huis
):
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/{DOEL}/?weergave=lijst")
    # A list of questions stays a list of questions.
    expect(way_to_remarks(page)).to_be_hidden()

    # By keyboard: open, write, close; the focus comes back.
    open_question(page)
    expect(way_to_remarks(page)).to_have_text("Opmerking")
    way_to_remarks(page).press("Enter")
    panel = page.locator(".naast")
    expect(panel.get_by_role("heading", name="Opmerkingen")).to_be_focused()
    check("the panel of remarks")
    panel.get_by_label("Je opmerking").fill(VRAAGT)
    panel.get_by_role("button", name="Plaats").press("Enter")
    expect(panel.locator(".opmerking-tekst")).to_have_text(VRAAGT)
    expect(way_to_remarks(page)).to_contain_text("1 opmerking")
    check("the panel with a remark")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(way_to_remarks(page)).to_be_focused()
    assert Opmerking.objects.get().tekst == VRAAGT

    # What is not right comes back with what was typed.
    way_to_remarks(page).click()
    panel.get_by_role("button", name="Plaats").click()
    expect(panel.get_by_text("Schrijf eerst iets.")).to_be_visible()
    panel.get_by_role("button", name=re.compile("^Afgehandeld")).click()
    expect(panel.get_by_text("1 afgehandeld")).to_be_visible()
    expect(way_to_remarks(page)).to_contain_text("Opmerking")
    panel.get_by_role("button", name="Sluit").click()
    # Chromium tells of the answer to what was not right.
    assert [one for one in console if "422" not in one] == []


def test_in_an_open_question_one_says_that_it_does_not_work_and_is_back_there(
    page, live_server, log_in, check, console, huis
):
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/{DOEL}/?weergave=lijst")
    way = page.locator(f"#vraag-{VRAAG} .naar-werkt a")
    expect(way).to_be_hidden()
    open_question(page)
    expect(way).to_have_accessible_name(re.compile("^Werkt dit[?] bij: "))
    way.press("Enter")
    page.get_by_role("heading", name="Werkt dit?").wait_for()
    check("saying whether a question works")

    page.get_by_role("button", name="Dit werkt niet").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeg in een zin waarom niet")
    check("a reason that is missing")
    page.get_by_label("Omdat").fill("Drie dingen in één vraag")
    page.get_by_role("button", name="Dit werkt niet").click()

    expect(page.get_by_text("Bedankt. De PLG leest dit")).to_be_visible()
    expect(page.locator(f"#vraag-{VRAAG} details.open-vraag")).to_have_attribute("open", "")
    assert Reactie.objects.get().omdat == "Drie dingen in één vraag"
    assert [one for one in console if "422" not in one] == []


def test_what_was_typed_and_not_sent_is_asked_about(page, live_server, log_in, huis):
    log_in(page, huis.team)
    page.goto(f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/{DOEL}/?weergave=lijst")
    open_question(page)
    way_to_remarks(page).click()
    box = page.locator(".naast").get_by_label("Je opmerking")
    box.fill(VRAAGT)
    asked = []

    def stay(dialog):
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.keyboard.press("Escape")

    assert asked == ["Wat je typte, is nog niet geplaatst. Toch weg?"]
    expect(box).to_have_value(VRAAGT)


def test_the_beamer_shows_nothing_of_it(page, live_server, log_in, huis):
    write_opmerking(
        dossier=huis.dossier,
        bij={"vraag": VRAAG},
        tekst=VRAAGT,
        sleutel=uuid4(),
        door=huis.ankerfiguur,
    )
    log_in(page, huis.team)
    goal = f"{live_server.url}/dossiers/{huis.dossier.pk}/preventieplan/{DOEL}/"
    page.goto(f"{goal}?weergave=lijst")
    expect(way_to_remarks(page)).to_contain_text("1 opmerking")

    page.goto(f"{goal}?weergave=bespreken")

    expect(page.locator(".stop-vraag").first).to_be_visible()
    expect(page.get_by_text("pmerking")).to_have_count(0)


def test_a_question_is_given_and_notes_are_written(page, live_server, log_in, check, console, huis):
    doel = huis.dossier.planversie.doelstellingen.get(code=DOEL)
    answer = Antwoord(dossier=huis.dossier, vraag=doel.vragen.get(code=VRAAG))
    save_veld(record=answer, veld="stand", waarde="weten-niet", basis=0, door=huis.team)
    log_in(page, huis.ankerfiguur)
    here = f"{live_server.url}/dossiers/{huis.dossier.pk}"
    page.goto(f"{here}/preventieplan/")
    page.get_by_role("link", name="Wie zoekt dit uit?").click()
    check("giving a question")
    page.get_by_label("Wie zoekt dit uit?").fill("Tom")
    page.get_by_role("button", name="Geef de vraag").click()
    page.get_by_text("vindt het bij ‘Mijn taken’").wait_for()
    page.goto(f"{here}/preventieplan/{VRAAG}/uitzoeken/")
    check("a question that was given")

    page.goto(f"{here}/opmerkingen/{DOEL}/")
    check("the remarks of a goal")
    page.goto(f"{here}/opmerkingen/")
    check("no remarks")

    page.goto(f"{here}/notities/")
    page.get_by_label("Om te onthouden").fill("De directie belt zelf.")
    page.locator("[data-veld]:has(> [id$='-onthouden'])[data-staat='bewaard']").wait_for()
    check("notes of the CLB")
    assert notes_of(huis.dossier).onthouden == "De directie belt zelf."
    assert not console
