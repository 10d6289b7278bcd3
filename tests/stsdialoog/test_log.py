"""No log of the process holds the key of a link, whoever writes it."""

import asyncio
import logging
import re
from io import StringIO
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse

from stsdialoog.log import JsonLines, without_keys
from tests.production import manage

KEY = "s3cr-Et_k3y"
LINK = f"/uitnodiging/{KEY}/"
LINKS = [
    f"/uitnodiging/{KEY}/",
    f"/wachtwoord/kiezen/2f/{KEY}/",
    f"/b/{KEY}/",
    f"/b/{KEY}/dank/",
]


@pytest.fixture
def written():
    """All that a log writes, with a formatter of Python's own."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize(
    "text",
    [
        "Forbidden: {}",
        'GET {} HTTP/1.1" 200',
        "Error handling request POST {}?a=1",
        "https://sts.example.be{}",
        "Invalid Request Line 'GET {} x'",
        "ValueError: ('{}',)",
        "//{}",
    ],
)
def test_a_line_with_a_link_loses_its_key(link, text):
    line = without_keys(text.format(link))

    assert KEY not in line
    assert "/..." in line


def test_a_link_inside_another_address_loses_its_key():
    assert KEY not in without_keys(f"/inloggen/?next=%2Fuitnodiging%2F{KEY}%2F&a=1")
    assert without_keys(f"/inloggen/?next=%2Fb%2F{KEY}&a=1") == "/inloggen/?next=%2Fb%2F..."


@pytest.mark.parametrize(
    "line",
    [
        f"GET /%62/{KEY}/ x",
        f"GET /uitnodigin%67/{KEY}/ x",
        f"GET /%75itnodiging%2f{KEY} x",
        f"GET /x?a=%252Fb%252F{KEY} x",
        f'GET /uitnodiging/"{KEY} x',
        f"GET /uitnodiging/a&{KEY} x",
        f"GET /wachtwoord%2Fkiezen/2f/{KEY} x",
    ],
)
def test_a_key_behind_an_odd_spelling_is_left_out_too(line):
    assert KEY not in without_keys(line)
    assert without_keys(line).endswith("... x")


def test_the_log_of_requests_holds_nothing_that_somebody_looked_for(written):
    line = 'GET /scholen/?zoek=Lotte+Peeters HTTP/1.1" 200 "https://sts.be/?q=Lotte" "Firefox"'
    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).warning("%(r)s", {"r": line})

    access, error = written().splitlines()
    assert access == (
        'gunicorn.access GET /scholen/?... HTTP/1.1" 200 "https://sts.be/?..." "Firefox"'
    )
    assert "Lotte" in error


def test_what_is_no_link_stays_as_it_is():
    line = "Not Found: /dossiers/uitnodigingen/b.pdf (scholen/b)"

    assert without_keys(line) == line


# The name of a chapter of the manual and of a provider, and the number of a schema.
NO_SECRET = re.compile(r"<(slug:slug|slug:aanbieder|int:nummer)>")


def test_every_address_that_a_stranger_may_ask_with_a_key_is_known():
    """Who makes a new kind of link finds here that the log has to leave its key out."""
    keyed = {
        "/" + re.sub("<.+?>", KEY, route)
        for route, view in _routes()
        if "<" in NO_SECRET.sub("", route) and not getattr(view, "login_required", True)
    }

    assert len(keyed) == 16
    assert [route for route in keyed if KEY in without_keys(route)] == []


def test_of_which_line_a_school_says_something_stands_nowhere():
    """A reaction has no school and no moment, and a line of a log has both."""
    for name, keys in (("reactie", []), ("reactie-dossier", [uuid4()])):
        url = reverse(name, args=[*keys, "preventieplan", "f0-1-v03"])
        assert "f0-1-v03" not in without_keys(f"POST {url} 302")


def _routes(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, route)
        else:
            yield route, pattern.callback


@pytest.mark.parametrize("name", ["django.request", "asyncio", "allauth", "iets.nieuws"])
def test_no_logger_writes_a_key(written, name):
    logger = logging.getLogger(name)
    logger.error("Forbidden: %s", LINK, stack_info=True)
    logger.error("Forbidden: %(path)s", {"path": LINK})
    try:
        raise ValueError(LINK)
    except ValueError:
        logger.exception("Error at %s", LINK)

    assert written().count("/uitnodiging/...") >= 4
    assert "Traceback" in written()
    assert KEY not in written()


def test_neither_does_a_logger_with_a_handler_of_its_own():
    """gunicorn's loggers do not pass anything on to ours."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.handle(_record("Error handling request %s", LINK))

    assert stream.getvalue() == "Error handling request /uitnodiging/...\n"


def test_a_line_that_does_not_fit_its_arguments_stops_nobody():
    record = _record("Forbidden: %d", "geen getal")

    assert (record.msg, record.args) == ("Forbidden: %d", ("geen getal",))


def _record(message: str, *args: str) -> logging.LogRecord:
    return logging.getLogRecordFactory()("iets", logging.ERROR, "x.py", 1, message, args, None)


def test_what_a_loop_reports_loses_its_key_too(written):
    loop = asyncio.new_event_loop()
    loop.call_exception_handler({"message": f"lost {LINK}", "exception": OSError(LINK)})
    loop.close()

    assert written().count("/uitnodiging/...") == 2
    assert KEY not in written()


def test_so_does_a_warning():
    """In a process of its own: pytest turns warnings into errors."""
    warn = f"import warnings; warnings.warn('{LINK}')"
    result = manage("shell", "-v0", "-c", warn, DJANGO_DEBUG="true")

    assert "UserWarning: /uitnodiging/..." in result.stderr
    assert KEY not in result.stderr


@pytest.mark.django_db
def test_what_django_says_of_a_refused_link_holds_no_key(client, written):
    client.post_late(reverse("uitnodiging", args=[KEY]), {"a": "b"})
    client.get(reverse("bevraging-invullen", args=[KEY]))

    assert "/uitnodiging/..." in written() or "/b/..." in written()
    assert KEY not in written()


# What would begin a line, or show one in another order than it was written.
FORGERIES = [
    "\r\n2026 CRITICAL",
    "\u2028CRITICAL",
    "\x85CRITICAL",
    "\x1b[2K\x1b[1A",
    "\u202elacitirc",
]


@pytest.mark.django_db
@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("json_lines", [True, False])
def test_a_visitor_writes_no_line_of_her_own(client, forgery, json_lines, settings):
    plain = logging.Formatter(settings.PLAIN_LINE["format"], style="{")
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines() if json_lines else plain)
    logging.getLogger().addHandler(handler)
    try:
        client.get(f"/bestaat-niet/{quote(forgery)}/")
        client.get("/", headers={"host": f"kwaad{forgery}.example"})
        client.get("/bestaat-niet/", headers={"X-Request-ID": forgery, "User-Agent": forgery})
        client.post("/inloggen/", {"login": f"x{forgery}@test.be", "password": forgery})
        client.generic(
            "POST", "/inloggen/", "x", content_type=f"multipart/form-data; boundary={forgery}"
        )
    finally:
        logging.getLogger().removeHandler(handler)

    lines = written.getvalue()
    assert lines.count("\n") == len(lines.splitlines()) >= 2
    assert lines.isascii()
    assert "\x1b" not in lines
    assert not re.search(r"^\S*CRITICAL|^2026 C", lines, re.MULTILINE)
