"""The document on paper: a talk with notes, and the form with room for the home language."""

import io
import re
from typing import Any

import page
import pytest
from pypdf import PdfReader

from dialoogfiches.models import Item
from dialoogfiches.oudergesprekken.pages import parent_talk_page
from dialoogfiches.oudergesprekken.pdf import blank_oudergesprek_pdf, oudergesprek_pdf
from stsdialoog.typeface import script_files
from tests.dialoogfiches.oudergesprekken.ouders import DIT, make_gesprek, url, write
from tests.paper import on_paper, on_paper_again

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def talk(huis, als):
    talk = make_gesprek(huis)
    marie = als(huis.medewerker)
    write(marie, talk, "oudernotitie-thuis-r01-tekst", "De bus rijdt te vroeg.")
    write(marie, talk, "ouderthema-thuis-groter", "ontbijten\nslapen")
    write(marie, talk, f"{DIT}-focus_nu", "samen naar de bus")
    write(marie, talk, f"{DIT}-school_mag_weten", "Graag onthaal aan de poort.")
    return talk


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader(pdf).pages).split())


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def made(talk) -> bytes:
    talk.refresh_from_db()
    return on_paper(oudergesprek_pdf(parent_talk_page(gesprek=talk)))


def test_a_talk_on_paper_holds_what_was_noted_under_its_question(talk):
    text = read(made(talk))

    assert (
        "Zijn er praktische problemen? (transport, financieel ...) De bus rijdt te vroeg." in text
    )
    assert "ontbijten slapen" in text
    assert "Waar kunnen en willen we nu op inzetten? samen naar de bus" in text
    assert "Wat mag de school weten? Graag onthaal aan de poort." in text
    assert "Vertrouwelijk" in text
    assert "Kolibrie" in text
    assert "12 november 2026" in text
    # An unanswered question is left out, but a topic is not.
    assert "Hoe is de relatie met brussen?" not in text
    assert "Cultuur Niets genoteerd." in text


def test_before_it_is_made_one_knows_what_cannot_be_printed(talk, als, huis):
    marie = als(huis.medewerker)
    typed = "\u0928\u092e\u0938\u094d\u0924\u0947 \U0001f600"
    write(marie, talk, "oudernotitie-thuis-r02-tekst", typed)

    html = marie.get(url(talk, "oudergesprek-pdf")).text

    assert "Niet alles kan op papier" in html
    for woord in typed.split():
        assert f"<bdi>{woord}</bdi>" in html
    (link,) = re.findall(r'href="([^"]+)">Maak de PDF toch<', html)
    assert "◊◊◊ ◊" in read(marie.get(link).content)


def test_what_can_be_printed_is_printed_at_once(talk, als, huis):
    made = als(huis.medewerker).get(url(talk, "oudergesprek-pdf"))

    assert made.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("words", "more"), [(23, False), (24, False), (25, True)])
def test_so_many_words_are_named_and_no_more(talk, als, huis, words, more):
    marie = als(huis.medewerker)
    typed = " ".join(map(chr, range(0x4E00, 0x4E00 + words)))
    write(marie, talk, "oudernotitie-thuis-r02-tekst", typed)

    html = marie.get(url(talk, "oudergesprek-pdf")).text

    assert html.count("<bdi>") == min(words, 24)
    assert ("en andere" in html) == more


ARABIC = "\u0627\u0628\u0646\u064a \u0644\u0627 \u064a\u0631\u064a\u062f"
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
ETHIOPIC = "\u1230\u120b\u121d"


@pytest.mark.skipif(not script_files(), reason="fonts-noto-core is not installed")
def test_what_parents_say_is_printed_in_their_script(talk, als, huis):
    marie = als(huis.medewerker)
    plain = made(talk)
    write(marie, talk, "oudernotitie-thuis-r02-tekst", f"{ARABIC}\nthuis: {HEBREW} en {ETHIOPIC}")
    write(marie, talk, "ouderthema-school-groter", ARABIC)

    printed = made(talk)

    assert marie.get(url(talk, "oudergesprek-pdf"))["Content-Type"] == "application/pdf"
    assert [one.message for one in page.validate_pdf_bytes(printed, profile="ua1").failures] == []
    # At its question, in the window and below it; the line in Dutch is read from the left.
    html = oudergesprek_pdf(parent_talk_page(gesprek=talk)).html
    assert html.count(f'<p dir="rtl">{ARABIC}</p>') == 3
    assert f"<p>thuis: {HEBREW} en {ETHIOPIC}</p>" in html
    assert "◊" not in read(printed)
    assert all(letter in read(printed) for letter in (HEBREW[0], ETHIOPIC))
    # Embedded where they are used, and nowhere else.
    assert families(printed) - families(plain) == {
        "Noto-Naskh-Arabic",
        "Noto-Sans-Ethiopic",
        "Noto-Sans-Hebrew",
    }
    assert all(name.startswith("Source-Sans") for name in families(plain))
    assert on_paper_again(oudergesprek_pdf(parent_talk_page(gesprek=talk))) == printed


def families(pdf: bytes) -> set[str]:
    """The families in a PDF, each with its second name."""
    found: Any = [sheet["/Resources"] for sheet in reader(pdf).pages]
    names = [font.get_object()["/BaseFont"] for sheet in found for font in sheet["/Font"].values()]
    return {"-".join(name.split("+")[-1].split("-")[:3]) for name in names}


def test_under_the_window_stand_its_points_as_well(talk, als, huis):
    many = "\n".join(f"punt {number} {'heel ' * 20}lang" for number in range(8))
    write(als(huis.medewerker), talk, "ouderthema-school-kleiner", many)

    window = read(made(talk)).split("Onder het raam")[1].split("Focus")[0]

    assert "groter ontbijten slapen" in window
    # Points, abbreviated; each topic has them in full.
    assert "punt 5 heel" in window
    assert "punt 6" not in window
    assert "en meer" in window
    assert "heel lang" not in window
    assert window.count("niets genoteerd") == 3 + 1


def test_it_says_nothing_about_the_talk_where_a_folder_shows_it(talk):
    assert "Kolibrie" not in str(reader(made(talk)).metadata)


def test_the_same_talk_is_the_same_file(talk):
    assert made(talk) == made(talk)


def test_the_blank_form_has_every_question_and_room_for_the_home_language(talk):
    text = read(on_paper(blank_oudergesprek_pdf(talk.versie)))

    for item in Item.objects.filter(versie=talk.versie, rubriek__soort="richtvragen"):
        assert " ".join(item.tekst.split()) in text
    assert text.count("Ruimte voor de thuistaal") == 6
    assert text.count("Wat maakt het raam groter?") == 5
    assert "Boven het raam: boos, angstig, onrustig" in text
    assert "De bus rijdt te vroeg." not in text


@pytest.mark.parametrize("which", ["talk", "blank"])
def test_both_are_tagged_for_who_reads_by_ear(talk, which):
    blank = on_paper(blank_oudergesprek_pdf(talk.versie))
    pdf: Any = reader(made(talk) if which == "talk" else blank)

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "nl-BE"
    assert 'pdfuaid:part="1"' in pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert {font for page in pdf.pages for font in fonts(page)} == {"Source"}


def fonts(page) -> set[str]:
    """The font families on a page, without their subset tags and weights."""
    found = page["/Resources"]["/Font"].values()
    return {font.get_object()["/BaseFont"].split("+")[-1].split("-")[0] for font in found}
