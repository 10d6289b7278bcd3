"""A row of the overview opens in its place, and closes when all that was typed is saved."""

import pytest
from django.urls import reverse

from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling
from tests.browser.niets_verloren.places import never, offline, online, state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]


@pytest.fixture
def actie(huis):
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie_id, code="f0-1")
    return create_planactie(
        dossier=huis.dossier, doelstelling=doel, wat="Een kringgesprek", door=huis.team
    )


@pytest.fixture
def url(huis, live_server):
    return live_server.url + reverse("overzicht", args=[huis.dossier.pk])


@pytest.fixture
def tom(page, log_in, huis, url):
    log_in(page, huis.team)
    page.goto(url)
    return page


def field(page, actie, veld):
    return page.locator(f"[name='actie-{actie.pk}-{veld}']")


def is_text(page, actie):
    page.locator(f"#actie-{actie.pk} a.rij-open").wait_for()
    return not page.locator(f"#actie-{actie.pk} [data-veld]").count()


def test_a_row_opens_where_one_clicks_and_closes_with_what_was_saved(actie, tom, console):
    tom.locator(f"#actie-{actie.pk} [data-veld-naam=wie]").click()
    wie = field(tom, actie, "wie")
    wie.wait_for()
    assert wie.evaluate("e => e === document.activeElement")
    assert "open=" not in tom.url

    wie.press_sequentially("Tom")
    tom.get_by_role("button", name="Klaar met deze actie").click()

    assert is_text(tom, actie)
    assert tom.locator(f"#actie-{actie.pk} [data-tekst=wie]").text_content() == "Tom"
    actie.refresh_from_db()
    assert actie.wie == "Tom"
    link = tom.locator(f"#actie-{actie.pk} a.rij-open")
    assert link.evaluate("e => e === document.activeElement")
    assert console == []


def test_with_the_keyboard_enter_opens_and_escape_closes(actie, tom):
    link = tom.get_by_role("link", name="Een kringgesprek", exact=True)
    link.focus()
    tom.keyboard.press("Enter")
    field(tom, actie, "wat").wait_for()
    tom.keyboard.type(" in elke klas")
    tom.keyboard.press("Escape")

    assert is_text(tom, actie)
    actie.refresh_from_db()
    assert actie.wat == "Een kringgesprek in elke klas"


def test_a_row_stays_open_as_long_as_something_in_it_is_not_saved(actie, tom, an, url):
    tom.get_by_role("link", name="Een kringgesprek", exact=True).click()
    field(tom, actie, "wie").wait_for()
    save_veld(record=actie, veld="wie", waarde="An", basis=0, door=an)
    field(tom, actie, "wie").fill("Tom")
    tom.keyboard.press("Escape")

    tom.get_by_text("Nog niet alles is bewaard").wait_for()
    state(tom, f"actie-{actie.pk}-wie", "conflict")
    assert field(tom, actie, "wie").input_value() == "Tom"


def test_without_a_connection_a_row_stays_as_it_is_and_says_so(actie, tom):
    offline(tom)
    tom.get_by_role("link", name="Een kringgesprek", exact=True).click()
    tom.get_by_text("er is geen verbinding").wait_for()
    online(tom)
    tom.get_by_role("link", name="Een kringgesprek", exact=True).click()
    field(tom, actie, "wie").wait_for()
    offline(tom)
    tom.keyboard.press("Escape")

    tom.get_by_text("er is geen verbinding").wait_for()
    assert field(tom, actie, "wie").count() == 1
    online(tom)
    tom.keyboard.press("Escape")
    assert is_text(tom, actie)


@pytest.mark.parametrize("by_link", [True, False])
def test_words_that_wait_for_a_closed_row_open_it_and_go_out(actie, tom, url, by_link):
    naam = f"actie-{actie.pk}-wie"
    tom.get_by_role("link", name="Een kringgesprek", exact=True).click()
    field(tom, actie, "wie").wait_for()
    offline(tom)
    field(tom, actie, "wie").fill("Bart en Lieve")
    state(tom, naam, "wacht")
    other = tom.context.new_page()
    tom.close()
    online(other)

    # Somewhere else they are told of, with a way to their field.
    other.goto(url.replace("overzicht/", ""))
    way = other.locator(".nog-te-versturen a")
    assert way.get_attribute("href").endswith(f"/overzicht/#{naam}")
    if by_link:
        way.click()
    else:
        other.goto(url)

    state(other, naam, "bewaard")
    assert field(other, actie, "wie").input_value() == "Bart en Lieve"
    actie.refresh_from_db()
    assert actie.wie == "Bart en Lieve"


def test_a_link_to_a_field_opens_its_row(actie, tom, url):
    tom.goto(f"{url}#actie-{actie.pk}-check_op")

    day = field(tom, actie, "check_op")
    day.wait_for()
    tom.wait_for_function("document.activeElement.name?.endsWith('check_op')")


def test_a_new_action_that_came_through_does_not_come_back_as_a_draft(actie, tom, url):
    """Its answer got lost, but the row of text shows that the server has it."""
    tom.locator("#plaats-f0-1 summary").click()
    wat, wie = (tom.locator(f"[name='nieuw-f0-1-{one}']") for one in ("wat", "wie"))
    wat.fill("Een onthaaldag\nvoor wie later komt")
    wie.fill("Bart & Lieve")
    tom.wait_for_timeout(300)
    tom.route("**/overzicht/", never)
    doel = Doelstelling.objects.get(versie=actie.dossier.planversie_id, code="f0-1")
    create_planactie(
        dossier=actie.dossier,
        doelstelling=doel,
        wat="Een onthaaldag\nvoor wie later komt",
        wie="Bart & Lieve",
        door=actie.gewijzigd_door,
    )
    other = tom.context.new_page()
    tom.close()

    other.goto(url)
    other.wait_for_function(
        "() => !Object.keys(localStorage).some((name) => name.startsWith('concept:'))"
    )
    assert other.locator("[name='nieuw-f0-1-wat']").input_value() == ""
    assert other.locator(".nog-te-versturen").count() == 0
