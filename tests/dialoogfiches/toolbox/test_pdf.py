"""The materials on paper: complete, with lines to write on if needed, and accessible."""

import hashlib
import io
from typing import Any

import page
import pypdf
import pytest
from django.conf import settings
from django.urls import reverse

from dialoogfiches.models import Item
from dialoogfiches.oudergesprekken.pdf import blank_oudergesprek_pdf
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import soort_of
from preventieplan.models import Checklistvraag
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.kleinplan import Materialen
from tests.paper import on_paper, on_paper_again

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

SLUGS = sorted(folder.name for folder in settings.MATERIALEN_DIR.iterdir())
# The materials that use the generic PDF.
GENERIC = [slug for slug in SLUGS if slug not in ("preventieplan", "dialoogdocument-ouders")]


def read(data: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(data))


def text(data: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in read(data).pages).split())


def blank(versie) -> bytes:
    return on_paper(soort_of(versie).blank_pdf(versie, None))


def letters(words: str) -> str:
    """The text without spaces, because a line may break at the hyphen of a word."""
    return "".join(words.split())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_material_prints(laad, als, oscar, slug):
    versie = laad(slug)

    response = als(oscar).get(reverse("materiaal-pdf", args=[slug]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{slug}-{versie.versie}.pdf"'
    report = page.validate_pdf_bytes(response.content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    root = read(response.content).trailer["/Root"]
    assert root["/Lang"] == "nl-BE"
    for sheet in read(response.content).pages:
        for font in sheet["/Resources"]["/Font"].values():
            assert "+Source-Sans" in font.get_object()["/BaseFont"]


@pytest.mark.parametrize("slug", GENERIC)
def test_everything_of_a_fiche_is_on_paper(laad, slug):
    versie = laad(slug)
    whole = letters(text(blank(versie)))

    for onderdeel in versie.onderdelen.prefetch_related("rubrieken"):
        for rubriek in onderdeel.rubrieken.all():
            # The paper survey has no heading above its question, and boxes for ja and nee.
            assert letters(rubriek.titel) in whole or rubriek.soort == "keuze"
            assert letters(rubriek.tekst) in whole
    for item in Item.objects.filter(versie=versie):
        assert letters(item.tekst) in whole
        assert letters(item.uitleg) in whole
    assert letters(versie.bron) in whole


@pytest.fixture
def small(tmp_path):

    def load(**fields):
        materialen = Materialen(tmp_path)
        materialen.write(small_fiche(**fields), "klein/2026.1.yaml")
        materialen.load()
        return Materiaalversie.objects.get(materiaal__slug="klein")

    return load


def test_a_talk_has_a_head_and_a_table_for_the_actions(small):
    whole = text(blank(small()))

    for words in ("School", "Datum", "Deelnemers", "Acties Wat Wie Wanneer Check"):
        assert words in whole


def test_what_one_only_reads_has_no_room_to_write(small):
    whole = text(blank(small(vorm="lezen")))

    for words in ("Deelnemers", "Acties Wat Wie"):
        assert words not in whole
    assert "Hoe begint een gesprek bij jullie?" in whole


@pytest.mark.parametrize(
    ("slug", "waarvoor", "foreword", "of_the_slide"),
    [
        (
            "aanwezig-op-school",
            "Naar een warm en verbindend aanwezigheidsbeleid op school",
            "Met deze bladen voeren jullie samen het gesprek, in 5 stappen: één van jullie",
            "Output PLG Limburg",
        ),
        (
            "leerkracht-als-schakel",
            "Hoe jij als leerkracht al impact hebt op schooluitval",
            "Lees deze bladen alleen of met collega’s, en duid aan wat jullie al doen.",
            "Bevraging bij 31 lkr'n S.O.",
        ),
    ],
)
def test_who_holds_the_sheets_reads_what_they_are_and_no_slide(
    laad, slug, waarvoor, foreword, of_the_slide
):
    versie = laad(slug)
    assert of_the_slide in versie.teksten["inleiding"]["tekst"]

    first = " ".join(read(blank(versie)).pages[0].extract_text().split())

    assert letters(f"{versie.materiaal.titel} {waarvoor} {foreword}") in letters(first)
    assert letters(of_the_slide) not in letters(text(blank(versie)))


def test_an_introduction_written_for_who_holds_the_sheets_stays(laad):
    versie = laad("sjablonen-plan-en-opvolging")

    first = read(blank(versie)).pages[0].extract_text()

    assert "Hier staan ze: een blad om het plan te maken" in " ".join(first.split())
    assert "Met deze bladen voeren jullie" not in first


def test_the_plan_begins_with_what_to_do_with_it(versie):
    first = " ".join(read(blank(versie)).pages[0].extract_text().split())

    assert "kruis bij elke vraag aan hoe het nu gaat en schrijf erbij waarom" in first
    assert "PDCA-opvolging" not in text(blank(versie))


def test_each_step_of_a_talk_begins_on_a_sheet_of_its_own(laad):
    sheets = [sheet.extract_text() for sheet in read(blank(laad("dialoogdocument"))).pages]

    assert "Registratie" in sheets[0], "the first one follows what the talk is about"
    for titel in ("Data", "Beleid", "Samenwerking school-CLB"):
        # Below the lines with the name of the material and the number of the step.
        assert any(titel in "\n".join(sheet.splitlines()[:3]) for sheet in sheets[1:]), titel


def test_the_paper_survey_has_boxes_and_its_two_sides(laad):
    sheets = [
        " ".join(sheet.extract_text().split())
        for sheet in read(blank(laad("mini-bevraging"))).pages
    ]

    assert len(sheets) == 2
    assert "schakel kan zijn bij een afwezige leerling? ☐ ja ☐ nee Ja Wat maakt" in sheets[0]
    assert "Nee Wat maakt dat je nee zegt?" in sheets[1]
    assert "Deelnemers" not in sheets[0]


def test_the_blank_plan_asks_whose_it_is(versie):
    whole = text(blank(versie))

    assert "School Schooljaar Ingevuld op Door" in whole
    for vraag in Checklistvraag.objects.filter(doelstelling__versie=versie):
        assert letters(vraag.tekst) in letters(whole)


def test_paper_says_once_at_its_foot_that_the_plg_has_yet_to_confirm_it(small):
    assert "bevestigen" not in text(blank(small()))

    whole = text(blank(small(herkomst="voorstel")))

    assert "Hoe begint een gesprek bij jullie? Begin met wat goed gaat." in whole
    assert whole.count("moet de PLG nog bevestigen") == 1
    assert "voorstel" not in whole


def test_the_same_version_gives_the_same_bytes(small):
    versie = small()
    once = hashlib.sha256(blank(versie)).hexdigest()

    again = on_paper_again(soort_of(versie).blank_pdf(versie, None))
    assert hashlib.sha256(again).hexdigest() == once


def test_the_talk_with_parents_is_printed_by_its_own_form(laad):
    versie = laad("dialoogdocument-ouders")

    assert blank(versie) == on_paper(blank_oudergesprek_pdf(versie))


@pytest.mark.parametrize(
    ("slug", "opening", "second"),
    [
        ("psychisch-kwetsbare-jongeren", "Je", "blijft niet alleen met een zorg"),
        ("dialoogdocument", "We", "brengen in wat we als CLB merken"),
        ("leidraad-dialoogdocument", "Gebruik", "drie momenten als kapstok"),
    ],
)
def test_no_sentence_leaves_its_first_word_alone_on_a_line(laad, slug, opening, second):
    found = "\n".join(page.extract_text() for page in read(blank(laad(slug))).pages)

    assert f"{opening} {second}" in found
