"""The application as gunicorn serves it to the world, with the settings of a server."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from tests.production import PRODUCTION, ROOT, without_settings
from tests.proxy import Instance, free_port, until_it_listens

# It works with rows that another process sees.
pytestmark = pytest.mark.django_db(transaction=True)

KEY = "s3cr-Et_k3y"
SURVEY = f"/b/{KEY}/"
FORM = "application/x-www-form-urlencoded"
HOST = PRODUCTION["DJANGO_ALLOWED_HOSTS"]
HTTPS = {"X-Forwarded-Proto": "https"}


class Server:
    """A running gunicorn, and all that it wrote."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        asked.request(method, path, body, {"Host": HOST} | names)
        response = asked.getresponse()
        response.read()
        asked.close()
        return response

    def says(self, raw: bytes) -> bytes:
        """What it answers to bytes that are no request."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as asked:
            asked.sendall(raw)
            return asked.recv(1000)


@contextmanager
def serve(folder: Path, url: str, **settings: str) -> Iterator[Server]:
    log = folder / "log"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 (our own command)
                [
                    *(sys.executable, "-m", "gunicorn", "stsdialoog.wsgi", "--threads", "2"),
                    *("--bind", f"fd://{listener.fileno()}", "--access-logfile", "-"),
                    *("--no-control-socket",),
                ],
                cwd=ROOT,
                env=without_settings()
                | PRODUCTION
                | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings_production"}
                | settings,
                stdout=output,
                stderr=output,
                pass_fds=[listener.fileno()],
            )
        try:
            yield Server(listener.getsockname()[1], log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def url(django_db_setup) -> str:
    """The address of the database of the tests."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    who = f"{quote(found['USER'])}:{quote(found['PASSWORD'])}"
    return f"postgres://{who}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@pytest.fixture(scope="module")
def server(url, tmp_path_factory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("server"), url) as running:
        yield running


@pytest.fixture(scope="module")
def behind_a_proxy(url, tmp_path_factory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("proxy"), url, TRUSTED_PROXY="1") as running:
        yield running


def test_it_is_healthy(server):
    assert server.ask("GET", "/gezond/").status == 200


def test_without_a_proxy_nobody_makes_it_believe_that_a_request_came_in_over_https(server):
    for headers in ({}, HTTPS, {"X-Forwarded-Ssl": "on"}, {"X-Forwarded-Protocol": "ssl"}):
        response = server.ask("GET", "/toegankelijkheid/", **headers)

        assert response.status == 301, headers
        assert response.headers["Location"] == f"https://{HOST}/toegankelijkheid/"


def test_with_a_proxy_it_believes_that_one(behind_a_proxy):
    assert behind_a_proxy.ask("GET", "/toegankelijkheid/", **HTTPS).status == 200
    assert behind_a_proxy.ask("GET", "/toegankelijkheid/").status == 301


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (f"{FORM}; charset=utf-16", b"a="),
        ("multipart/form-data", b"a="),
        ("text/plain; x*=nergens'nl'%41", b""),
        (f"{FORM}; charset*=idna''%ff", b"a=b"),
        (f"{FORM}; charset=\xe9", b"a=b"),
    ],
)
def test_what_cannot_be_read_is_no_error_and_tells_no_key(behind_a_proxy, kind, body):
    response = behind_a_proxy.ask("POST", SURVEY, body, Content_Type=kind, **HTTPS)
    log = behind_a_proxy.log.read_text()

    assert 400 <= response.status < 500
    assert "Traceback" not in log
    assert KEY not in log


def test_neither_log_of_gunicorn_holds_the_key_of_a_link(server):
    server.ask("GET", SURVEY, Referer=f"https://{HOST}/uitnodiging/{KEY}/")
    server.ask("GET", f"/inloggen/?next=%2Fb%2F{KEY}")
    server.says(f"GET {SURVEY} x HTTP/9.9\r\n\r\n".encode())
    server.says(f"{SURVEY}\r\n\r\n".encode())
    # It is written when the answer is away.
    server.ask("GET", "/gezond/")
    log = server.log.read_text()

    assert re.search(r"GET /b/\.\.\. ", log)
    assert "https://sts.example.be/uitnodiging/..." in log
    assert "Invalid" in log
    assert KEY not in log


@pytest.fixture(scope="module")
def counting(url, tmp_path_factory) -> Iterator[tuple[Server, int]]:
    """One that counts and writes JSON, and the port on which it tells what it counted."""
    port = free_port()
    settings = {"METRICS_BIND": f"127.0.0.1:{port}", "LOG_JSON": "true", "TRUSTED_PROXY": "1"}
    with serve(tmp_path_factory.mktemp("counting"), url, **settings) as running:
        until_it_listens(port)
        yield running, port


def metrics(port: int) -> str:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    asked.request("GET", "/metrics")
    said = asked.getresponse().read().decode()
    asked.close()
    return said


def test_what_was_counted_is_told_on_a_port_of_its_own(counting):
    server, port = counting
    for path in (SURVEY, "/Lotte/", "/gezond/"):
        server.ask("GET", path, **HTTPS)
    said = metrics(port)

    assert server.ask("GET", "/metrics", **HTTPS).status == 404
    for view, status in (("bevraging-invullen", "4xx"), ("none", "4xx"), ("gezond", "2xx")):
        line = f'sts_requests_total{{method="GET",status="{status}",view="{view}"}} 1.0'
        assert line in said, view
    assert 'sts_request_seconds_bucket{le="+Inf",view="gezond"} 1.0' in said
    assert not re.search(f"{KEY}|Lotte", said)


def test_every_line_of_its_log_is_json_and_tells_of_which_request_it_is(counting):
    server, _ = counting
    given = "0123456789abcdef0123456789abcdef"
    answer = server.ask("GET", SURVEY, X_Request_ID=given, **HTTPS)
    # It is written when the answer is away.
    server.ask("GET", "/gezond/")
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]

    about = {line["logger"] for line in lines if line.get("request_id") == given}
    assert about == {"django.request", "gunicorn.access"}
    assert answer.headers["X-Request-ID"] == given
    assert {"gunicorn.error", "gunicorn.access"} <= {line["logger"] for line in lines}
    assert KEY not in server.log.read_text()


def test_metrics_end_with_what_was_counted(url, tmp_path):
    port = free_port()
    with serve(tmp_path, url, METRICS_BIND=f"127.0.0.1:{port}"):
        until_it_listens(port)

    with pytest.raises(ConnectionRefusedError):
        metrics(port)


def test_over_a_socket_file_nobody_is_believed_either(url, tmp_path):
    """There gunicorn by itself believes everybody."""
    settings = PRODUCTION | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings_production",
        "PATH": "/usr/bin:/bin",
    }
    (tmp_path / "1").mkdir()
    instance = Instance(tmp_path, 1, settings)
    instance.start()
    try:
        for header in ("X-Forwarded-Proto: https", "X-Forwarded-Ssl: on", "SCRIPT_NAME: /x"):
            with socket.socket(socket.AF_UNIX) as asked:
                asked.settimeout(20)
                asked.connect(str(instance.socket))
                asked.sendall(
                    f"GET /toegankelijkheid/ HTTP/1.0\r\nHost: {HOST}\r\n{header}\r\n\r\n".encode()
                )
                said = asked.recv(1000).decode()
            assert " 301 " in said, header
            assert f"Location: https://{HOST}/toegankelijkheid/\r\n" in said, header
    finally:
        instance.stop()
