"""The proxy of deploy/: what it passes on, what it writes, and what it does when one is away."""

import http.client
import json
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer

import pytest

from tests.proxy import NGINX, Proxy, nginx, secure

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed")

KEY = "s3cr-Et_k3y"
FORGED = {
    "X-Forwarded-For": "198.51.100.9",
    "X-Forwarded-Proto": "ftp",
    "X-Forwarded-Host": "elders.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Server": "elders",
    "X-Request-ID": KEY,
    "X-Real-IP": "198.51.100.9",
    "Forwarded": "for=198.51.100.9",
    "X_FORWARDED_PROTO": "https",
    "SCRIPT_NAME": "/elders",
}
MB = 1024**2


class Echo(BaseHTTPRequestHandler):
    """In the place of the application: answers with what it was asked."""

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = json.dumps({"headers": dict(self.headers), "bytes": len(body)}).encode()
        said += b" " * int(self.headers.get("X-Answer", 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)
        self.server.answered.set()

    do_POST = do_GET  # noqa: N815 (so http.server calls it)

    def address_string(self) -> str:
        return ""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing reads it."""


@contextmanager
def echo(folder: Path, number: int) -> Iterator[threading.Event]:
    """Something that answers; what it yields is set once it gave away a whole answer."""
    path = folder / str(number) / "socket"
    with ThreadingUnixStreamServer(str(path), Echo) as server:
        server.answered = threading.Event()
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield server.answered
        server.shutdown()
        serving.join()
    path.unlink()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory) -> Iterator[Proxy]:
    # The path of a socket has at most some hundred letters.
    folder = tmp_path_factory.mktemp("nginx")
    with nginx(folder) as running:
        yield running


NONE: Mapping[str, str] = {}


def ask(proxy: Proxy, path: str = "/", headers: Mapping[str, str] = NONE, *, body=b"", tls=True):
    connection: http.client.HTTPConnection
    if tls:
        connection = http.client.HTTPSConnection("127.0.0.1", proxy.https, context=secure())
    else:
        connection = http.client.HTTPConnection("127.0.0.1", proxy.http)
    connection.request("POST" if body else "GET", path, body or None, dict(headers))
    response = connection.getresponse()
    said = response.read()
    connection.close()
    return response.status, json.loads(said) if response.status == 200 else said.decode()


@pytest.mark.parametrize(("tls", "scheme"), [(True, "https"), (False, "http")])
def test_nothing_that_a_visitor_says_of_herself_is_passed_on(proxy, tls, scheme):
    with echo(proxy.folder, 1), echo(proxy.folder, 2):
        _, said = ask(proxy, headers=FORGED | {"Host": "sts.example.be"}, tls=tls)
    headers = said["headers"]

    given = {name: value for name, value in headers.items() if name in FORGED}
    assert given.pop("X-Request-ID") not in ("", KEY)
    assert given == {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": scheme}
    assert headers["Host"] == "sts.example.be"


@pytest.mark.parametrize("number", [1, 2])
def test_while_one_is_away_the_other_gets_all_of_it(proxy, number):
    with echo(proxy.folder, number):
        answers = [ask(proxy, body=b"x" * 10)[0] for _ in range(10)]

    assert answers == [200] * 10


def test_the_one_that_comes_back_is_asked_at_once(proxy):
    with echo(proxy.folder, 1):
        assert ask(proxy)[0] == 200
    assert ask(proxy)[0] == 503

    with echo(proxy.folder, 2):
        assert ask(proxy)[0] == 200


def test_when_neither_is_there_it_says_so_in_dutch(proxy):
    status, said = ask(proxy)

    assert status == 503
    assert "even niet bereikbaar" in said


def test_a_path_is_in_no_log_also_when_nobody_answers(proxy):
    with echo(proxy.folder, 1):
        assert ask(proxy, f"/b/{KEY}/?zoek={KEY}")[0] == 200
    assert ask(proxy, f"/b/{KEY}/", {"Referer": f"https://sts.example.be/b/{KEY}/"})[0] == 503
    assert ask(proxy, f"/b/{KEY}/", body=b"x" * (25 * MB))[0] == 413

    assert KEY not in proxy.said()
    assert "127.0.0.1" not in proxy.said()


def test_a_large_form_passes_and_reaches_no_disk(proxy):
    # Without this folder it could not put a body in a file.
    shutil.rmtree(proxy.folder / "body")
    with echo(proxy.folder, 1):
        status, said = ask(proxy, body=b"x" * (24 * MB))

    assert status == 200, said
    assert said["bytes"] == 24 * MB


def send_slowly(proxy: Proxy, headers: str, body: bytes = b"") -> socket.socket:
    """A connection on which more is announced than comes in."""
    asked = secure().wrap_socket(
        socket.create_connection(("127.0.0.1", proxy.https), timeout=20), server_hostname="sts"
    )
    asked.sendall(f"POST / HTTP/1.1\r\nHost: sts\r\n{headers}\r\n\r\n".encode() + body)
    return asked


def is_answered(asked: socket.socket) -> bytes:
    """The status, when there is an answer before all was sent."""
    asked.settimeout(1)
    try:
        return asked.recv(12)[-3:]
    except TimeoutError:
        return b""


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Length: 25000000", b"x"),
        ("Content-Length: 1000000", b"x"),
        ("Transfer-Encoding: chunked", b"1\r\nx\r\n"),
    ],
)
def test_a_visitor_fills_the_memory_with_a_few_large_bodies_and_no_more(proxy, headers, body):
    """Each would take its size, for as long as a byte comes now and then."""
    with echo(proxy.folder, 1), ExitStack() as open_ones:
        slow = [
            open_ones.enter_context(closing(send_slowly(proxy, headers, body))) for _ in range(6)
        ]

        assert [is_answered(one) for one in slow] == [b""] * 4 + [b"429"] * 2
        # What people fill in passes meanwhile, also from behind the same address.
        assert ask(proxy, body=b"x" * 512 * 1024)[0] == 200
        status, said = ask(proxy, body=b"x" * MB)
        assert status == 429
        assert "over een minuut opnieuw" in said


def test_an_answer_is_taken_over_from_its_thread_before_it_is_read(proxy):
    """Somebody who asks for a document and reads nothing of it holds no thread."""
    with echo(proxy.folder, 1) as answered:
        asked = send_slowly(proxy, f"X-Answer: {MB}\r\nContent-Length: 0")
        assert answered.wait(timeout=20)
        asked.close()
