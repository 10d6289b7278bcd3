"""A page that matters prints as it reads: Ctrl+P, without backgrounds, on A4."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from tests.elders import DOEL, Vol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.looks]

SENTENCE = "Elke maandag begint de klas met een kring van een kwartier. "
# Longer than the part of a box that the screen shows, shorter than a sheet.
LONG = SENTENCE * 40 + "Einde van een lange tekst."
# What one presses, and what only says how a page works.
ON_SCREEN_ONLY = (
    *("Bewaar alles", "Wat gaan jullie doen?", "Zet bij de acties", "Nieuwe actie", "Volgende"),
    *("Eerdere versies", "Bewaren…", "Mijn scholen", "Naar de inhoud", "Hoofdmenu", "Uitloggen"),
    *("Toetsen", "Beeldvullend", "Schrap", "Geef een score", "Vul aan", "STS-Dialoog, samen"),
)


@pytest.fixture
def sheets(page, live_server):
    """The text of each sheet of a page, as Ctrl+P puts it on paper."""

    def go(address: str) -> list[str]:
        page.goto(live_server.url + address)
        margin = dict.fromkeys(("top", "bottom", "left", "right"), "12mm")
        pdf = page.pdf(format="A4", print_background=False, margin=margin)
        return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]

    return go


def words(sheets: list[str]) -> str:
    return " ".join(" ".join(sheets).split())


@pytest.fixture
def filled(huis, doel):
    """A goal with words in every field, long and short, and actions with every goal."""
    for number, vraag in enumerate(Checklistvraag.objects.filter(doelstelling=doel)):
        antwoord = Antwoord(dossier=huis.dossier, vraag=vraag)
        for veld, waarde in {
            "stand": ("doen-we", "deels", "nog-niet")[number % 3],
            "toelichting": LONG if number == 1 else f"Toelichting {number}, de eerste zin.",
            "groeikans": f"Groeikans {number}, wat we nog missen.",
        }.items():
            save_veld(record=antwoord, veld=veld, waarde=waarde, basis=0, door=huis.team)
    inschaling = Inschaling(dossier=huis.dossier, doelstelling=doel)
    for veld, waarde in {
        "score": 7,
        "want": "We kennen iedereen.",
        "hoger": "Als wie later komt ook hoort.",
        "focus": "Onthaal voor wie later komt.",
    }.items():
        save_veld(record=inschaling, veld=veld, waarde=waarde, basis=0, door=huis.team)
    for one in Doelstelling.objects.filter(versie=huis.dossier.planversie_id):
        for number in range(4):
            create_planactie(
                dossier=huis.dossier,
                doelstelling=one,
                wat=f"Afspraak {number} van {one.code}",
                wie="Tom",
                door=huis.team,
            )
    return huis


@pytest.mark.parametrize("weergave", ["lijst", "bespreken"])
def test_a_goal_prints_all_that_was_typed_and_nothing_to_press(
    weergave, page, log_in, sheets, filled
):
    log_in(page, filled.team)
    goal = reverse("doelstelling", args=[filled.dossier.pk, DOEL])

    printed = words(sheets(f"{goal}?weergave={weergave}"))

    for number in (0, 2, 9):
        assert f"Toelichting {number}, de eerste zin." in printed
        assert f"Groeikans {number}, wat we nog missen." in printed
    assert "Einde van een lange tekst." in printed
    for said in ("We kennen iedereen.", "Als wie later komt ook hoort.", "Onthaal voor wie later"):
        assert said in printed
    assert "Afspraak 3 van f0-1" in printed
    assert not [one for one in ON_SCREEN_ONLY if one in printed]


def test_what_a_room_chose_is_there_without_backgrounds(page, log_in, filled, live_server):
    """White letters on a colour that is not printed are no letters."""
    log_in(page, filled.team)
    goal = live_server.url + reverse("doelstelling", args=[filled.dossier.pk, DOEL])
    page.emulate_media(media="print")
    for weergave in ("bespreken", "lijst"):
        page.goto(f"{goal}?weergave={weergave}")
        white = page.evaluate(
            """() => [...document.querySelectorAll("main *")].filter((e) =>
                [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
                && e.checkVisibility() && e.getClientRects().length
                && getComputedStyle(e).color === "rgb(255, 255, 255)").map((e) => e.outerHTML)"""
        )
        assert white == []


@pytest.mark.parametrize("name", ["preventieplan", "overzicht", "routekaart", "dossier"])
def test_no_heading_stands_alone_at_the_foot_of_a_sheet(name, page, log_in, sheets, filled):
    log_in(page, filled.team)

    printed = sheets(reverse(name, args=[filled.dossier.pk]))

    headings = {
        " ".join(text.split()) for text in page.locator("h1, h2, h3, summary").all_text_contents()
    }
    last = [sheet.strip().splitlines()[-1].strip() for sheet in printed[:-1]]
    assert not headings & set(last)
    assert not [one for one in ON_SCREEN_ONLY if one in words(printed)]


def test_what_parents_said_prints_from_its_folds_too(page, log_in, sheets, huis):
    vol = Vol(huis.dossier, huis.medewerker)
    for record, veld in ((vol.ouderthema, "kleiner"), (vol.oudernotitie, "tekst")):
        record.refresh_from_db()
        save_veld(
            record=record,
            veld=veld,
            waarde=LONG,
            basis=getattr(record, f"{veld}_revisie"),
            door=vol.door,
        )
    log_in(page, huis.medewerker)

    printed = words(sheets(reverse("oudergesprek", args=[vol.oudergesprek.pk])))

    assert printed.count("Einde van een lange tekst.") >= 2
    assert not [one for one in ON_SCREEN_ONLY if one in printed]


def test_a_reading_prints_with_its_folded_questions(page, log_in, sheets, huis, laad):
    laad("dialoogdocument")
    log_in(page, huis.team)
    material = reverse("materiaal", args=["dialoogdocument"])

    printed = words(sheets(material))

    folded = page.locator("main .rubriek details li").first
    assert " ".join(folded.text_content().split())[:40] in printed
    assert "Gebruik in een dossier" not in printed
