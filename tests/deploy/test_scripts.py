"""The scripts of deploy/, with other programs in the place of those that they start."""

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet

from tests.production import ROOT

# Writes down what it is asked; one thing fails.
DOCKER = """#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in *"$FAILS") exit 1 ;; *" logs "*) echo "the log of it" ;; esac
"""
PYTHON = """#!/bin/sh
echo "$*" >>"$ASKED"
case "$*" in *"$FAILS"*) exit 1 ;; esac
"""
# Says how long it was to be, and lets two nights pass.
SLEEP = """#!/bin/sh
echo "sleep $*" >>"$ASKED"
[ "$(grep -c '^sleep' "$ASKED")" -lt 3 ] || kill "$PPID"
"""
STARTED = [
    "compose build --pull web-1",
    "compose up --detach --no-deps --wait --wait-timeout 180 database",
    "compose run --rm prepare",
    *(
        f"compose up --detach --no-deps --wait --wait-timeout 180 {service}"
        for service in ("web-1", "web-2", "nights", "mornings", "proxy")
    ),
    "compose exec -T proxy nginx -s reload",
]
NIGHT = [
    "manage.py bevestig_lidmaatschappen",
    "manage.py ruim_op",
    "manage.py reken_regio",
    "manage.py reken_reacties",
    "manage.py bewaar_kopie",
]


PROGRAMS = (("bin/docker", DOCKER), ("bin/sleep", SLEEP), (".venv/bin/python", PYTHON))


class Server:
    """A folder with deploy/ in it, and all that was asked of the programs there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._asked = folder, folder / "asked"
        shutil.copytree(ROOT / "deploy", folder / "deploy")
        for path, text in PROGRAMS:
            program = folder / path
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text(text)
            program.chmod(0o755)

    def run(self, script: str, *args: str, fails: str = "nothing", **settings: str):
        self._asked.write_text("")
        return subprocess.run(  # noqa: S603 (our own script)
            [self.folder / "deploy" / script, *args],
            env={
                "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
                "ASKED": str(self._asked),
                "FAILS": fails,
                **settings,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        return self._asked.read_text().splitlines()

    def secret(self, name: str) -> Path:
        return self.folder / "deploy/secrets" / name


@pytest.fixture
def server(tmp_path) -> Server:
    return Server(tmp_path)


@pytest.fixture
def filled_in(server) -> Server:
    """A server with all that start.sh cannot make itself."""
    server.run("start.sh")
    for name in ("email_url", "tls/certificate.pem", "tls/key.pem"):
        server.secret(name).write_text("iets")
    return server


def test_the_first_time_it_makes_the_secrets_and_says_what_is_still_needed(server):
    said = server.run("start.sh")

    assert said.returncode == 1
    assert server.asked() == []
    for needed in ("settings.env", "secrets/email_url", "tls/certificate.pem", "tls/key.pem"):
        assert f"- {needed}" in said.stderr or f"- secrets/{needed}" in said.stderr
    Fernet(server.secret("oudergesprek_sleutels").read_text().strip())
    assert len(server.secret("secret_key").read_text().strip()) >= 50
    password = server.secret("database_password").read_text().strip()
    url = f"postgres://stsdialoog:{password}@database/stsdialoog"
    assert server.secret("database_url").read_text().strip() == url
    assert server.secret(".").stat().st_mode & 0o777 == 0o700
    assert password not in said.stdout + said.stderr


def test_it_starts_one_instance_after_the_other_and_keeps_the_secrets(filled_in):
    secrets = {path: path.read_text() for path in filled_in.secret(".").glob("*_*")}
    said = filled_in.run("start.sh")

    assert said.returncode == 0, said.stderr
    assert filled_in.asked() == STARTED
    assert {path: path.read_text() for path in filled_in.secret(".").glob("*_*")} == secrets


@pytest.mark.parametrize(("fails", "started"), [("web-1", 4), ("web-2", 5)])
def test_an_instance_that_stays_ill_shows_its_log_and_the_rest_stays_as_it_is(
    filled_in, fails, started
):
    said = filled_in.run("start.sh", fails=f"180 {fails}")

    assert said.returncode == 1
    assert "the log of it" in said.stderr
    assert f"{fails} did not become healthy" in said.stderr
    after = [f"compose logs --tail 60 {fails}", f"compose stop {fails}"]
    assert filled_in.asked() == [*STARTED[:started], *after]


def test_a_database_that_cannot_be_migrated_leaves_what_runs_alone(filled_in):
    said = filled_in.run("start.sh", fails="prepare")

    assert said.returncode == 1
    assert filled_in.asked() == STARTED[:3]


def test_every_night_all_of_it_is_done(server, tmp_path):
    said = server.run("night.sh", KOPIE_DIR=str(tmp_path))

    assert said.returncode == 0, said.stderr
    assert server.asked() == [*NIGHT[:-1], f"{NIGHT[-1]} {tmp_path}"]


@pytest.mark.parametrize("fails", NIGHT)
def test_what_fails_at_night_is_said_and_keeps_nothing_else_from_being_done(
    server, tmp_path, fails
):
    old = tmp_path / "stsdialoog-20260101T030000.000000Z.zip"
    old.touch()
    os.utime(old, (0, 0))
    said = server.run("night.sh", fails=fails, KOPIE_DIR=str(tmp_path))

    assert said.returncode == 1
    assert f"failed: .venv/bin/python {fails}" in said.stderr
    assert len(server.asked()) == len(NIGHT)
    # The old backups go only when there is a new one.
    assert old.exists() == (fails == NIGHT[-1])


@pytest.mark.parametrize(("fails", "ill"), [("nothing", False), (NIGHT[0], True)])
def test_a_container_sleeps_until_three_and_is_ill_while_a_night_failed(
    server, tmp_path, fails, ill
):
    (tmp_path / "failed").touch()
    brussels = ZoneInfo("Europe/Brussels")
    now = datetime.now(brussels)
    settings = {"KOPIE_DIR": str(tmp_path), "TMPDIR": str(tmp_path), "TZ": brussels.key}
    server.run("daily.sh", "03:00", "night.sh", fails=fails, **settings)

    seconds = [int(line.split()[1]) for line in server.asked() if line.startswith("sleep")]
    wakes = datetime.fromtimestamp(now.timestamp() + seconds[0], brussels)
    assert 0 < seconds[0] <= 25 * 3600
    # It looked at its clock a little later than we did.
    assert (wakes.hour, wakes.minute) in [(3, 0), (2, 59)]
    assert len(server.asked()) == 3 + 2 * len(NIGHT)
    assert (tmp_path / "failed").exists() == ill


@pytest.mark.parametrize(("fails", "code"), [("nothing", 0), ("stuur_herinneringen", 1)])
def test_every_morning_the_reminders_leave(server, fails, code):
    said = server.run("morning.sh", fails=fails)

    assert (said.returncode, server.asked()) == (code, ["manage.py stuur_herinneringen"])
    assert ("failed: manage.py stuur_herinneringen" in said.stderr) is bool(code)


def test_a_container_sleeps_until_the_next_of_its_hours(server, tmp_path):
    brussels = ZoneInfo("Europe/Brussels")
    now = datetime.now(brussels)
    hours = [f"{hour:02}:00" for hour in range(24)]
    server.run("daily.sh", " ".join(hours), "morning.sh", TMPDIR=str(tmp_path), TZ=brussels.key)

    seconds = [int(line.split()[1]) for line in server.asked() if line.startswith("sleep")]
    assert 0 < seconds[0] <= 3600
    wakes = datetime.fromtimestamp(now.timestamp() + seconds[0], brussels)
    assert wakes.minute in (0, 59)


def test_a_container_sleeps_until_seven(server, tmp_path):
    brussels = ZoneInfo("Europe/Brussels")
    now = datetime.now(brussels)
    server.run("daily.sh", "07:00", "morning.sh", TMPDIR=str(tmp_path), TZ=brussels.key)

    seconds = [int(line.split()[1]) for line in server.asked() if line.startswith("sleep")]
    wakes = datetime.fromtimestamp(now.timestamp() + seconds[0], brussels)
    assert (wakes.hour, wakes.minute) in [(7, 0), (6, 59)]
    assert server.asked().count("manage.py stuur_herinneringen") == 2
