"""Each request has a name, in its answer and in what the log says of it."""

import json
import logging
import re
from io import StringIO

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from stsdialoog.log import JsonLines, request_id
from stsdialoog.middleware import RequestIdMiddleware

MADE = re.compile(r"[0-9a-f]{32}")
GIVEN = "0123456789abcdef0123456789abcdef"
HEADER = "X-Request-ID"
KEY = "s3cr-Et_k3y"


@pytest.fixture
def named(rf, settings):
    """The name of a request that comes with one, behind so many proxies."""

    def ask(proxies: int, **headers: str) -> str:
        settings.TRUSTED_PROXY = proxies
        asked: list[HttpRequest] = []

        def application(request: HttpRequest) -> HttpResponse:
            asked.append(request)
            return HttpResponse(request_id.get())

        response = RequestIdMiddleware(application)(rf.get("/", headers=headers))
        assert response.text == response.headers[HEADER]
        assert "HTTP_X_REQUEST_ID" not in asked[0].META
        return response.headers[HEADER]

    return ask


def test_a_request_gets_a_name_of_its_own_each_time(named):
    names = {named(proxies) for proxies in (0, 1, 0, 1)}

    assert len(names) == 4
    assert all(map(MADE.fullmatch, names))


def test_our_proxy_is_believed_and_a_visitor_is_not(named):
    assert named(1, **{HEADER: GIVEN}) == GIVEN
    assert named(0, **{HEADER: GIVEN}) != GIVEN


@pytest.mark.parametrize("bad", ["kort", "x" * 37, f"{GIVEN}\n", f"{GIVEN} x", "é" * 20, "a/b" * 8])
def test_a_name_that_could_be_a_sentence_is_not_taken(named, bad):
    assert MADE.fullmatch(named(1, **{HEADER: bad}))


@pytest.fixture
def lines():
    """What the log of a server that writes JSON holds."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.django_db
def test_the_log_names_the_request_that_it_writes_about_and_holds_no_key(client, lines):
    response = client.get(reverse("bevraging-invullen", args=[KEY]))

    (line,) = [line for line in lines() if line["logger"] == "django.request"]
    assert set(line) == {"time", "level", "logger", "message", "request_id"}
    assert line["message"] == "Not Found: /b/..."
    assert line["request_id"] == response.headers[HEADER]
    assert KEY not in json.dumps(lines())


def test_whatever_is_written_is_one_line_of_what_may_be_known(lines):
    logger = logging.getLogger("iets")
    logger.error("een\nregel\u2028\r%s", "é", extra={"request": f"/b/{KEY}/"})
    try:
        raise ValueError(f"/b/{KEY}/")
    except ValueError:
        logger.exception("mislukt", stack_info=True)

    first, second = lines()
    assert first["message"] == "een\nregel\u2028\ré"
    assert "ValueError: /b/..." in second["traceback"]
    assert "stack" in second
    assert KEY not in json.dumps([first, second])
