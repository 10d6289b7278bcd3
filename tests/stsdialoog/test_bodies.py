"""What is sent along is read once, before anything else; what cannot be read is never an error."""

import tempfile
from io import BytesIO
from itertools import product
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIHandler
from django.template.loader import render_to_string
from django.urls import reverse

from dialoogfiches.bevragingen.domain.inzendingen import MAX_ANTWOORD
from dialoogfiches.bevragingen.forms import InvulForm
from dialoogfiches.queries import fiche_of
from preventieplan.models import Antwoord
from stsdialoog.bodies import STRANGERS_LIMIT, Request
from stsdialoog.errors import ClosedReporterFilter
from tests.client import Browser
from tests.pages import TOKEN, whole_form

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=grens"
LOGIN = reverse("account_login")
UNKNOWN = "/bestaat-niet/"


def part(name: str, text: str, more: str = "") -> bytes:
    return (
        f'--grens\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{text}\r\n'.encode()
    )


FIELDS = 100
END = b"--grens--\r\n"
FILE = '; filename="klas.txt"'

UNREADABLE = {
    "two bytes of another alphabet": (f"{FORM}; charset=utf-16", b"a="),
    "parts in another alphabet": (f"{PARTS}; charset=utf-16", part("a", "b") + END),
    "an alphabet that is none": (f"{FORM}; charset=hex", b"a=b"),
    "no boundary": ("multipart/form-data", b"a=b"),
    "a boundary that is none": ("multipart/form-data; boundary=é", b"a=b"),
    "too many fields": (FORM, b"a&" * (FIELDS + 1)),
    "too many parts": (PARTS, part("a", "") * (FIELDS + 1) + END),
    "too many files": (PARTS, part("a", "b", FILE) * 101 + END),
    "one file": (PARTS, part("a", "b", FILE) + END),
}
HEADERS = [
    ("text/plain; x*=nergens'nl'%41", 403),
    (f"{FORM}; charset*=utf-8''a%00b", 403),
    (f"{FORM}; charset*=idna''%ff", 403),
    (f"{FORM}; x*=quopri''%41", 403),
    # In these encodings no query can be read either.
    (f"{FORM}; charset=zlib", 400),
    (f"{FORM}; charset=idna", 400),
]


def paths() -> list[str]:
    return [LOGIN, UNKNOWN, "/beheer/", "/gezond/", reverse("bevraging-invullen", args=["sleutel"])]


@pytest.mark.parametrize("why", UNREADABLE)
def test_a_body_that_cannot_be_read_gets_a_page_that_says_so(client, tom, monkeypatch, why):
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FIELDS", FIELDS)
    kind, body = UNREADABLE[why]
    known = Browser()
    known.force_login(tom)

    for browser, path in product((client, known), paths()):
        response = browser.generic("POST", path, body, content_type=kind)

        assert response.status_code == 400, path
        assert "Dit konden we niet bewaren" in response.text


@pytest.mark.parametrize("why", UNREADABLE)
def test_an_error_before_the_body_is_read_does_not_read_it(client, monkeypatch, why):
    """Django's own error pages check the token of a form, also for a request that failed."""
    kind, body = UNREADABLE[why]
    client.get(LOGIN)
    client.raise_request_exception = False
    assert settings.CSRF_COOKIE_NAME in client.cookies

    refused = client.generic("POST", LOGIN, body, content_type=kind, headers={"host": "x y"})
    assert refused.status_code == 400
    assert "Dit konden we niet bewaren" in refused.text

    monkeypatch.setattr(SessionMiddleware, "process_request", _broken)
    failed = client.generic("POST", LOGIN, body, content_type=kind)
    assert failed.status_code == 500
    assert "Er liep iets mis bij ons" in failed.text


def _broken(*_):
    raise OSError


@pytest.mark.parametrize(("header", "status"), HEADERS)
def test_a_content_type_that_cannot_be_read_is_no_error(header, status):
    assert asked(CONTENT_TYPE=header, QUERY_STRING="a=%ff&b=1") == status


# The last one but one has more digits than Python reads; the last is more than it can count to.
@pytest.mark.parametrize("length", ["x", "-1", "²", "9" * 5000, "9" * 30])
@pytest.mark.parametrize("kind", [FORM, PARTS])
def test_neither_is_a_length_that_is_none(kind, length, monkeypatch):
    """Also to somebody who may send so much."""
    monkeypatch.setattr(AnonymousUser, "is_authenticated", True)
    monkeypatch.setattr(AnonymousUser, "masked_draft_key", "", raising=False)

    assert asked(CONTENT_TYPE=kind, CONTENT_LENGTH=length) in (400, 403)


@pytest.mark.parametrize("header", ["HTTP_ORIGIN", "HTTP_REFERER"])
@pytest.mark.parametrize("address", ["http://[", "//[x]/", "https://sts.example.be:x/", "\xff"])
def test_neither_is_a_page_that_nothing_comes_from(header, address):
    assert asked(**{header: address}, CONTENT_TYPE=FORM) == 403


def asked(**more: str) -> int:
    """Ask the application itself: Django's client makes the request before ours does."""
    handler = WSGIHandler()
    handler.request_class = Request
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": LOGIN,
        "CONTENT_LENGTH": "3",
        "wsgi.input": BytesIO(b"a=b"),
        **more,
    }
    setup_testing_defaults(environ)
    answers = []

    def start_response(status, *_):
        answers.append(int(status.split()[0]))

    handler(environ, start_response).close()
    return answers[0]


def test_an_error_report_does_not_read_the_body(rf):
    request = rf.generic("POST", LOGIN, *UNREADABLE["two bytes of another alphabet"][::-1])

    assert ClosedReporterFilter().get_post_parameters(request) == {}


def test_parts_without_a_file_are_a_form_like_any_other(als, tom, dossier):
    url = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    veld = "antwoord-f0-1-v01-toelichting"
    browser = als(tom)
    browser.get(url)
    token = browser._known()[url]
    body = part(TOKEN, token) + part(veld, "Elke ochtend.") + part(f"{veld}_basis", "0") + END

    assert browser.generic("POST", url, body, content_type=PARTS).status_code == 302
    assert Antwoord.objects.get().toelichting == "Elke ochtend."


def test_a_file_never_reaches_the_disk(als, tom, dossier, monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", lambda *_, **__: pytest.fail("a file"))
    monkeypatch.setattr(settings, "FILE_UPLOAD_MAX_MEMORY_SIZE", 10)
    url = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    body = part("veld", "x" * 5000, FILE) + END

    assert als(tom).generic("POST", url, body, content_type=PARTS).status_code == 400


@pytest.mark.parametrize(
    ("length", "status"),
    [(STRANGERS_LIMIT - 1, 403), (STRANGERS_LIMIT, 403), (STRANGERS_LIMIT + 1, 413)],
)
def test_who_is_not_logged_in_sends_no_more_than_a_survey(client, length, status):
    response = client.generic("POST", LOGIN, "a=" + "x" * (length - 2), content_type=FORM)

    assert response.status_code == status
    assert ("Log eerst in" in response.text) == (status == 413)


def test_a_stranger_who_sent_too_much_sends_it_again_after_logging_in(als, tom, dossier):
    """By reloading the page that says so, as it asks: the one before has nothing left."""
    browser = als(tom)
    url = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    naam = "antwoord-f0-1-v01-toelichting"
    browser.get(url)
    sent = {TOKEN: browser._known()[url], naam: "een hele zin", "niets": "x" * STRANGERS_LIMIT}
    browser.logout()

    refused = browser.post(url, sent, headers={"origin": "http://testserver"})
    assert refused.status_code == 413
    assert "vernieuw het" in refused.text
    browser.force_login(tom)
    given = browser.post(url, sent, headers={"origin": "http://testserver"})
    assert given.status_code == 403
    browser.post(url, whole_form(given.text), headers={"origin": "http://testserver"})

    assert Antwoord.objects.get().toelichting == "een hele zin"


@pytest.mark.parametrize("page", ["400.html", "413.html", "500.html"])
def test_no_page_promises_what_going_back_can_not_give(page):
    """No browser keeps a page of ours, nor what was typed in it."""
    assert "staat daar nog" not in render_to_string(page)
    assert "vorige pagina" not in render_to_string(page)


def test_who_is_logged_in_sends_a_whole_page(als, tom, dossier):
    browser = als(tom)
    url = reverse("doelstelling", args=[dossier.pk, "f0-1"])
    browser.get(url)
    words = {TOKEN: browser._known()[url], "niets": "x" * STRANGERS_LIMIT}

    assert browser.post(url, words).status_code == 302


def test_a_body_that_is_too_large_is_not_read(rf, client):
    class Body(BytesIO):
        def read(self, *_):
            pytest.fail("read")

    response = client.generic(
        "POST", LOGIN, content_type=FORM, CONTENT_LENGTH="20000000", **{"wsgi.input": Body()}
    )

    assert response.status_code == 413


def test_the_largest_survey_fits(laad):
    form = InvulForm(None, fiche=fiche_of(laad("mini-bevraging")))
    texts = len(form.fields) - 2  # the choice and the token
    longest = len("%F0%9F%98%80") * MAX_ANTWOORD * texts

    assert texts == 14
    assert longest + 10_000 < STRANGERS_LIMIT
