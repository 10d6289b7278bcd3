"""What deploy/ puts before the application: its nginx, and the instances on sockets behind it."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.production import ROOT

CONFIGURATION = ROOT / "deploy/nginx/stsdialoog.conf"
HEALTHY = ROOT / "deploy/healthy.py"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SECONDS = 60  # until something listens, or is healthy

# Around ours: what a distribution has in its own file, with all of it in one folder.
AROUND = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr error;
events {{}}
http {{
  access_log {folder}/access.log combined;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  scgi_temp_path {folder}/scgi;
  uwsgi_temp_path {folder}/uwsgi;
  include {folder}/stsdialoog.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx.

    folder: with `1/socket` and `2/socket`, behind which the instances are; and all that it wrote.
    """

    folder: Path
    http: int
    https: int

    def said(self) -> str:
        return "".join((self.folder / name).read_text() for name in ("stderr.log", "access.log"))


def secure() -> ssl.SSLContext:
    """For its certificate, which nobody signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextmanager
def nginx(folder: Path) -> Iterator[Proxy]:
    """Our nginx, on ports of its own."""
    assert NGINX
    for name in ("tls", "1", "2"):
        (folder / name).mkdir(exist_ok=True)
    _make_certificate(folder / "tls")
    proxy = Proxy(folder, free_port(), free_port())
    (folder / "stsdialoog.conf").write_text(_here(CONFIGURATION.read_text(), proxy))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    with (folder / "stderr.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 (our own command)
            [NGINX, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")],
            stderr=log,
        )
    try:
        until_it_listens(proxy.https)
        yield proxy
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


class Instance:
    """One gunicorn behind a socket, as a unit or a container starts it."""

    def __init__(self, folder: Path, number: int, settings: Mapping[str, str]) -> None:
        self.socket = folder / str(number) / "socket"
        self._log, self._settings = folder / f"gunicorn-{number}.log", dict(settings)
        self._master: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start it, and wait until it is healthy."""
        with self._log.open("ab") as output:
            self._master = subprocess.Popen(  # noqa: S603 (our own command)
                [
                    *(sys.executable, "-m", "gunicorn", "stsdialoog.wsgi", "--no-control-socket"),
                    *("--workers", "2", "--threads", "4", "--bind", f"unix:{self.socket}"),
                ],
                cwd=ROOT,
                env=self._settings,
                stdout=output,
                stderr=output,
            )
        said = subprocess.run(  # noqa: S603 (our own command)
            [sys.executable, HEALTHY, self.socket, "--wait", str(SECONDS)],
            env=self._settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stderr + self._log.read_text()

    def stop(self) -> None:
        """Ask it to end, and wait until it answered what it was asked before."""
        self._master.terminate()
        self._master.wait(timeout=SECONDS)


def _here(configuration: str, proxy: Proxy) -> str:
    """Our configuration, with its ports and its files in this folder."""
    for there, here in (
        (r"unix:/run/stsdialoog/", f"unix:{proxy.folder}/"),
        (r"/etc/stsdialoog/tls/", f"{proxy.folder}/tls/"),
        (r"listen 80 ", f"listen 127.0.0.1:{proxy.http} "),
        (r"listen 443 ", f"listen 127.0.0.1:{proxy.https} "),
    ):
        configuration, found = re.subn(there, here, configuration)
        assert found, there
    return configuration


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sts.example.be")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def until_it_listens(port: int) -> None:
    """Wait for a process that has just been started. Raises AssertionError."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on port {port}")
