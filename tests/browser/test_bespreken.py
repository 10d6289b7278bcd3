"""One question at a time: the road, the keys, the whole screen, and a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clicks.counter import Counter
from clicks.jobs.goals import WORDS, answer_by_keyboard
from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Inschaling
from tests.browser.niets_verloren.places import state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

TOELICHTING = "antwoord-f0-1-v01-toelichting"
GROEIKANS = "antwoord-f0-1-v01-groeikans"


@pytest.fixture
def url(live_server, huis):
    return live_server.url + reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])


@pytest.fixture
def bespreken(url, log_in, huis):
    def open_as(page, user=None, stop=""):
        log_in(page, user or huis.team)
        page.goto(f"{url}?weergave=bespreken" + (f"&stop={stop}" if stop else ""))
        return page

    return open_as


def shown(page) -> str:
    """The code of the stop that one sees; there is exactly one."""
    return page.locator("[data-stop]:visible").evaluate("stop => stop.dataset.stop")


def dot(page, code):
    return page.locator(f"[data-stip='{code}']")


def test_a_goal_of_eleven_questions_by_keyboard_takes_at_most_forty_keys(
    page, bespreken, console, huis
):
    """Each question a stand, every third a toelichting, a score, a focus and an action."""
    bespreken(page)
    who = Counter(page)
    answer_by_keyboard(who)
    page.wait_for_url("**/preventieplan/f0-2/**")

    assert 35 <= who.cost.clicks <= 40
    standen = list(Antwoord.objects.order_by("vraag__volgorde").values_list("stand", flat=True))
    assert standen == [*["deels", "nog-niet", "weten-niet", "nvt", "doen-we"] * 2, "deels"]
    assert Antwoord.objects.filter(toelichting=WORDS).count() == 3
    assert Inschaling.objects.get().score == 7
    assert Actie.objects.get().wat == "Een onthaaldag"
    assert console == []


def test_the_road_goes_on_without_wifi_and_back_goes_to_the_stop_before(page, bespreken, huis):
    bespreken(page)
    page.context.set_offline(True)
    asked = []
    page.on("request", lambda request: asked.append(request.method))

    page.get_by_label("Toelichting").locator("visible=true").fill("Zonder wifi")
    page.get_by_role("button", name="Volgende").click()
    page.keyboard.press("3")
    dot(page, "score").click()
    page.go_back()
    page.go_back()

    assert shown(page) == "f0-1-v01"
    expect(page.locator(f"[name='{TOELICHTING}']")).to_have_value("Zonder wifi")
    expect(dot(page, "f0-1-v02")).to_have_attribute("data-waarde", "nog-niet")
    expect(dot(page, "f0-1-v02")).to_have_accessible_name("Niet bewaard: Vraag 2: nog niet")
    # What was not saved in the stop that was left, is told there.
    expect(page.locator("[data-let-op]")).to_contain_text("Vraag 2")
    assert set(asked) <= {"POST"}

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-let-op]")).to_be_empty()
    expect(dot(page, "f0-1-v02")).to_have_accessible_name("Vraag 2: nog niet")
    for naam in (TOELICHTING, "antwoord-f0-1-v02-stand"):
        state(page, naam, "bewaard")
    assert Antwoord.objects.get(vraag__code="f0-1-v01").toelichting == "Zonder wifi"
    assert Antwoord.objects.get(vraag__code="f0-1-v02").stand == "nog-niet"


def test_keys_leave_text_boxes_and_controls_alone_and_can_be_switched_off(page, bespreken, huis):
    bespreken(page)
    box = page.locator(f"[name='{TOELICHTING}']")
    box.press_sequentially("1 of 2?")
    box.press("ArrowLeft")
    assert shown(page) == "f0-1-v01"
    expect(box).to_have_value("1 of 2?")
    # A row of choices uses its arrows itself, and to choose never moves on.
    page.locator("#vraag-f0-1-v01").get_by_role("radio", name="deels").check()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "f0-1-v01"
    expect(page.locator("#vraag-f0-1-v01").get_by_role("radio", name="nog niet")).to_be_checked()

    page.locator("#vraag-f0-1-v01 h2").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Toetsen")
    dialog.get_by_label("Gebruik deze toetsen").uncheck()
    page.keyboard.press("Escape")
    page.locator("#vraag-f0-1-v01 h2").focus()
    for key in ("1", "ArrowRight", "?"):
        page.keyboard.press(key)
    assert shown(page) == "f0-1-v01"
    expect(dialog).to_be_hidden()
    page.reload()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "f0-1-v01"

    page.get_by_role("button", name="Toetsen").click()
    dialog.get_by_label("Gebruik deze toetsen").check()
    dialog.get_by_role("button", name="Sluit").click()
    page.locator("#vraag-f0-1-v01 h2").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "f0-1-v02"


def test_two_people_in_one_question_in_two_views_meet_the_same_conflict(
    page, browser, bespreken, log_in, url, huis
):
    bespreken(page)
    other = log_in(browser.new_context(locale="nl-BE").new_page(), huis.ankerfiguur)
    other.goto(f"{url}?weergave=lijst&stop=f0-1-v01")
    page.locator(f"[name='{TOELICHTING}']").fill("van Tom")
    page.locator(f"[data-veld]:has(> #{TOELICHTING})[data-staat='bewaard']").wait_for()

    other.locator(f"[name='{TOELICHTING}']").fill("van An")
    other.get_by_text("Tom bewaarde hier intussen iets anders").wait_for()
    other.get_by_role("button", name="Beide, onder elkaar").click()
    other.locator(f"[data-veld]:has(> #{TOELICHTING}) .veld-bewaard").wait_for(state="attached")
    page.locator(f"[name='{TOELICHTING}']").fill("van Tom, meer")
    page.get_by_role("button", name="Volgende").click()

    # The stop was left: the road says where something waits for a choice.
    expect(page.locator("[data-let-op]")).to_contain_text("Vraag 1")
    page.locator("[data-let-op] a").click()
    page.get_by_text("An bewaarde hier intussen iets anders").wait_for()
    assert Antwoord.objects.get().toelichting == "van Tom\n\nvan An"
    other.context.close()


def test_an_action_is_made_under_the_question_and_nothing_moves(page, bespreken, huis):
    bespreken(page)
    question = page.locator("#vraag-f0-1-v01")
    expect(question.get_by_role("button", name="Wat gaan jullie doen?")).to_be_hidden()
    words = "Wie later instapt, krijgt geen onthaal."
    question.get_by_label("Groeikans").fill(words)
    question.get_by_role("button", name="Wat gaan jullie doen?").click()
    wat = question.get_by_label("Wat gaan jullie doen?")
    expect(wat).to_be_focused()
    expect(wat).to_have_value("")
    expect(question.locator(".actie-citaat")).to_have_text(
        "Wie later instapt, krijgt geen onthaal."
    )
    wat.fill("half gety")
    page.keyboard.press("Escape")
    opener = question.get_by_role("button", name="Wat gaan jullie doen?")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(wat).to_have_value("half gety")
    wat.fill("Een buddy voor wie instapt")
    question.get_by_label("Wie").focus()
    page.locator("#team option[value='Tom']").wait_for(state="attached")
    question.get_by_label("Wie").fill("Tom")
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")

    line = question.locator(".actie-stil a")
    expect(line).to_be_focused()
    expect(question.locator(".actie-stil")).to_contain_text("Een buddy voor wie instapt · Tom")
    assert page.evaluate("scrollY") == before
    actie = Actie.objects.get()
    assert actie.planactie.antwoord.groeikans == words
    line.click()
    assert shown(page) == "acties"
    expect(page.locator(f"#actie-{actie.pk} textarea").first).to_be_visible()


def test_half_an_action_waits_in_its_own_place(page, bespreken, huis):
    bespreken(page)
    question = page.locator("#vraag-f0-1-v01")
    question.get_by_label("Groeikans").fill("Wie later instapt")
    question.get_by_role("button", name="Wat gaan jullie doen?").click()
    question.get_by_label("Wat gaan jullie doen?").fill("Een buddy")
    page.wait_for_function(
        "() => Object.keys(localStorage).filter(k => k.startsWith('concept:')).length === 1"
    )
    page.locator(f"[data-veld]:has(> #{GROEIKANS})[data-staat='bewaard']").wait_for()

    page.reload()

    expect(question.get_by_label("Wat gaan jullie doen?")).to_have_value("Een buddy")
    expect(question.locator(".actie-citaat")).to_have_text("Wie later instapt")


def test_what_is_asked_of_a_score_follows_it_and_earlier_words_stand_beside(
    page, bespreken, huis, doel
):
    inschaling = Inschaling(dossier=huis.dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=4, basis=0, door=huis.team)
    save_veld(record=inschaling, veld="want", waarde="we beginnen pas", basis=0, door=huis.team)
    inschaling.history().update(op="2026-10-05T12:00:00Z")
    bespreken(page, stop="score")
    expect(page.get_by_label("We geven een 4, want …")).to_be_visible()

    page.keyboard.press("1")
    page.keyboard.press("0")

    expect(page.get_by_label("We geven een 10, want …")).to_be_visible()
    expect(page.get_by_label("Het blijft een 10 als …")).to_be_visible()
    expect(dot(page, "score")).to_have_text("score 10")
    earlier = page.get_by_role("region", name="Dat zeiden jullie in oktober: is dat zo?")
    expect(earlier).to_contain_text("We geven een 4, want … we beginnen pas")


def test_the_end_says_what_was_typed_the_moment_before(page, bespreken, console):
    """Its save and the question of the card are then under way at the same time."""
    bespreken(page, stop="focus")
    for words, said in (("Onthaal.", "De focus is gekozen."), ("", "De focus is nog leeg.")):
        page.locator("#focus textarea").fill(words)
        dot(page, "einde").click()
        expect(page.locator("#einde-kaart")).to_contain_text(said)
        dot(page, "focus").click()
    assert console == []


def test_a_double_click_goes_one_stop_further(page, bespreken):
    bespreken(page)
    page.get_by_role("button", name="Volgende").dblclick()
    assert shown(page) == "f0-1-v02"


def test_an_action_never_opens_behind_the_road(page, bespreken):
    page.set_viewport_size({"width": 390, "height": 844})
    bespreken(page)
    page.locator(f"[name='{TOELICHTING}']").fill("We bellen elke dag. " * 30)
    page.locator(f"[name='{GROEIKANS}']").fill("Ook op vrijdag.")
    opener = page.locator("[data-actie-bij]:visible")
    opener.click()
    box = page.get_by_label("Wat gaan jullie doen?").locator("visible=true")
    expect(box).to_be_focused()
    button = page.get_by_role("button", name="Zet bij de acties").locator("visible=true")
    # It scrolls there.
    page.wait_for_function(
        """([button, road]) =>
            button.getBoundingClientRect().bottom <= road.getBoundingClientRect().top""",
        arg=[button.element_handle(), page.locator(".wegwijzer").element_handle()],
    )


def test_a_phone_gets_bespreken_first_with_all_of_a_question_above_the_fold(
    browser, playwright, log_in, url, huis
):
    phone = browser.new_context(**playwright.devices["iPhone 13"], locale="nl-BE")
    page = log_in(phone.new_page(), huis.team)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(url)

    # The longest question of the goal.
    dot(page, "f0-1-v03").click()
    for part in ("h2", "fieldset", "textarea"):
        box = page.locator(f"#vraag-f0-1-v03 {part}").first.bounding_box()
        assert box["y"] + box["height"] < 720, part
    for name in ("Vorige", "Volgende"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box["y"] > 700
        assert box["y"] + box["height"] <= 844
        assert box["height"] >= 44
    page.get_by_role("link", name="Lijst").click()
    page.goto(url)
    expect(page.get_by_role("link", name="Bespreken")).to_be_visible()
    phone.close()


def test_a_question_reads_from_the_back_of_the_room_and_fills_the_screen(page, bespreken, huis):
    page.set_viewport_size({"width": 1920, "height": 1080})
    bespreken(page)

    size = page.locator("#vraag-f0-1-v01 h2").evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize)"
    )
    assert size >= 32
    page.get_by_role("button", name="Beeldvullend").click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.keyboard.press("ArrowRight")
    assert shown(page) == "f0-1-v02"


def test_the_first_action_is_asked_for_and_made_by_going_on(page, bespreken, huis, console):
    """The form is open as long as there is none, takes no focus, and is not left behind."""
    bespreken(page, stop="acties")
    form = page.locator("#acties .actie-los")
    wat = form.get_by_role("textbox", name="Wat gaan jullie doen?")
    expect(wat).to_be_visible()
    expect(wat).not_to_be_focused()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "einde"
    page.keyboard.press("ArrowLeft")

    wat.fill("Een onthaaldag")
    wat.press("Escape")
    expect(wat).to_be_hidden()
    page.get_by_role("button", name="Volgende").click()
    # Who closed it left it for later.
    expect(page.locator("#einde-kaart")).to_contain_text("Nog geen acties.")
    assert not Actie.objects.exists()

    page.get_by_role("button", name="Vorige").click()
    form.locator("summary").click()
    expect(wat).to_be_focused()
    expect(wat).to_have_value("Een onthaaldag")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("#einde-kaart")).to_contain_text("1 actie heeft nog geen wie")
    assert Actie.objects.get().wat == "Een onthaaldag"

    page.get_by_role("button", name="Vorige").click()
    expect(page.locator("#acties .actielijn")).to_have_count(1)
    expect(wat).to_be_hidden()
    assert console == []


def test_an_action_that_was_left_without_wifi_is_told_and_made_later(page, bespreken, huis):
    bespreken(page, stop="acties")
    wat = page.locator("#acties .actie-los").get_by_role("textbox", name="Wat gaan jullie doen?")
    wat.fill("Een onthaaldag")
    page.context.set_offline(True)
    page.get_by_role("button", name="Volgende").click()

    expect(page.locator("[data-let-op]")).to_contain_text("Nog niet bewaard: acties")
    page.context.set_offline(False)
    page.locator("[data-let-op] a").click()
    expect(wat).to_have_value("Een onthaaldag")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("#einde-kaart")).to_contain_text("1 actie heeft nog geen wie")
    expect(page.locator("[data-let-op]")).to_be_empty()
    assert Actie.objects.get().wat == "Een onthaaldag"


def test_without_javascript_each_stop_is_a_page_and_the_way_on_saves(browser, url, log_in, huis):
    page = browser.new_context(locale="nl-BE", java_script_enabled=False).new_page()
    log_in(page, huis.team)
    page.goto(f"{url}?weergave=bespreken")
    page.locator("#vraag-f0-1-v01").get_by_role("radio", name="deels").check()
    page.locator(f"[name='{TOELICHTING}']").fill("Zonder script")
    page.locator(f"[name='{GROEIKANS}']").fill("Wie later instapt")
    page.locator("#vraag-f0-1-v01").get_by_role("button", name="Wat gaan jullie doen?").click()
    page.get_by_label("Wat gaan jullie doen?").locator("visible=true").fill("Een buddy")
    page.get_by_role("button", name="Zet bij de acties").locator("visible=true").click()
    expect(page.locator("#acties .actielijn")).to_have_count(1)
    page.goto(f"{url}?weergave=bespreken")
    expect(page.locator("#vraag-f0-1-v01 .actie-stil")).to_contain_text("Een buddy")
    page.get_by_role("button", name="Volgende").click()

    assert "stop=f0-1-v02" in page.url
    expect(page.locator("#vraag-f0-1-v02")).to_be_visible()
    expect(page.locator("#vraag-f0-1-v01")).to_be_hidden()
    expect(dot(page, "f0-1-v01")).to_have_attribute("data-waarde", "deels")
    assert Antwoord.objects.get().toelichting == "Zonder script"
    assert Actie.objects.get().planactie.antwoord == Antwoord.objects.get()
    page.context.close()


def test_in_the_list_a_question_is_text_until_it_is_opened(page, url, log_in, huis, vraag, console):
    antwoord = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=antwoord, veld="toelichting", waarde="Een kring.", basis=0, door=huis.team)
    log_in(page, huis.team)
    page.goto(f"{url}?weergave=lijst")
    question = page.locator("#vraag-f0-1-v01")
    box = page.locator(f"[name='{TOELICHTING}']")
    expect(box).to_be_hidden()

    question.locator(".lees").get_by_text("Een kring.").click()
    expect(box).to_be_focused()
    expect(page.locator(f"[name='{GROEIKANS}']")).to_be_hidden()
    question.get_by_role("radio", name="nog niet").check()
    expect(page.locator(f"[name='{GROEIKANS}']")).to_be_visible()
    box.fill("Een kring, elke week.")
    question.locator("summary").click()

    expect(question.locator(".lees")).to_contain_text("Een kring, elke week.")
    expect(question.locator(".stand")).to_have_text("nog niet")
    expect(box).to_be_hidden()
    assert console == []
