"""The PDFs of a survey: their content and accessibility."""

import io

import pypdf
import pytest
from django.urls import reverse
from django.utils.formats import date_format

from dialoogfiches.bevragingen import pdf
from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.bevragingen.queries import find_bevraging, locked_result
from dossiers.anoniem.domain.bevragingen import close_bevraging
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.paper import on_paper

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    return open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Onze vraag", tot=day(9), door=tom
    )


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def words(data):
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


def poster(bevraging):
    stand = find_bevraging(dossier=bevraging.dossier, pk=bevraging.pk)
    assert stand is not None
    return on_paper(pdf.poster_pdf(stand))


def results(bevraging):
    stand, resultaat = (
        find_bevraging(dossier=bevraging.dossier, pk=bevraging.pk),
        locked_result(bevraging),
    )
    assert stand is not None
    assert resultaat is not None
    return on_paper(pdf.resultaat_pdf(stand, resultaat))


def test_the_results_as_tom_prints_them(als, tom, bevraging):
    for number in range(4):
        answer(bevraging, "ja", ja1=f"Ik ken ze {number}", ja4="Hij komt terug", h1=f"Vak {number}")
    answer(bevraging, "nee", nee1="Verborgen reden", h1="Vak 4")
    close_bevraging(bevraging=bevraging, door=tom)

    url = reverse("bevraging-pdf", args=[bevraging.dossier_id, bevraging.pk])
    response = als(tom).get(url)
    text = words(response.content)

    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="onze-vraag-2026-2027.pdf"' in response.headers["Content-Disposition"]
    assert "4 ja" in text
    assert "1 nee" in text
    assert all(f"Ik ken ze {number}" in text for number in range(4))
    assert "Wat is een effect hiervan op de leerling?" in text
    assert "Verborgen reden" not in text
    assert text.index("Vak 2") > text.index("Hij komt terug")
    assert "Sint-Jozefschool" in text


@pytest.mark.parametrize("which", ["results", "poster"])
def test_it_is_tagged_and_never_differs(bevraging, tom, which):
    for number in range(5):
        answer(bevraging, "ja", ja1=f"Ik ken ze {number} 🙂")

    def make():
        if which == "poster":
            return poster(bevraging)
        return results(bevraging)

    if which == "results":
        close_bevraging(bevraging=bevraging, door=tom)
        bevraging.refresh_from_db()
    data = make()
    root = read(data).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-BE"
    assert "Onze vraag" in read(data).metadata.title
    assert make() == data


def test_the_poster_is_one_page_with_all_one_needs(als, tom, bevraging, settings):
    settings.SITE_URL = "https://sts.example.be"
    url = reverse("bevraging-poster-pdf", args=[bevraging.dossier_id, bevraging.pk])

    data = als(tom).get(url).content
    text = words(data)

    assert len(read(data).pages) == 1
    for wanted in ("Onze vraag", f"https://sts.example.be/b/{bevraging.sleutel}/", "anoniem in"):
        assert wanted in text
    assert date_format(bevraging.tot, "l j F Y") in text


def test_a_long_title_and_school_stay_on_one_poster(bevraging):
    bevraging.titel = ("Een heel lange titel " * 6)[:120]
    bevraging.save()
    bevraging.dossier.school.naam = "Vrije Basisschool met een erg lange naam " * 2

    assert len(read(poster(bevraging)).pages) == 1


def test_after_the_end_there_is_no_poster(als, tom, bevraging):
    close_bevraging(bevraging=bevraging, door=tom)
    url = reverse("bevraging-poster-pdf", args=[bevraging.dossier_id, bevraging.pk])

    assert als(tom).get(url).status_code == 404


def test_two_thousand_letters_in_one_word_are_printed_too(bevraging, tom):
    for _ in range(5):
        answer(bevraging, "ja", ja1="x" * 2000, h1="y" * 2000)
    close_bevraging(bevraging=bevraging, door=tom)
    bevraging.refresh_from_db()

    text = words(results(bevraging))
    assert text.count("x") >= 5 * 2000
    assert text.count("y") >= 5 * 2000
