"""Eight people ask for a plan of thirty pages at once, while others work on: who waits?

Over HTTP, from gunicorn with two processes of four threads, as on a server of two cores.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection

from bench.data import fill
from bench.databases import make_database
from bench.measure import Timing
from bench.wire import HEADERS
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.mensen.session_store import SessionStore
from dossiers.models import Dossier

SCHOOLS = 20  # a database of its own, beside those of bench.pages
PDFS = 8
GUNICORN = ("gunicorn", "stsdialoog.wsgi", "--workers", "2", "--threads", "4")
TIMEOUT = 60  # seconds
LAST_WORDS = 10_000  # characters of the log of a server that answered something wrong
TOKEN = "a" * 32
GOAL, HEALTH = "goal page", "health check"


@dataclass(frozen=True)
class Crowd:
    """Pages by name, alone and beside the making of documents; and one document, twice.

    first: seconds until somebody had a document that nobody had asked for yet.
    all_there: seconds until everybody had theirs.
    """

    alone: dict[str, Timing]
    beside: dict[str, Timing]
    first: float
    repeated: Timing
    all_there: float


@dataclass(frozen=True)
class Visitor:
    """Somebody who is logged in, or with an empty `session` a stranger."""

    port: int
    session: str

    def get(self, path: str) -> HTTPResponse:
        return self.ask("GET", path)[0]

    def fetch(self, path: str) -> int:
        """Get a page, or the one that comes instead of a document; returns its bytes."""
        response, body = self.ask("GET", path)
        assert response.status < HTTPStatus.BAD_REQUEST or response.headers["Refresh"], path
        return len(body)

    def save(self, path: str, field: str, basis: int) -> int:
        """Save a text as its page does; returns the bytes of the answer."""
        data = {"veld": field, field: f"Tekst na {basis}", f"{field}_basis": basis}
        response, body = self.ask("POST", path, urlencode(data), {"HX-Request": "true"})
        assert response.status == HTTPStatus.OK, (field, response.status)
        return len(body)

    def ask(
        self, method: str, path: str, body: str | None = None, more: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """Send a request with her session; returns the answer and its bytes, as they came."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        headers = {
            **HEADERS,
            "Host": "testserver",
            "Cookie": f"{cookies}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
            **(more or {}),
        }
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def timed(self, path: str) -> float:
        start = time.perf_counter()
        response = self.get(path)
        assert response.status == HTTPStatus.OK, (path, response.status)
        return time.perf_counter() - start

    def until_there(self, path: str) -> float:
        """Get a document, asking again as often as the page says that comes instead."""
        start = time.perf_counter()
        while (response := self.get(path)).status != HTTPStatus.OK:
            time.sleep(int(response.headers["Refresh"]))
        return time.perf_counter() - start


def measure_crowd(*, runs: int) -> Crowd:
    """Measure on the small database, with a server of its own."""
    make_database("crowd")
    anker, _ = fill(schools=SCHOOLS)
    dossiers = list(Dossier.objects.filter(school__clb__lidmaatschappen__user=anker))
    with server() as port:
        people = [Visitor(port, log_in(_colleague(anker, nr))) for nr in range(PDFS + 1)]
        here, *plans = [f"/dossiers/{one.pk}/preventieplan" for one in dossiers[: PDFS + 1]]
        pages = {GOAL: f"{here}/f0-1/", HEALTH: "/gezond/"}
        return _measure(people, pages, [f"{plan}.pdf" for plan in plans], f"{here}.pdf", runs)


def _measure(
    people: list[Visitor], pages: dict[str, str], plans: list[str], own_plan: str, runs: int
) -> Crowd:
    me, *others = people
    for path in [*pages.values()] * 10:
        me.timed(path)
    alone = {name: _timing(me, path, runs) for name, path in pages.items()}
    first = me.until_there(own_plan)
    repeated = _timing(me, own_plan, runs)
    start = time.perf_counter()
    with ThreadPoolExecutor(PDFS) as pool:
        asked = zip(others, plans, strict=True)
        going = [pool.submit(visitor.until_there, plan) for visitor, plan in asked]
        beside = _work_on(me, pages, going)
    return Crowd(alone, beside, first, repeated, time.perf_counter() - start)


def _timing(visitor: Visitor, path: str, runs: int) -> Timing:
    return Timing(tuple(visitor.timed(path) for _ in range(runs)))


def _work_on(me: Visitor, pages: dict[str, str], going: list[Future[float]]) -> dict[str, Timing]:
    """Ask for pages in turn as long as documents are being made."""
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    while not all(one.done() for one in going):
        for name, path in pages.items():
            seconds[name].append(me.timed(path))
    for one in going:
        one.result()
    return {name: Timing(tuple(row)) for name, row in seconds.items()}


def _colleague(anker: User, number: int) -> User:
    """Another ankerfiguur of the same CLB."""
    user = User(email=f"collega{number}@bench.test", naam=f"Collega {number}")
    user.set_unusable_password()
    user.save()
    clb = anker.lidmaatschappen.get().clb
    Lidmaatschap.objects.create(user=user, clb=clb, rol=Rol.ANKERFIGUUR)
    return user


def log_in(user: User) -> str:
    """The key of a session in which she is logged in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@contextmanager
def server() -> Iterator[int]:
    port = _free_port()
    environment = {
        "DJANGO_SETTINGS_MODULE": "bench.server",
        "BENCH_STATIC_ROOT": str(settings.STATIC_ROOT),
        "DATABASE_URL": database_url(),
    }
    with (
        TemporaryFile("w+") as said,
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", *GUNICORN, "--bind", f"127.0.0.1:{port}"],
            env=os.environ | environment,
            stderr=said,
        ) as server,
    ):
        try:
            _wait_for(port)
            yield port
        except (AssertionError, OSError):
            # An answer that was not right, or none: why, only the server knows.
            said.seek(0)
            print(said.read()[-LAST_WORDS:], file=sys.stderr)
            raise
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + TIMEOUT
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "gunicorn does not start"
            time.sleep(0.1)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def database_url() -> str:
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    where = f"{found['USER']}:{found['PASSWORD']}@{found['HOST']}:{found['PORT']}"
    return f"postgres://{where}/{found['NAME']}"
