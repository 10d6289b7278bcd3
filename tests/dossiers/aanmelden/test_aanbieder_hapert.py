"""A provider that is silent, sends for ever, leads on to elsewhere, or says what makes no sense:
whoever comes by it gets a page, and whoever works here meanwhile does not wait for it.
"""

import json
import socket
import threading
import time
from contextlib import contextmanager
from io import BytesIO

import pytest
import requests
from django.urls import reverse

from dossiers.aanmelden import outgoing
from dossiers.aanmelden.provider import WELL_KNOWN
from tests.client import Browser, text_of
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WEG = "antwoordt niet"
KLOPT_NIET = "hoort niet bij deze aanmelding"


@contextmanager
def a_server(talk):
    """One that answers each call with `talk`, on a port of its own; its address, and the calls."""
    calls: list[socket.socket] = []

    def serve():
        while True:
            try:
                call, _ = listening.accept()
            except OSError:
                return
            calls.append(call)
            threading.Thread(target=answer, args=[call], daemon=True).start()

    def answer(call):
        with call:
            try:
                call.recv(65536)
                talk(call)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", calls
        finally:
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.fixture
def in_a_hurry(monkeypatch):
    monkeypatch.setattr(outgoing, "SILENCE", 0.5)
    monkeypatch.setattr(outgoing, "PATIENCE", 0.5)
    monkeypatch.setattr(outgoing, "WAIT_FOR_A_TURN", 0.05)


def press(elders):
    return Browser().post(reverse("aanmelden", args=[elders.code]))


def drips(call):
    call.sendall(OK + b"\r\n")
    while True:
        call.sendall(b" ")
        time.sleep(0.05)


def floods(call):
    call.sendall(OK + b"\r\n")
    while True:
        call.sendall(b" " * 65536)


def is_silent(call):
    call.recv(1)


@pytest.mark.parametrize("talk", [is_silent, drips, floods])
def test_it_is_not_waited_for(google, in_a_hurry, talk):
    with a_server(talk) as (issuer, calls):
        google.change(issuer=issuer)
        begin = time.monotonic()
        page = press(google)

    assert (page.status_code, len(calls)) == (503, 1)
    assert WEG in text_of(page)
    assert time.monotonic() - begin < 3


def test_only_a_few_wait_for_it_at_once(in_a_hurry, monkeypatch):
    """Who comes after them hears at once that it is away, and all other threads bring pages."""
    monkeypatch.setattr(outgoing, "SILENCE", 1)

    def ask():
        begin = time.monotonic()
        with outgoing.Outgoing() as session, pytest.raises(requests.RequestException):
            session.get(issuer)
        return time.monotonic() - begin

    with a_server(is_silent) as (issuer, calls):
        took = at_once(*[ask] * 6)

    assert len(calls) == outgoing.AT_ONCE
    assert sum(one < 0.7 for one in took) == 6 - outgoing.AT_ONCE
    # And their turns are free again.
    answers = a_server(lambda call: call.sendall(OK + b"\r\n{}"))
    with answers as (issuer, _), outgoing.Outgoing() as session:
        assert session.get(issuer).json() == {}


def test_it_leads_us_to_no_other_place(google):
    """Nothing within our own network is asked because a provider says so."""
    with a_server(is_silent) as (inside, calls):
        to = f"HTTP/1.1 302 Found\r\nLocation: {inside}/\r\nContent-Length: 0\r\n\r\n".encode()
        with a_server(lambda call: call.sendall(to)) as (issuer, _):
            google.change(issuer=issuer)
            page = press(google)

    assert (page.status_code, calls) == (503, [])


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("url", ["http://idp.test/x", "file:///etc/passwd", "//idp.test/x", ""])
def test_its_addresses_are_on_https(google, client, name, url):
    google.op.says = {name: url}

    assert press(google).status_code == 503


def test_of_one_elsewhere_no_address_is_on_this_machine(google, monkeypatch):
    google.change(issuer="https://idp.test")
    said = google.op.says | {"issuer": "https://idp.test"}
    said |= dict.fromkeys(("authorization_endpoint", "token_endpoint"), "https://idp.test/x")
    said |= {"jwks_uri": "http://127.0.0.1:9/keys"}
    asked = []

    def get(self, url):
        asked.append(url)
        found = requests.Response()
        found.status_code = 200
        found.raw = BytesIO(json.dumps(said).encode())
        return found

    monkeypatch.setattr(outgoing.Outgoing, "get", get)
    assert press(google).status_code == 503
    assert asked == ["https://idp.test" + WELL_KNOWN]


@pytest.mark.parametrize("body", [b"[" * 100_000, b"1e999", b'"x"', b"", b"\xff\xfe"])
def test_what_makes_no_sense_is_no_error_of_ours(google, body):
    with a_server(lambda call: call.sendall(OK + b"\r\n" + body)) as (issuer, _):
        google.change(issuer=issuer)
        assert press(google).status_code == 503


@pytest.mark.parametrize("claim", ["exp", "iat", "auth_time"])
def test_a_moment_without_an_end_is_refused(google, client, claim):
    google.op.logs_in("iemand")
    google.op.lies = {claim: float("inf")}

    assert KLOPT_NIET in text_of(google.log_in(client))
