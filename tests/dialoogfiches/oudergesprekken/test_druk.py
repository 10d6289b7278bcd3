"""A talk with parents on paper when it is busy: the words are never on disk, and never gone."""

from contextlib import closing

import pytest
from django.urls import reverse

from stsdialoog.documents import desk
from stsdialoog.documents.places import open_place
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek, url, write
from tests.pages import whole_form
from tests.stsdialoog.documents.letters import until_free

pytestmark = pytest.mark.django_db

GEHEIM = "geheim7f3a"
NAAM = "oudernotitie-thuis-r01-tekst"


@pytest.fixture
def marie(als, huis):
    return als(huis.medewerker)


@pytest.fixture
def adres(huis, laad) -> str:
    laad("dialoogdocument-ouders")
    return reverse("oudergesprek-zonder-bewaren", args=[huis.dossier.pk])


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOCUMENTEN_DIR = tmp_path / "documenten"
    return settings.DOCUMENTEN_DIR


@pytest.fixture
def druk(monkeypatch):
    """The document of a colleague takes longer than anybody waits."""
    monkeypatch.setattr(desk, "PATIENCE_UNKEPT", 0)
    with closing(open_place("unkept")) as place:
        assert place.take()
        yield


def test_the_form_comes_back_filled_in(marie, adres, druk, folder):
    typed = whole_form(marie.get(adres).text) | {NAAM: f"{GEHEIM} bus"}

    page = marie.post(adres, {**typed, "pdf": ""})

    assert page.status_code == 503
    assert page["Cache-Control"] == "private, no-store"
    assert "Het document maken lukte nu niet" in page.text
    assert whole_form(page.text)[NAAM] == f"{GEHEIM} bus"
    assert on_disk(folder) == []


def test_with_a_mistake_in_it_the_mistake_comes_first(marie, adres, druk):
    page = marie.post(adres, {"oudergesprek-dit-datum": "gisteren", "pdf": ""})

    assert page.status_code == 422
    assert "Het document maken" not in page.text


def test_a_talk_that_is_stored_says_so_on_its_own_page(marie, huis, druk):
    talk = make_gesprek(huis)

    page = marie.get(url(talk, "oudergesprek-pdf"), follow=True)

    assert page.redirect_chain == [(url(talk), 302)]
    assert "Het document maken lukte nu niet" in page.text


def test_nothing_of_a_talk_on_paper_is_kept(marie, huis, adres, folder):
    talk = make_gesprek(huis)
    write(marie, talk, NAAM, f"{GEHEIM} bus")
    typed = whole_form(marie.get(adres).text) | {NAAM: f"{GEHEIM} bus"}

    for response in (
        marie.get(url(talk, "oudergesprek-pdf")),
        marie.post(adres, {**typed, "pdf": ""}),
    ):
        assert response.content.startswith(b"%PDF")
        assert response["Cache-Control"] == "private, no-store"
        assert not response.has_header("ETag")
    until_free("unkept")
    assert on_disk(folder) == []


def on_disk(folder) -> list[str]:
    """What stands in the folder of documents, apart from empty places."""
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert "unkept.place" in files
    return [name for name, held in files.items() if held and name != "CACHEDIR.TAG"]


def test_the_blank_form_is_kept_like_that_of_any_material(marie, huis, adres, folder):
    response = marie.get(reverse("oudergesprek-blanco", args=[huis.dossier.pk]))

    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "private, no-store"
    assert [file.parent.name for file in folder.rglob("*.pdf")] == ["materialen"]
