"""The overview as a file: what is on the page, and nothing that a program would execute."""

import csv
from datetime import date, time
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap, Rol, School
from preventieplan.models import Doelstelling, Inschaling
from tests.start.clb_overzicht.overzichten import PAGE, names, new_school, scored
from tests.start.conftest import moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vandaag")]

LAATST = moment(date(2026, 11, 3), time(23, 30))
FORMULA = "=HYPERLINK(0)"


@pytest.fixture
def scholen(huis, an):
    scored(huis.school, an, {"f0-1": 6, "f0-2": 0}, {"f0-1": 10})
    scored(new_school(huis.clb, "Noord"), an, {"f0-1": 9}, {"f0-1": 6, "f0-3": 4})
    new_school(huis.clb, FORMULA, gemeente="+32 Gent")
    Inschaling.objects.update(gewijzigd_op=LAATST)
    return huis


@pytest.fixture
def haal(als, an):
    """The file as An gets it."""

    def get(**query):
        response = als(an).get(PAGE, query)
        assert response.status_code == 200
        return response

    return get


def sheets(response) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def lines(response) -> list[list[str]]:
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_a_workbook_has_the_scores_beside_those_of_last_year(haal, scholen):
    response = haal(formaat="xlsx")

    head, *rows = sheets(response)["Scholen"]
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="overzicht-2026-2027.xlsx"'
    )
    assert response.headers["Cache-Control"] == "private, no-store"
    assert head[:8] == [
        *("School", "Gemeente", "Niveau", "Tegenover 2025-2026"),
        *("F0-1 Verbindend schoolklimaat", "F0-1 in 2025-2026"),
        *("F0-2 Inschrijvingsbeleid", "F0-2 in 2025-2026"),
    ]
    assert rows[0][:10] == ["Sint-Jozefschool", "Mechelen", "SO", "4 lager", 6, 10, 0, "", "", ""]
    assert rows[1][:10] == ["Noord", "Mechelen", "BaO", "3 hoger", 9, 6, "", "", "", 4]
    assert [row[-1] for row in rows] == [date(2026, 11, 3), date(2026, 11, 3), ""]
    goals = Doelstelling.objects.filter(versie=scholen.dossier.planversie_id).count()
    assert {len(row) for row in (head, *rows)} == {5 + 2 * goals}


@pytest.mark.parametrize("formaat", ["xlsx", "csv"])
def test_the_log_says_who_took_a_file_and_not_who_read_the_page(als, haal, scholen, formaat):
    taken = Logregel.objects.filter(handeling=Logregel.Handeling.OVERZICHT_OPGEHAALD)
    haal()
    assert not taken.exists()

    for _ in range(2):
        haal(formaat=formaat)

    line = taken.get()
    assert (line.door, line.clb_id, line.school_id) == (scholen.ankerfiguur, scholen.clb.pk, None)
    page = als(scholen.ankerfiguur).get(reverse("clb-logboek", args=[scholen.clb.pk])).text
    assert "An haalde het overzicht van de scholen op als bestand." in page


def test_each_clb_that_its_schools_are_of_reads_that_in_its_log(haal, scholen, ander_huis):
    an = scholen.ankerfiguur
    Lidmaatschap.objects.create(user=an, clb=ander_huis.clb, rol=Rol.ANKERFIGUUR)

    assert "Kouterschool" in {row[0] for row in lines(haal(formaat="csv"))}

    taken = Logregel.objects.filter(handeling=Logregel.Handeling.OVERZICHT_OPGEHAALD)
    assert {line.clb_id for line in taken} == {scholen.clb.pk, ander_huis.clb.pk}


def test_its_second_sheet_has_the_goals(haal, scholen):
    head, *rows = sheets(haal(formaat="xlsx"))["Doelen"]

    assert head == ["Doel", "Naam", "Fase", "Scholen met een score", "Mediaan"]
    assert rows[:3] == [
        ["F0-1", "Verbindend schoolklimaat", "Brede basiszorg", 2, 7.5],
        ["F0-2", "Inschrijvingsbeleid", "Brede basiszorg", 1, 0],
        ["F0-3", "Registratiebeleid", "Brede basiszorg", 0, ""],
    ]


def test_a_csv_has_the_same(haal, scholen):
    response = haal(formaat="csv")

    def text(cell) -> str:
        return cell.isoformat() if isinstance(cell, date) else str(cell).removesuffix(".0")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    of_workbook = [[text(cell) for cell in row] for row in sheets(haal(formaat="xlsx"))["Scholen"]]
    assert [[cell.removeprefix("'") for cell in line] for line in lines(response)] == of_workbook


def test_what_was_typed_becomes_no_formula(haal, scholen):
    assert lines(haal(formaat="csv"))[-1][:2] == [f"'{FORMULA}", "'+32 Gent"]
    assert sheets(haal(formaat="xlsx"))["Scholen"][-1][:2] == [FORMULA, "+32 Gent"]


@pytest.mark.parametrize(
    "query",
    [{}, {"sorteer": "naam"}, {"niveau": "bao", "sorteer": "-f0-1"}, {"schooljaar": "2025"}],
)
def test_a_file_has_the_schools_of_the_page_in_its_order(haal, scholen, query):
    School.objects.filter(naam=FORMULA).update(naam="Zuid")
    shown = names(haal(**query).text)
    assert len(shown) > 1

    for found in (
        sheets(haal(**query, formaat="xlsx"))["Scholen"],
        lines(haal(**query, formaat="csv")),
    ):
        assert [row[0] for row in found[1:]] == shown


def test_a_file_of_no_school_has_headings_alone(haal, scholen):
    School.objects.filter(naam="Noord").update(gemeente="Aalst")

    assert len(lines(haal(formaat="csv", niveau="so", gemeente="Aalst"))) == 1
    found = sheets(haal(formaat="xlsx", niveau="so", gemeente="Aalst"))
    assert {name: len(rows) for name, rows in found.items()} == {"Scholen": 1, "Doelen": 1}
