"""What the STS-team reads, prints and publishes, and nobody else."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.mensen.models import User
from dossiers.models import Dossier
from start.regio.domain.histogram import Histogram
from tests.conftest import SCHOOLJAAR
from tests.start.regio.streek import DOEL, settle

OKTOBER = date(SCHOOLJAAR, 10, 1)


@pytest.fixture
def sofie(db, vandaag):
    return User.objects.create_user("sofie@sts.be", naam="Sofie", is_staff=True)


@pytest.fixture
def talked(streek, laad):
    """Seven schools with a score, of which six had a talk, all settled."""
    dossiers = streek.schools([2, 4, 4, 5, 6, 8, 8])
    versie = laad("dialoogdocument")
    for dossier in dossiers[:6]:
        Gesprek.objects.create(dossier=dossier, versie=versie, titel="Ons gesprek")
    settle(OKTOBER)
    return dossiers


def test_an_empty_page_says_when_something_will_stand_there(als, sofie):
    page = als(sofie).get(reverse("regio"))

    assert "minstens 5 scholen van minstens 2 CLB's hetzelfde invullen" in page.text
    assert "Rapport van het schooljaar" not in page.text


def test_she_reads_how_scores_lie_in_words_as_well(als, sofie, talked):
    page = als(sofie).get(reverse("regio")).text

    assert "<h1>Vlaanderen samen</h1>" in page
    assert "7 scholen. Het midden is 5; de helft van de scholen ligt tussen 4 en 7." in page
    assert "vastgelegd tot en met oktober" in page
    assert "<td>6</td>" in page
    assert "School 80" not in page


def test_she_chooses_a_province_and_a_schooljaar(als, sofie, talked):
    browser = als(sofie)

    assert "<h1>Limburg samen</h1>" in browser.get(reverse("regio"), {"provincie": "limburg"}).text
    antwerpen = browser.get(reverse("regio"), {"provincie": "antwerpen"}).text
    assert "<h1>Antwerpen samen</h1>" in antwerpen
    assert "Hier staat nog niets" in antwerpen
    for rubbish in ({"provincie": "atlantis"}, {"schooljaar": "'--"}, {"schooljaar": "1"}):
        assert "<h1>Vlaanderen samen</h1>" in browser.get(reverse("regio"), rubbish).text


def test_the_page_takes_as_many_queries_with_figures_as_without(
    als, sofie, talked, django_assert_num_queries
):
    browser = als(sofie)
    browser.get(reverse("regio"))

    # The session and the account; the schooljaren, the figures, the plan, its goals and questions,
    # and the materials.
    with django_assert_num_queries(8):
        browser.get(reverse("regio"))


@pytest.mark.looks
def test_the_report_has_ten_pages(als, sofie, talked, tmp_path):
    response = als(sofie).get(reverse("regio-rapport", args=[SCHOOLJAAR]))

    report = tmp_path / "rapport.pdf"
    report.write_bytes(response.getvalue())
    with report.open("rb") as file:
        pages = [page.extract_text() for page in PdfReader(file).pages]
    assert len(pages) == 10
    assert "Alle doelstellingen in één oogopslag" in pages[1]
    assert "7 scholen. Het midden is 5" in pages[2]
    assert not any("School 80" in page for page in pages)


def test_the_table_and_its_description_fit_together(als, sofie, talked):
    browser = als(sofie)
    table = browser.get(reverse("regio-tabel", args=[SCHOOLJAAR]))
    text = table.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    described = browser.get(reverse("regio-beschrijving", args=[SCHOOLJAAR]))
    schema = json.loads(described.text)

    columns = [one["name"] for one in schema["tableSchema"]["columns"]]
    assert list(rows[0]) == columns
    assert schema["url"] == "cijfers.csv"
    # Where the standard looks for it.
    assert described.wsgi_request.path == f"{table.wsgi_request.path}-metadata.json"
    keys = [tuple(row[name] for name in schema["tableSchema"]["primaryKey"]) for row in rows]
    assert len(keys) == len(set(keys))
    scores = {
        row["waarde"]: row["scholen"]
        for row in rows
        if row["gebied"] == "Limburg" and row["code"] == DOEL and row["soort"] == "score"
    }
    assert scores["4"] == scores["8"] == "2"
    assert list(dict.fromkeys(row["gebied"] for row in rows)) == ["Vlaanderen", "Limburg"]


def test_of_a_year_without_figures_there_is_nothing_to_publish(als, sofie, talked):
    browser = als(sofie)

    for name in ("regio-rapport", "regio-tabel"):
        assert browser.get(reverse(name, args=[SCHOOLJAAR - 1])).status_code == 404


@pytest.mark.parametrize("role", ["ankerfiguur", "team", "lezer"])
def test_a_school_and_its_clb_do_not_read_it(als, huis, role):
    browser = als(getattr(huis, role))

    for name, args in (
        ("regio", []),
        *((one, [SCHOOLJAAR]) for one in ("regio-rapport", "regio-tabel", "regio-beschrijving")),
    ):
        assert browser.get(reverse(name, args=args)).status_code == 403


def test_and_who_reads_it_reaches_no_dossier(als, sofie, talked):
    browser = als(sofie)

    for dossier in Dossier.objects.all():
        assert browser.get(reverse("dossier", args=[dossier.pk])).status_code == 404


def test_the_bars_are_as_high_as_there_are_schools():
    histogram = Histogram.of({"2": 1, "4": 2, "10": 4})

    heights = {bar.score: bar.hoogte for bar in histogram.bars if bar.scholen}
    assert heights[10] == 2 * heights[4] == 4 * heights[2]
    assert all(bar.y + bar.hoogte == histogram.base for bar in histogram.bars)
    assert histogram.bars[-1].x + histogram.bar <= histogram.width
    assert histogram.in_words.startswith("7 scholen. Het midden is 10; ")
