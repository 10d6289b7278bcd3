"""A step of a talk, one question at a time: by keys, in a room, on a phone, without a script."""

from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.domain.preparing import prepare_gesprek
from dialoogfiches.gesprekken.models import Gesprekstap, Notitie
from dossiers.acties.models import Actie
from tests.browser.test_bespreken import dot, shown

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

EERSTE, TWEEDE = "registratie-b01", "registratie-b02"


@pytest.fixture
def gesprek(huis, laad):
    return start_gesprek(
        dossier=huis.dossier,
        versie=laad("dialoogdocument"),
        sleutel=uuid4(),
        titel="Ons gesprek",
        door=huis.team,
    )


@pytest.fixture
def url(live_server, gesprek):
    step = reverse("gesprekstap", args=[gesprek.dossier_id, gesprek.pk, "registratie"])
    return live_server.url + step


@pytest.fixture
def note(gesprek):
    return f"notitie-{gesprek.pk}-{EERSTE}-tekst"


@pytest.fixture
def bespreken(url, log_in, huis):
    def open_as(page, stop=""):
        log_in(page, huis.team)
        page.goto(f"{url}?weergave=bespreken" + (f"&stop={stop}" if stop else ""))
        return page

    return open_as


def test_a_step_by_keyboard_from_the_first_question_to_the_next_step(
    page, bespreken, console, gesprek
):
    bespreken(page)
    for words in ("Elk lesuur.", "Het secretariaat."):
        page.keyboard.press("Enter")
        page.keyboard.type(words)
        page.keyboard.press("Control+Enter")
        page.keyboard.press("ArrowRight")
    expect(dot(page, TWEEDE)).to_have_accessible_name("Vraag 2: ingevuld")
    # A key that chooses an answer has nothing to choose here, and the list of keys has none.
    page.keyboard.press("1")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Toetsen")).not_to_contain_text("kies een antwoord")
    page.keyboard.press("Escape")
    dot(page, "acties").click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Wat gaan jullie doen?")).to_be_focused()
    page.keyboard.type("De codes op één blad")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".actielijn summary")).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "resultaat"
    page.keyboard.press("Enter")
    page.keyboard.type("Eén lijn voor iedereen.")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("ArrowRight")
    card = page.locator("#einde-kaart")
    expect(card).to_contain_text("2 van 11 vragen besproken")
    expect(card).to_contain_text("1 actie heeft nog geen wie of wanneer.")
    expect(card).to_contain_text("Wat jullie meenemen, is genoteerd.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rond deze stap af")).to_be_focused()
    page.keyboard.press("Enter")

    # In the same view of the next step.
    page.get_by_role("heading", name="Data", level=1).wait_for()
    assert shown(page) == "data-b01"
    assert Gesprekstap.objects.get(onderdeel__code="registratie").afgerond_op is not None
    assert sorted(Notitie.objects.values_list("tekst", flat=True)) == [
        "Elk lesuur.",
        "Het secretariaat.",
    ]
    assert Actie.objects.get().wat == "De codes op één blad"
    assert console == []


def test_an_action_is_made_under_the_note_and_nothing_moves(page, bespreken, gesprek):
    bespreken(page)
    question = page.locator(f"#vraag-{EERSTE}")
    opener = question.get_by_role("button", name="Wat gaan jullie doen?")
    expect(opener).to_be_hidden()
    question.get_by_role("textbox").fill("Niemand belt na tien uur.")
    opener.click()
    wat = question.get_by_label("Wat gaan jullie doen?")
    expect(wat).to_be_focused()
    expect(question.locator(".actie-citaat")).to_have_text("Niemand belt na tien uur.")
    wat.fill("half gety")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(wat).to_have_value("half gety")
    wat.fill("Wie eerst ziet, belt")
    question.get_by_label("Wie").focus()
    page.locator("#team option[value='Tom']").wait_for(state="attached")
    question.get_by_label("Wie").fill("Tom")
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")

    line = question.locator(".actie-stil a")
    expect(line).to_be_focused()
    expect(question.locator(".actie-stil")).to_contain_text("Wie eerst ziet, belt · Tom")
    assert page.evaluate("scrollY") == before
    actie = Actie.objects.get()
    assert actie.gespreksactie.notitie.tekst == "Niemand belt na tien uur."
    line.click()
    assert shown(page) == "acties"
    # The line of an action follows its fields here too.
    page.locator(f"[name='actie-{actie.pk}-wie']").fill("Lien")
    expect(page.locator(f"#actie-{actie.pk} > summary")).to_contain_text("Lien")


def test_two_people_in_one_question_in_two_views_meet_the_same_conflict(
    page, browser, bespreken, log_in, url, huis, note
):
    bespreken(page)
    other = log_in(browser.new_context(locale="nl-BE").new_page(), huis.ankerfiguur)
    other.goto(f"{url}?weergave=lijst&stop={EERSTE}")
    page.locator(f"[name='{note}']").fill("van Tom")
    page.locator(f"[data-veld]:has(> #{note})[data-staat='bewaard']").wait_for()

    other.locator(f"[name='{note}']").fill("van An")
    other.get_by_text("Tom bewaarde hier intussen iets anders").wait_for()
    other.get_by_role("button", name="Beide, onder elkaar").click()
    other.locator(f"[data-veld]:has(> #{note}) .veld-bewaard").wait_for(state="attached")
    page.locator(f"[name='{note}']").fill("van Tom, meer")
    page.get_by_role("button", name="Volgende").click()

    expect(page.locator("[data-let-op]")).to_contain_text("Vraag 1")
    page.locator("[data-let-op] a").click()
    page.get_by_text("An bewaarde hier intussen iets anders").wait_for()
    assert Notitie.objects.get().tekst == "van Tom\n\nvan An"
    other.context.close()


def test_a_question_reads_from_the_back_of_the_room_and_the_clb_stays_folded(
    page, bespreken, gesprek
):
    page.set_viewport_size({"width": 1920, "height": 1080})
    bespreken(page)

    size = page.locator(f"#vraag-{EERSTE} h2").evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    assert size >= 32
    expect(page.get_by_text("Rol van het CLB")).to_be_hidden()
    page.get_by_text("Doel en meelezen").click()
    expect(page.get_by_text("Rol van het CLB")).to_be_visible()
    page.get_by_role("button", name="Beeldvullend").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(page.get_by_text("Rol van het CLB")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    assert shown(page) == TWEEDE
    # Rounding off is on the road, wherever one is.
    dot(page, "afronden").click()
    expect(page.get_by_role("button", name="Rond deze stap af")).to_be_visible()


def test_a_phone_has_question_note_and_road_above_the_fold(
    browser, playwright, log_in, url, huis, gesprek
):
    prepare_gesprek(
        gesprek=gesprek,
        seen="0.0",
        datum=None,
        uur=None,
        minuten=50,
        plaats="",
        vragen={TWEEDE: 10},
        door=huis.team,
    )
    phone = browser.new_context(**playwright.devices["iPhone 13"], locale="nl-BE")
    page = log_in(phone.new_page(), huis.team)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(url)

    # What was chosen beforehand comes first, with its clock.
    assert shown(page) == TWEEDE
    page.get_by_role("button", name="Start de klok").click()
    expect(page.locator(f"#vraag-{TWEEDE}").get_by_role("timer")).to_have_text("nog 10 min")
    codes = [stop.get_attribute("data-stop") for stop in page.locator(".stop.vraag").all()]
    for code in codes:
        dot(page, code).click()
        for part in ("h2", "textarea"):
            box = page.locator(f"#vraag-{code} {part}").first.bounding_box()
            assert box["y"] + box["height"] < 720, (code, part)
    for name in ("Vorige", "Volgende"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box["y"] > 700
        assert box["y"] + box["height"] <= 844
        assert box["height"] >= 44
    phone.close()


def test_without_javascript_each_stop_is_a_page_and_the_way_on_saves(
    browser, url, log_in, huis, note
):
    page = browser.new_context(locale="nl-BE", java_script_enabled=False).new_page()
    log_in(page, huis.team)
    page.goto(f"{url}?weergave=bespreken")
    page.locator(f"[name='{note}']").fill("Zonder script")
    page.locator(f"#vraag-{EERSTE}").get_by_role("button", name="Wat gaan jullie doen?").click()
    expect(page.locator(f"#vraag-{EERSTE} .actie-citaat")).to_have_text("Zonder script")
    page.get_by_label("Wat gaan jullie doen?").locator("visible=true").fill("Eén blad")
    page.get_by_role("button", name="Zet bij de acties").locator("visible=true").click()
    expect(page.locator(f"#vraag-{EERSTE} .actie-stil")).to_contain_text("Eén blad")
    page.get_by_role("button", name="Volgende").click()
    assert f"stop={TWEEDE}" in page.url
    expect(page.locator(f"#vraag-{EERSTE}")).to_be_hidden()
    expect(dot(page, EERSTE)).to_have_attribute("data-waarde", "vol")
    dot(page, "resultaat").click()
    page.locator("#resultaat textarea").fill("Eén lijn")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("#einde-kaart")).to_contain_text("Wat jullie meenemen, is genoteerd.")
    page.get_by_role("button", name="Rond deze stap af").click()

    page.get_by_role("heading", name="Data", level=1).wait_for()
    expect(page.locator("#vraag-data-b01")).to_be_visible()
    assert Notitie.objects.get().tekst == "Zonder script"
    assert Actie.objects.get().gespreksactie.notitie == Notitie.objects.get()
    assert Gesprekstap.objects.get().resultaat == "Eén lijn"
    page.context.close()


def test_a_question_chosen_beforehand_is_shown_from_the_cover_in_either_view(
    page, live_server, log_in, huis, gesprek, url
):
    """Also one that is folded away in the list."""
    prepare_gesprek(
        gesprek=gesprek,
        seen="0.0",
        datum=None,
        uur=None,
        minuten=50,
        plaats="",
        vragen={TWEEDE: 10},
        door=huis.team,
    )
    log_in(page, huis.team)
    cover = live_server.url + reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    for view in ("lijst", "bespreken"):
        page.goto(f"{url}?weergave={view}")
        page.goto(cover)
        page.locator(".gekozen-vragen a").click()
        expect(page.locator(f"#vraag-{TWEEDE} textarea")).to_be_visible()
    page.goto(f"{url}?weergave=lijst#vraag-registratie-v01")
    expect(page.locator("#vraag-registratie-v01 textarea")).to_be_visible()
