"""A page travels compressed to a browser that can read it so; nothing else is compressed here."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from stsdialoog.middleware import CompressionMiddleware
from tests.client import text_of
from tests.paper import lay_out_by

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
# The bars: what a goal page, and a whole first visit to one, may send over the wire.
WARM = 12_000


@pytest.fixture
def goal(dossier):
    return reverse("doelstelling", args=[dossier.pk, "f0-1"])


@pytest.fixture
def answered(rf):
    """What is left of an answer, for a browser that reads gzip."""

    def ask(letters: int, kind: str):
        made = HttpResponse(b"a" * letters, content_type=kind)
        return CompressionMiddleware(lambda _: made)(rf.get("/", headers=GZIP))

    return ask


def test_a_browser_gets_the_same_page_compressed_or_not(als, tom, goal, client):
    login = reverse("account_login")

    plain = client.get(login)
    compressed = client.get(login, headers=GZIP)

    assert plain.headers.get("Content-Encoding") is None
    assert compressed.headers["Content-Encoding"] == "gzip"
    for response in (plain, compressed):
        assert "Accept-Encoding" in response.headers["Vary"]
        assert int(response.headers["Content-Length"]) == len(response.content)
    assert "<h1>" in text_of(compressed)


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_a_goal_page_is_small_on_the_wire(als, tom, goal, view):
    goal = f"{goal}?weergave={view}"
    assert len(als(tom).get(goal).content) > WARM
    assert len(als(tom).get(goal, headers=GZIP).content) <= WARM


def test_the_size_of_a_page_differs_each_time_by_chance(answered):
    """So that one letter more or less cannot be seen from outside."""
    sizes = {len(answered(2000, "text/html").content) for _ in range(30)}

    assert len(sizes) > 5


@pytest.mark.parametrize(("letters", "compressed"), [(199, False), (200, True), (201, True)])
def test_what_is_short_stays_as_it_is(answered, letters, compressed):
    page = answered(letters, "text/html; charset=utf-8")

    assert ("Content-Encoding" in page.headers) == compressed


@pytest.mark.parametrize("kind", ["application/pdf", "application/json", "text/plain"])
def test_only_pages_are_compressed(answered, kind):
    assert "Content-Encoding" not in answered(2000, kind).headers


def test_a_pdf_keeps_its_bytes_and_its_strong_etag(als, tom, dossier, monkeypatch):
    lay_out_by(lambda _: b"%PDF-" + b"a" * 1000, monkeypatch)

    response = als(tom).get(reverse("routekaart-pdf", args=[dossier.pk]), headers=GZIP)

    assert response.content.startswith(b"%PDF-")
    assert response.headers["ETag"].startswith('"')
