"""A talk from its start to its report as a PDF, and an autosaved note."""

import io
import re
from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, start_gesprek
from dialoogfiches.gesprekken.domain.preparing import prepare_gesprek
from dialoogfiches.gesprekken.models import Gesprek, Gesprekstap, Notitie
from dialoogfiches.models import Onderdeel
from dossiers.acties.models import Actie
from dossiers.velden.domain.striking import strike
from tests.browser.test_hoofdtaak import _tab_to, saved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dialoogdocument(laad):
    return laad("dialoogdocument")


@pytest.fixture
def gesprek(huis, dialoogdocument):
    return start_gesprek(
        dossier=huis.dossier,
        versie=dialoogdocument,
        sleutel=uuid4(),
        titel="Ons gesprek",
        door=huis.team,
    )


def test_a_talk_from_its_start_to_the_report_by_keyboard(
    page, live_server, log_in, console, huis, dialoogdocument
):
    log_in(page, huis.team)
    page.goto(live_server.url + reverse("gesprekken", args=[huis.dossier.pk]))
    _tab_to(page, "a[href*='/nieuw/dialoogdocument/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/nieuw/dialoogdocument/"))
    _tab_to(page, "[name=deelnemers]")
    page.keyboard.type("directie, zorgteam en CLB")
    _tab_to(page, "button[type=submit].btn-primary")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Dialoogdocument", level=1).wait_for()
    gesprek = Gesprek.objects.get()

    _tab_to(page, "a.btn-primary")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Registratie", level=1).wait_for()
    note = f"notitie-{gesprek.pk}-registratie-b01-tekst"
    # Where nothing was written yet, the first question is open.
    _tab_to(page, f"[name='{note}']")
    page.keyboard.type("Elk lesuur, in Smartschool.")
    saved(page, note)
    page.get_by_text("1 van 11 vragen besproken").wait_for()
    _tab_to(page, f"button[value='{note}']")
    page.keyboard.press("Enter")
    expect(page.locator(f"[name='nieuw-{note}-wat']")).to_be_focused()
    page.keyboard.type("De codes op één blad")
    _tab_to(page, f"button[name=nieuwe_actie][value='{note}']")
    page.keyboard.press("Enter")
    expect(page.locator("#vraag-registratie-b01 .actie-stil a")).to_be_focused()
    result = f"stap-{gesprek.pk}-registratie-resultaat"
    _tab_to(page, "#resultaat summary")
    page.keyboard.press("Enter")
    _tab_to(page, f"[name='{result}']")
    page.keyboard.type("Eén lijn voor iedereen.")
    # Without waiting for the autosave: the button submits the whole page.
    _tab_to(page, "button[name=afronden]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Data", level=1).wait_for()

    report = page.request.get(
        live_server.url + reverse("gesprek-pdf", args=[huis.dossier.pk, gesprek.pk])
    )
    sheets = PdfReader(io.BytesIO(report.body())).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    for part in ("directie, zorgteam en CLB", "Elk lesuur, in Smartschool.", "Eén lijn voor"):
        assert part in text
    assert console == []
    assert Actie.objects.get().wat == "De codes op één blad"
    assert Actie.objects.get().gespreksactie.notitie.tekst == "Elk lesuur, in Smartschool."
    assert Gesprekstap.objects.get().afgerond_door == huis.team


@pytest.mark.looks
def test_a_note_saves_itself_and_is_there_after_a_reload(
    page, live_server, log_in, console, huis, gesprek
):
    log_in(page, huis.team)
    page.goto(
        live_server.url + reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "registratie"])
    )
    question = page.locator("#vraag-registratie-b02")
    expect(question.get_by_role("textbox")).to_be_hidden()
    question.locator("summary").click()
    expect(question.get_by_role("button", name="Wat gaan jullie doen?")).to_be_hidden()
    question.get_by_role("textbox").fill("Het secretariaat kijkt na.\nTom past aan.")
    saved(page, f"notitie-{gesprek.pk}-registratie-b02-tekst")
    question.get_by_role("button", name="Wat gaan jullie doen?").wait_for()

    page.reload()

    expect(question.get_by_role("textbox")).to_be_hidden()
    question.locator(".lees").get_by_text("Tom past aan.").click()
    expect(question.get_by_role("textbox")).to_be_focused()
    expect(question.get_by_role("textbox")).to_have_value(
        "Het secretariaat kijkt na.\nTom past aan."
    )
    assert Notitie.objects.get().gewijzigd_door == huis.team
    assert console == []


@pytest.mark.looks
def test_a_draft_of_a_note_survives_a_lost_connection(page, live_server, log_in, huis, gesprek):
    log_in(page, huis.team)
    url = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "registratie"])
    page.goto(live_server.url + url)
    page.route("**/gesprekken/**", lambda route: route.abort())
    page.locator("#vraag-registratie-b03 summary").click()
    box = page.locator("#vraag-registratie-b03").get_by_role("textbox")
    box.fill("Met de codes van de school.")
    page.get_by_text("Nog niet bewaard: geen verbinding").wait_for()
    page.unroute("**/gesprekken/**")

    page.reload()

    expect(box).to_be_visible()
    saved(page, f"notitie-{gesprek.pk}-registratie-b03-tekst")
    assert Notitie.objects.get().tekst == "Met de codes van de school."


@pytest.mark.looks
def test_a_new_action_in_a_later_step_is_not_offered_twice(page, live_server, log_in, huis, laad):
    gesprek = start_gesprek(
        dossier=huis.dossier,
        versie=laad("sjablonen-plan-en-opvolging"),
        sleutel=uuid4(),
        titel="Opvolgen",
        door=huis.team,
    )
    log_in(page, huis.team)
    url = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "uitvoering"])
    page.goto(live_server.url + url)
    page.locator("#acties .actie-los > summary").click()
    page.get_by_label("Wat gaan jullie doen?").fill("De poort om acht uur open")
    page.get_by_role("button", name="Zet bij de acties").click()
    expect(page.locator(".actielijn > summary")).to_be_focused()
    # The line follows its fields, of which a choice reads as its words.
    page.keyboard.press("Enter")
    page.get_by_label("Stand").select_option("bezig")
    expect(page.locator(".actielijn > summary")).to_contain_text("De poort om acht uur open")
    expect(page.locator(".actielijn > summary")).to_contain_text("bezig")

    page.reload()

    assert page.locator(".nieuwe-actie[open]").count() == 0
    assert page.locator(".actielijn").count() == 1
    assert Actie.objects.count() == 1


def test_a_pasted_link_never_makes_a_page_wider(page, live_server, log_in, huis, gesprek):
    onderdeel = gesprek.versie.onderdelen.filter(stap=True)[0]
    link = "https://voorbeeld.be/" + "a1" * 140
    create_gespreksactie(onderdeel=onderdeel, gesprek=gesprek, wat=link, door=huis.team)
    log_in(page, huis.lezer)
    page.set_viewport_size({"width": 390, "height": 800})

    page.goto(
        live_server.url + reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, onderdeel.code])
    )

    assert page.get_by_text(link).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.fixture
def check_unfolded(page, check):
    """Check a page with everything unfolded."""

    def run(where: str) -> None:
        page.evaluate("document.querySelectorAll('main details').forEach(one => (one.open = true))")
        check(where)

    return run


@pytest.mark.looks
def test_the_pages_of_a_talk_pass_axe(
    page, live_server, log_in, check_unfolded, huis, gesprek, laad
):
    laad("leidraad-dialoogdocument")
    laad("visuele-flow")
    plan = start_gesprek(
        dossier=huis.dossier,
        versie=laad("sjablonen-plan-en-opvolging"),
        sleutel=uuid4(),
        titel="Ons plan " + "x" * 100,
        door=huis.team,
    )
    for one in (gesprek, plan):
        onderdeel = Onderdeel.objects.steps().filter(versie=one.versie)[0]
        create_gespreksactie(onderdeel=onderdeel, gesprek=one, wat="onthaal", door=huis.team)
        finish_stap(gesprek=one, onderdeel=onderdeel, door=huis.team)
    struck = start_gesprek(
        dossier=huis.dossier,
        versie=gesprek.versie,
        sleutel=uuid4(),
        titel="Geschrapt",
        door=huis.team,
    )
    strike(record=struck, door=huis.team)
    home = huis.dossier.pk
    step = reverse("gesprekstap", args=[home, gesprek.pk, "registratie"])
    addresses = [
        reverse("gesprekken", args=[home]),
        reverse("gesprek", args=[home, gesprek.pk]),
        reverse("gesprek", args=[home, struck.pk]),
        f"{step}?weergave=lijst",
        *(
            f"{step}?weergave=bespreken&stop={stop}"
            for stop in ("registratie-b01", "acties", "resultaat", "afronden")
        ),
        *(
            reverse("gesprekstap", args=[home, plan.pk, code]) + f"?weergave={view}&stop=acties"
            for code in ("plan-opmaken", "uitvoering", "vieren")
            for view in ("lijst", "bespreken")
        ),
    ]
    log_in(page, huis.team)
    for address in [*addresses, reverse("gesprek-nieuw", args=[home, "dialoogdocument"])]:
        page.goto(live_server.url + address)
        check_unfolded(address)
    page.context.clear_cookies()
    log_in(page, huis.lezer)
    for address in addresses:
        page.goto(live_server.url + address)
        check_unfolded(f"lezer {address}")


@pytest.mark.looks
def test_a_stop_with_an_action_half_made_and_one_that_is_read_pass_axe_on_a_small_phone(
    page, live_server, log_in, check, huis, gesprek
):
    step = live_server.url + reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "data"])
    log_in(page, huis.team)
    for view in ("lijst", "bespreken"):
        page.goto(f"{step}?weergave={view}&stop=data-b01")
        page.locator(f"[name='notitie-{gesprek.pk}-data-b01-tekst']").fill("Niemand belt.")
        page.get_by_role("button", name="Wat gaan jullie doen?").first.click()
        check(f"{view} with a form", widths=(1280, 320))
    page.context.clear_cookies()
    log_in(page, huis.lezer)
    for stop in ("data-b01", "afronden"):
        page.goto(f"{step}?weergave=bespreken&stop={stop}")
        check(f"lezer {stop}", widths=(320,))


def test_a_prepared_talk_has_a_quiet_clock_and_rounding_off_in_reach(
    page, live_server, log_in, console, huis, gesprek
):
    prepare_gesprek(
        gesprek=gesprek,
        seen="0.0",
        datum=None,
        uur=None,
        minuten=50,
        plaats="",
        vragen={"registratie-b02": 10},
        door=huis.team,
    )
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, huis.team)
    url = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, "registratie"])
    page.goto(live_server.url + url)

    # Wherever one is on the page.
    for top in (0, 600, 100_000):
        page.evaluate("top => window.scrollTo(0, top)", top)
        box = page.get_by_role("button", name="Rond deze stap af").bounding_box()
        assert 0 <= box["y"] <= 844 - box["height"]
    # What gets the focus is not behind it, once the page stands still.
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("window.scrollTo(0, 0)")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(
            """() => {
              const foot = document.querySelector(".stapvoet");
              const here = document.activeElement;
              return foot.contains(here) || here.closest("nav, footer") !== null
                || here.getBoundingClientRect().top < foot.getBoundingClientRect().top;
            }"""
        )

    kept = "Object.keys(sessionStorage).concat(Object.keys(localStorage))"
    before = page.evaluate(kept)
    page.clock.install()
    # One button, also with a question open that has minutes of its own.
    question = page.locator("#vraag-registratie-b02")
    page.get_by_role("button", name="Start de klok").click()
    talk, of_question = page.get_by_role("timer").all()
    assert talk.inner_text() == "nog 50 min"
    assert of_question.inner_text() == "nog 10 min"
    assert talk.get_attribute("aria-live") == "off"
    page.clock.run_for(9 * 60_000 + 30_000)
    assert of_question.inner_text() == "nog geen minuut meer"
    page.clock.run_for(2 * 60_000)
    assert of_question.inner_text() == "2 min over tijd"
    # The time of a question runs while it is open, that of the talk always.
    question.locator("summary").click()
    page.clock.run_for(5 * 60_000)
    assert talk.inner_text() == "nog 34 min"
    question.locator("summary").click()
    assert of_question.inner_text() == "2 min over tijd"
    page.get_by_role("button", name="Stop de klok").click()
    assert page.get_by_role("timer").all_inner_texts() == ["", ""]
    assert page.evaluate(kept) == before
    assert console == []
