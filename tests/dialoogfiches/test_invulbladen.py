"""The sheets of a fiche: in a file, on paper, and on the pages of a fiche with a page per part."""

import io

import page
import pypdf
import pytest
from django.urls import reverse

from dialoogfiches.domain.invulbladen import Over
from dialoogfiches.invulbladen import invulbladen, invulbladen_pdf
from dialoogfiches.models import Item
from dialoogfiches.queries import fiche_of
from dossiers.materialen.content.difference import compare
from dossiers.materialen.content.export import as_yaml
from dossiers.materialen.content.files import read_document
from dossiers.materialen.domain.documents import document_of
from dossiers.materialen.models import Materiaalversie
from dossiers.materialen.registry import soort_of
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.pages import whole_form
from tests.paper import on_paper

pytestmark = pytest.mark.django_db

PSYCHISCH = "psychisch-kwetsbare-jongeren"
POINT = "            tekst: Wat helpt daarbij?\n"
BLAD = """\
            invulblad:
              titel: Ons blad
              herkomst: voorstel
              over: school
              hoe: Vul het samen in.
              vakken:
                - kop: Wat doen we al?
                  regels: 3
                - kop: Wie doet wat?
                  tabel:
                    kolommen: [Wie, Wat]
                    leeg: 4
"""


@pytest.fixture
def psychisch(laad) -> Materiaalversie:
    return laad(PSYCHISCH)


def with_sheet(blad: str = BLAD, **fields: str) -> str:
    return small_fiche(vorm="lezen", **fields).replace(POINT, POINT + blad)


def sheets(data: bytes) -> list[str]:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [" ".join(one.extract_text().split()) for one in pages]


# --- in a file ------------------------------------------------------------------------------------


def test_a_sheet_is_stored_and_comes_back_in_a_file(materialen, tmp_path):
    about_a_pupil = BLAD.replace("over: school", "over: leerling")
    materialen.write(with_sheet(about_a_pupil), "klein/2026.1.yaml")
    materialen.load()
    versie = Materiaalversie.objects.get()

    assert Item.objects.get(code="start-v1").invulblad["titel"] == "Ons blad"
    exported = tmp_path / "uit.yaml"
    exported.write_text(as_yaml(document_of(versie)))
    assert read_document(exported).data == document_of(versie)
    # It is searched, but not for what no page shows.
    assert "wie doet wat" in versie.zoektekst
    assert "leerling" not in versie.zoektekst


@pytest.mark.parametrize(
    ("wrong", "right", "key", "sentence"),
    [
        ("", "              titel: Ons blad\n", "invulblad:", '"titel" ontbreekt in invulblad.'),
        ("titel: ''", "titel: Ons blad", "titel: ''", "titel is leeg: vul iets in."),
        (
            "over: klas",
            "over: school",
            "over:",
            'over moet "leerling" of "school" zijn, niet "klas".',
        ),
        (
            "regels: 3\n                  ruimte: klein",
            "regels: 3",
            "kop: Wat doen",
            "een vak heeft regels, ruimte of een tabel, en maar één daarvan.",
        ),
        (
            "uitleg: Zomaar",
            "regels: 3",
            "kop: Wat doen",
            "een vak heeft regels, ruimte of een tabel, en maar één daarvan.",
        ),
        (
            "",
            "                    leeg: 4\n",
            "tabel:",
            "deze tabel heeft geen rijen: geef rijen, of leeg met een aantal.",
        ),
    ],
)
def test_what_is_wrong_with_a_sheet_is_said_with_its_line(materialen, wrong, right, key, sentence):
    text = with_sheet(BLAD.replace(right, wrong))
    name = materialen.write(text, "klein/2026.1.yaml")
    blad = text.index("invulblad:")
    line = text[: text.index(key, blad)].count("\n") + 1

    (found,) = materialen.findings()

    assert found == f"{name}, regel {line}: {sentence}"


def test_a_newer_version_says_that_a_sheet_changed(materialen):
    old, new = with_sheet(), with_sheet(BLAD.replace("Wat doen we al?", "Wat lukt al?"))
    for number, text in enumerate((old, new), start=1):
        dated = text.replace("2026-06-02", f"2026-06-0{number}")
        numbered = dated.replace('"2026.1"', f'"2026.{number}"')
        materialen.write(numbered, f"klein/2026.{number}.yaml")
    materialen.load()
    before, after = Materiaalversie.objects.order_by("versie")
    parts = soort_of(after).content.parts

    (changed,) = compare(parts(document_of(before)), parts(document_of(after))).anders

    assert changed.nieuw.waar.endswith(", blad")
    assert "Wat lukt al?" in changed.nieuw.tekst


# --- on paper -------------------------------------------------------------------------------------


@pytest.mark.looks
@pytest.mark.parametrize("code", ["fase-0", "fase-1", "fase-2", "draaischijf", "fase-3"])
def test_each_sheet_of_the_framework_is_one_page_to_write_on(psychisch, code):
    fiche = fiche_of(psychisch)
    bladen = invulbladen(fiche, code)

    data = on_paper(invulbladen_pdf(fiche, bladen))

    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    pages = sheets(data)
    assert len(pages) == len(bladen) == len(fiche.part(code).invulbladen) >= 4
    for blad, words in zip(bladen, pages, strict=True):
        assert blad.titel in words
        assert words.count("moet de PLG nog bevestigen") == 1
        assert ("het komt niet in STS-Dialoog" in words) == blad.is_of_pupil


def test_every_tool_of_the_framework_has_its_sheet(psychisch):
    tools = Item.objects.filter(versie=psychisch, rubriek__soort="tools")

    assert tools.count() == 23
    assert all(tool.invulblad for tool in tools)
    # What is about how the school works; the others are about a pupil, and say so.
    assert [tool.code for tool in tools if tool.invulblad["over"] == Over.SCHOOL] == [
        *("fase-0-t02", "fase-0-t03", "draaischijf-t04"),
    ]


def test_halves_stand_beside_each_other_and_a_lone_one_is_whole(materialen):
    half = "                - kop: {}\n                  half: true\n                  regels: 1\n"
    whole = "                - kop: Heel\n                  ruimte: klein\n"
    boxes = [half.format("Een"), half.format("Twee"), half.format("Drie"), whole]
    start = BLAD[: BLAD.index("                - kop")]
    materialen.write(with_sheet(start + "".join(boxes)), "klein/2026.1.yaml")
    materialen.load()

    (blad,) = invulbladen(fiche_of(Materiaalversie.objects.get()), "start-v1")

    assert [[box.kop for box in band] for band in blad.bands] == [
        *(["Een", "Twee"], ["Drie"], ["Heel"]),
    ]


# --- on the pages ---------------------------------------------------------------------------------


def test_one_sheet_or_those_of_a_phase_are_printed(als, oscar, psychisch):
    def pdf(code: str):
        return als(oscar).get(reverse("invulbladen-pdf", args=[PSYCHISCH, code]))

    one = pdf("fase-2-t01")
    assert one["Content-Disposition"] == f'inline; filename="{PSYCHISCH}-fase-2-t01.pdf"'
    assert len(sheets(one.content)) == 1
    assert "Terugkeerplan" in sheets(one.content)[0]
    assert len(sheets(pdf("fase-2").content)) == 5
    # No sheet, no such code, a material without sheets, and no such material.
    assert pdf("fase-2-b01").status_code == pdf("fase-9").status_code == 404
    for slug in ("preventieplan", "dialoogdocument", "bestaat-niet"):
        url = reverse("invulbladen-pdf", args=[slug, "registratie"])
        assert als(oscar).get(url).status_code == 404


def test_in_the_toolbox_each_fiche_has_its_page(als, oscar, psychisch):
    def at(*code: str):
        return als(oscar).get(
            reverse("materiaal-deel" if code else "materiaal", args=[PSYCHISCH, *code])
        )

    first, second = at().text, at("fase-2").text

    assert "Waarover gaat dit?" in first
    assert 'id="fase-0"' in first
    assert 'id="fase-1"' not in first
    assert 'id="fase-2"' in second
    assert 'id="draaischijf"' not in second
    assert "Waarover gaat dit?" not in second
    assert reverse("invulbladen-pdf", args=[PSYCHISCH, "fase-2-t01"]) in second
    assert "Alle 5 samen" in second
    assert second.count('aria-current="page">Fase 2') == 1
    assert at("fase-9").status_code == 404


def test_a_material_without_sheets_is_one_page(als, oscar, laad):
    laad("leidraad-dialoogdocument")
    url = reverse("materiaal-deel", args=["leidraad-dialoogdocument", "registratie"])

    assert als(oscar).get(url).status_code == 404


def test_in_a_dossier_each_fiche_has_its_page_and_an_action_stays_there(als, huis, psychisch):
    url = reverse("lezen-deel", args=[huis.dossier.pk, PSYCHISCH, "fase-1"])
    an = als(huis.ankerfiguur)

    html = an.get(url).text

    assert 'id="fase-1"' in html
    assert 'id="fase-2"' not in html
    assert html.count("Deze tekst moet de PLG nog bevestigen.") == 1
    assert ">voorstel<" not in html
    assert reverse("invulbladen-pdf", args=[PSYCHISCH, "fase-1-t03"]) in html
    # The part that is being read is the one that the action grew in.
    assert '<option value="fase-1" selected>' in html
    made = an.post(url, {**whole_form(html), "nieuw-lezen-wat": "Een stille plek openen"})
    assert made["Location"].startswith(f"{url}#actie-")
    assert "De actie staat bij jullie acties." in an.get(url).text
    elsewhere = reverse("lezen-deel", args=[huis.dossier.pk, PSYCHISCH, "fase-9"])
    assert an.get(elsewhere).status_code == 404
    # It is a material for the CLB, page by page too.
    assert als(huis.team).get(url).status_code == 403


def test_the_agreements_of_a_school_are_a_talk_that_says_to_name_no_pupil(
    als, tom, laad, start, noteer
):
    gesprek = start(laad("schoolafspraken"))
    cover = reverse("gesprek", args=[gesprek.dossier_id, gesprek.pk])
    step = reverse("gesprekstap", args=[gesprek.dossier_id, gesprek.pk, "eerste-zorg"])
    field = f"notitie-{gesprek.pk}-eerste-zorg-r01-tekst"

    assert "Schrijf niets waaraan iemand een leerling kan herkennen" in als(tom).get(cover).text
    said = noteer(field, "Zoals bij Ibrahim, die vaak te laat komt.", url=step).text
    assert "Ibrahim" in said.split("veld-herkend")[-1]
    assert "Bewaard" in said
