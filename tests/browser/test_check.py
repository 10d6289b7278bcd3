"""The check in a real browser: on a phone, with keys alone, and without JavaScript."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dossiers.acties.models import Actie, Checkmoment, Vervolg
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Checkscore, Doelstelling, Inschaling
from tests.browser.niets_verloren.places import state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def actie(huis):
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie_id, code="f0-1")
    actie = create_planactie(
        dossier=huis.dossier,
        doelstelling=doel,
        wat="Elke leerkracht begroet de klas aan de deur",
        wie="het hele team",
        door=huis.team,
    )
    late = timezone.localdate() - timedelta(days=1)
    save_veld(record=actie, veld="check_op", waarde=late, basis=0, door=huis.team)
    save_veld(record=actie, veld="stand", waarde="klaar", basis=0, door=huis.team)
    score = Inschaling(dossier=huis.dossier, doelstelling=doel)
    save_veld(record=score, veld="score", waarde=5, basis=0, door=huis.team)
    return actie


@pytest.fixture
def url(actie, live_server):
    return live_server.url + reverse("check", args=[actie.dossier_id, actie.pk])


def field(page, actie, veld):
    return page.locator(f"[data-veld]:has(> #check-{actie.pk}-1-{veld})")


def choose(page, besluit):
    page.locator(f"label.besluit-{besluit}").tap()


@pytest.fixture
def phone(browser, log_in, huis):
    context = browser.new_context(locale="nl-BE", viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(30_000)
    yield log_in(context.new_page(), huis.team)
    context.close()


def test_on_a_phone_from_the_dossier_with_a_few_taps(phone, actie, live_server):
    phone.goto(live_server.url + reverse("dossier", args=[actie.dossier_id]))
    phone.get_by_role("link", name="Check: Elke leerkracht").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("begroet de klas")
    # What matters first is seen without looking down.
    expect(field(phone, actie, "vaststelling").locator("textarea")).to_be_in_viewport()
    assert not Checkmoment.objects.exists()

    field(phone, actie, "vaststelling").locator("textarea").fill("We zien het elke morgen.")
    expect(phone.get_by_text("En waar krijgt het nu een vaste plek?")).to_be_hidden()
    choose(phone, "borgen")
    expect(phone.get_by_text("En waar krijgt het nu een vaste plek?")).to_be_visible()
    expect(phone.get_by_role("heading", name="Jullie nieuwe stap")).to_be_hidden()
    phone.locator(".check-score .score-6").tap()
    state(phone, f"check-{actie.pk}-1-besluit", "bewaard")
    phone.get_by_role("button", name="Klaar").tap()

    expect(phone.get_by_text("De check is klaar: borgen.")).to_be_visible()
    expect(phone.get_by_text("We zien het elke morgen.")).to_be_visible()
    check = Checkmoment.objects.get()
    assert (check.besluit, check.is_afgerond, check.dag) == ("borgen", True, timezone.localdate())
    moved = Checkscore.objects.get()
    assert (moved.van, moved.naar) == (5, 6)


def test_the_next_step_waits_below_and_keeps_its_words(phone, url, actie):
    phone.goto(url)
    choose(phone, "bijsturen")
    wat = phone.get_by_label("Wat doen jullie voortaan?")
    expect(wat).to_have_value("Elke leerkracht begroet de klas aan de deur")
    wat.fill("Yasmina herinnert elke maandag")
    state(phone, f"check-{actie.pk}-1-besluit", "bewaard")
    phone.reload()
    expect(phone.get_by_label("Wat doen jullie voortaan?")).to_have_value(
        "Yasmina herinnert elke maandag"
    )
    phone.get_by_role("button", name="Klaar").tap()

    expect(phone.get_by_text("De nieuwe stap staat bij jullie acties.")).to_be_visible()
    assert Vervolg.objects.get().actie.wat == "Yasmina herinnert elke maandag"
    phone.go_back()
    phone.reload()
    assert Actie.objects.count() == 2


def test_with_keys_alone(page, log_in, huis, url, actie, console):
    log_in(page, huis.team)
    page.goto(url)
    field(page, actie, "vaststelling").locator("textarea").focus()
    page.keyboard.type("Te weinig tijd.")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(field(page, actie, "besluit").get_by_role("radio", name="Stoppen")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Het was te vroeg.")
    state(page, f"check-{actie.pk}-1-waarom", "bewaard")
    button = page.get_by_role("button", name="Klaar")
    for _ in range(20):
        if button.evaluate("e => e === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("De check is klaar: stoppen.")).to_be_visible()
    assert Checkmoment.objects.get().waarom == "Het was te vroeg."
    assert console == []


def test_without_javascript_in_one_go(browser, log_in, huis, url, actie):
    context = browser.new_context(locale="nl-BE", java_script_enabled=False)
    context.set_default_timeout(30_000)
    page = log_in(context.new_page(), huis.team)
    page.goto(url)
    page.get_by_label("Wat zagen jullie?").fill("Bijna iedereen.")
    page.locator("label.besluit-bijsturen").click()
    page.get_by_label("Wat doen jullie voortaan?").fill("Ook aan de poort")
    page.get_by_role("button", name="Klaar").click()

    expect(page.get_by_text("De check is klaar: bijsturen.")).to_be_visible()
    assert Vervolg.objects.get().actie.wat == "Ook aan de poort"
    assert Checkmoment.objects.get().vaststelling == "Bijna iedereen."
    context.close()


def test_everybody_can_read_it(page, log_in, huis, url, actie, check):
    log_in(page, huis.team)
    page.goto(url)
    check("check", widths=(1280, 390, 320))
    page.locator("label.besluit-bijsturen").click()
    state(page, f"check-{actie.pk}-1-besluit", "bewaard")
    check("check, bijsturen", widths=(1280, 390, 320))
    page.get_by_role("button", name="Klaar").click()
    page.get_by_text("De check is klaar").wait_for()
    check("check, klaar", widths=(1280, 390, 320))
