"""A PDF over HTTP: for who may see it, once, and with a page to wait on."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog.documents import desk
from stsdialoog.documents.places import Job, open_place
from tests.stsdialoog.documents.letters import busy, kept_files, until_free

pytestmark = pytest.mark.django_db


@pytest.fixture
def adres(dossier) -> str:
    return reverse("routekaart-pdf", args=[dossier.pk])


@pytest.fixture
def nobody_waits(monkeypatch) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0)


def test_a_document_is_made_for_the_first_and_kept_for_the_next(
    als, tom, an, adres, dossier, folder, make_no_more
):
    first = als(tom).get(adres)

    assert first.status_code == 200
    assert first.content.startswith(b"%PDF")
    (file,) = kept_files(folder)
    assert file.parent.name == str(dossier.pk)
    make_no_more()
    again = als(an).get(adres)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, no-cache"


def test_a_browser_that_has_it_is_told_so_without_making_it(als, tom, adres, folder, make_no_more):
    client = als(tom)
    first = client.get(adres)
    (file,) = kept_files(folder)
    file.unlink()
    make_no_more()

    response = client.get(adres, headers={"If-None-Match": first["ETag"]})

    assert response.status_code == 304
    assert response.content == b""
    # The browser takes these over, so they are those of the PDF.
    for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert response[name] == first[name]


def test_after_a_change_it_is_another_document(als, tom, adres, huis):
    client = als(tom)
    etag = client.get(adres)["ETag"]
    huis.school.naam = "Lindeschool"
    huis.school.save()

    response = client.get(adres, headers={"If-None-Match": etag})

    assert response.status_code == 200
    assert response["ETag"] != etag


def test_what_is_kept_is_only_for_who_may_see_it(als, tom, oscar, ander_huis, adres, client):
    etag = als(tom).get(adres)["ETag"]

    for stranger in (oscar, ander_huis.ankerfiguur):
        for headers in ({}, {"If-None-Match": etag}, {"If-None-Match": "*"}):
            assert als(stranger).get(adres, headers=headers).status_code == 404
    assert client.get(adres, headers={"If-None-Match": etag}).status_code == 302


def test_a_material_is_kept_apart_from_every_dossier(als, tom, oscar, folder, make_no_more):
    adres = reverse("materiaal-pdf", args=["preventieplan"])
    first = als(tom).get(adres)

    make_no_more()

    assert als(oscar).get(adres).content == first.content
    assert [file.parent.name for file in kept_files(folder)] == ["materialen"]


# --- the page to wait on ------------------------------------------------------------------------


def test_what_takes_long_says_that_it_is_being_made_and_goes_on_by_itself(
    als, tom, adres, nobody_waits
):
    client = als(tom)

    page = client.get(f"{adres}?a=1&b=2")

    assert page.status_code == 202
    assert page["Refresh"] == page["Retry-After"] == "2"
    assert page["Cache-Control"] == "private, no-store"
    assert not page.has_header("ETag")
    assert "We maken je document" in page.text
    assert "Routekaart aanwezigheidsbeleid Sint-Jozefschool 2026-2027" in page.text
    # Who does not want to wait for the browser has a link.
    assert f'href="{escape(adres)}?a=1&amp;b=2"' in page.text
    until_free()
    assert client.get(adres).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("whose", "status", "words"),
    [
        ("mine", 429, "Er wordt nog een ander document voor je gemaakt."),
        ("others", 202, "Er worden nu veel documenten gemaakt."),
        ("the same", 202, "We maken je document"),
    ],
)
def test_who_waits_for_something_else_hears_what(als, tom, adres, dossier, whose, status, words):
    jobs = {
        "mine": [Job("else", str(tom.pk))],
        "others": [Job("else", "0"), Job("third", "00")],
        "the same": [Job(key_of(dossier), "0")],
    }
    with busy(*jobs[whose]):
        page = als(tom).get(adres)

    assert page.status_code == status
    assert page["Refresh"] == "2"
    assert words in page.text
    assert als(tom).get(adres).status_code == (500 if whose == "the same" else 200)


def key_of(dossier) -> str:
    dossier.refresh_from_db()
    return routekaart_pdf(dossier, today=timezone.localdate()).key


def test_what_failed_is_told_and_can_be_tried_again(als, tom, adres, dossier):
    client = als(tom)
    with busy(Job(key_of(dossier), str(tom.pk))):
        pass

    page = client.get(adres)

    assert page.status_code == 500
    assert not page.has_header("Refresh")
    assert "Je document is niet gelukt" in page.text
    assert f'href="{adres}">Probeer het opnieuw' in page.text
    assert client.get(adres).content.startswith(b"%PDF")


@pytest.fixture
def all_taken(settings) -> Iterator[None]:
    """Everybody else keeps the processes busy."""
    settings.DOCUMENTEN_PROCESSEN = 1
    with closing(open_place("document-0")) as place:
        assert place.take()
        yield


def test_a_page_does_not_wait_for_anybody_elses_document(als, tom, adres, dossier, all_taken):
    client = als(tom)

    assert client.get(adres).status_code == 202
    assert client.get(reverse("gezond")).status_code == 200
    assert client.get(reverse("dossier", args=[dossier.pk])).status_code == 200


@pytest.mark.parametrize("name", ["routekaart-pdf", "preventieplan-pdf"])
def test_what_can_not_be_printed_is_said_before(als, tom, dossier, huis, folder, name):
    """On paper it can't be shown, so a line there would come too late and show nothing."""
    url = reverse(name, args=[dossier.pk])
    huis.school.naam = "Sint-Jozef \u0633\u0644\u0627\u0645"
    huis.school.save()

    said = als(tom).get(f"{url}?x=1")
    assert said.status_code == 200
    assert "<bdi>\u0633\u0644\u0627\u0645</bdi>" in said.text
    assert f'href="{url}?x=1&amp;toch=1"' in said.text
    assert not kept_files(folder)

    printed = als(tom).get(f"{url}?x=1&toch=1")
    assert printed.content.startswith(b"%PDF")
