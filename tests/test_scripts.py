"""`make run`: two at once do not spoil each other's work, and Ctrl+C says that it stopped."""

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.production import ROOT

# In the place of Python: says what it is asked, and stays busy with one thing until it may go on.
PYTHON = """#!/usr/bin/env bash
[ "$1" != --version ] || { echo Python 3.11; exit; }
busy=$(cat busy)
if [[ "$*" == *"$busy"* ]]; then
  echo "$*" >reached
  read -r <go_on
fi
"""
INSTALLED = "#!/bin/sh\necho installed\n"
PHASES = ["pip install", "manage.py migrate", "manage.py demo", "manage.py runserver"]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A clone in which nothing is installed yet, on a port of its own."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "requirements.txt").touch()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    _program(tmp_path / ".venv/bin/python", PYTHON)
    _program(tmp_path / "bin/dpkg-query", INSTALLED)
    script = tmp_path / "scripts/run.sh"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script.write_text(re.sub(r"^port=\d+$", f"port={port}", script.read_text(), flags=re.M))
    for name in ("reached", "go_on"):
        os.mkfifo(tmp_path / name)
    return tmp_path


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


class Window:
    """A terminal in which a script runs."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(  # noqa: S603 (our own script)
            ["/usr/bin/env", "bash", *command],
            cwd=folder,
            env={"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # What a shell starts in the background does not hear Ctrl+C; a window does.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )

    def until(self, phase: str) -> None:
        assert phase in (self.folder / "reached").read_text()

    def press_ctrl_c(self) -> None:
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> str:
        return self.process.communicate(timeout=60)[0]


@pytest.fixture
def window(folder) -> Iterator:
    """Open a window; all of them are closed in the end."""
    opened: list[Window] = []

    def start(*command: str, busy: str = "nothing") -> Window:
        (folder / "busy").write_text(busy)
        opened.append(Window(folder, *command))
        return opened[-1]

    yield start
    for one in opened:
        if one.process.poll() is None:
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()
        one.process.stdout.close()


@pytest.mark.parametrize("phase", PHASES)
def test_ctrl_c_says_that_it_stopped_whatever_was_going_on(window, phase):
    running = window("scripts/run.sh", busy=phase)
    running.until(phase)
    running.press_ctrl_c()
    said = running.end()

    assert said.rstrip().endswith("STS-Dialoog is gestopt.")
    assert "internet" not in said
    assert "lege database" not in said
    assert "Traceback" not in said
    assert running.process.returncode == (0 if "runserver" in phase else 130)


@pytest.mark.parametrize("phase", PHASES)
def test_a_second_one_says_that_there_is_a_first(window, phase):
    first = window("scripts/run.sh", busy=phase)
    first.until(phase)
    second = window("scripts/run.sh", busy=phase)

    assert "in een ander venster" in second.end()
    assert second.process.returncode == 1
    assert first.process.poll() is None


def test_after_the_first_the_next_one_may(window):
    for _ in range(2):
        running = window("scripts/run.sh")
        assert "Klaar! Open http://127.0.0.1:" in running.end()
        assert running.process.returncode == 0


def test_a_server_that_is_told_to_stop_takes_its_server_along(window):
    running = window("scripts/run.sh", busy="runserver")
    running.until("runserver")
    running.process.terminate()

    # It ends only when nothing writes to it any more, the server neither.
    assert running.end().rstrip().endswith("STS-Dialoog is gestopt.")


def test_two_that_install_wait_for_each_other(window, folder):
    first = window("scripts/install.sh", "runtime", busy="pip install")
    first.until("pip install")
    second = window("scripts/install.sh", "runtime", busy="pip install")
    assert "even wachten" in second.process.stdout.readline()

    (folder / "go_on").write_text("\n")
    assert "klaar" in first.end()
    # What the first one installed, the second one finds.
    assert second.end() == ""
    assert second.process.returncode == 0


def test_what_cannot_be_installed_still_asks_for_the_internet(window, folder):
    _program(folder / ".venv/bin/python", '#!/bin/sh\n[ "$3" != install ]\n')
    running = window("scripts/run.sh")

    assert "Is er internet?" in running.end()
    assert running.process.returncode == 1
