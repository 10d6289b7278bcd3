"""The steps of the container file make an application that serves, for a user who may nothing."""

import fnmatch
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.container import stages
from tests.production import PRODUCTION, ROOT

NOBODY = "nobody"
SYSTEM = "/usr/local/bin:/usr/bin:/bin"
PYTHON = shutil.which("python3", path=SYSTEM)

pytestmark = pytest.mark.skipif(
    not PYTHON or bool(subprocess.call([PYTHON, "-c", "import ensurepip"])),  # noqa: S603
    reason="python3-venv is not installed",
)


class Image:
    """What the first stage makes, in a fresh folder in the place of a container."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._user = folder, NOBODY if os.geteuid() == 0 else None
        self._hand_over(folder)

    def run(self, command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command of a shell there."""
        return subprocess.run(  # noqa: S603 (that of the container file, and ours)
            ["/bin/sh", "-c", command],
            cwd=self.folder,
            env={**self._environment(), **settings},
            user=self._user,
            extra_groups=[] if self._user else None,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, command: list[str], **settings: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 (that of the container file)
            command,
            cwd=self.folder,
            env={**self._environment(), **settings},
            user=self._user,
            extra_groups=[] if self._user else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def copy(self, value: str) -> None:
        *sources, target = shlex.split(value)
        for name in in_the_image() if sources == ["."] else sources:
            there = self.folder / target / name
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, there)
        self._hand_over(self.folder)

    def _hand_over(self, folder: Path) -> None:
        if self._user:
            for path in (folder, *folder.rglob("*")):
                if ".venv" not in path.parts:
                    shutil.chown(path, self._user)

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DJANGO_", "DATABASE_", "VIRTUAL_ENV"))
        }
        return {**kept, "HOME": str(self.folder), "PATH": f"{self.folder}/.venv/bin:{SYSTEM}"}


def in_the_image() -> list[str]:
    """The files that .containerignore lets through, of those that are or will be in git."""
    lines = (ROOT / ".containerignore").read_text().splitlines()
    let_through = [line[1:] for line in lines if line.startswith("!")]
    left_out = [line for line in lines if line.startswith("**/")]
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [
        name
        for name in listed
        if any(name == one or name.startswith(f"{one}/") for one in let_through)
        and not any(fnmatch.fnmatch(f"/{name}", one[2:]) for one in left_out)
    ]


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> Iterator[Image]:
    # Where everybody may come: the folders of pytest are closed.
    folder = Path("/tmp") / f"stsdialoog-image-{os.getpid()}"  # noqa: S108
    folder.mkdir()
    try:
        made = Image(folder)
        for what, value in stages()[0]:
            if what == "COPY":
                made.copy(value)
            # What Debian's packages bring is on this machine (scripts/install.sh).
            elif what == "RUN" and "apt-get" not in value:
                said = made.run(value)
                assert said.returncode == 0, f"{value}\n{said.stdout}\n{said.stderr}"
        yield made
    finally:
        shutil.rmtree(folder)


def test_it_becomes_healthy_when_its_database_was_migrated(image):
    settings = PRODUCTION | {"DATABASE_URL": f"sqlite:///{image.folder}/db.sqlite3"}
    command = json.loads(dict(stages()[1])["CMD"])
    here = [word.replace("/run/stsdialoog", str(image.folder)) for word in command]
    healthy = f"python deploy/healthy.py {image.folder}/socket"
    server = image.start(here, **settings)
    try:
        assert image.run(healthy, **settings).returncode == 1
        migrated = image.run("python manage.py migrate --verbosity 0", **settings)
        assert migrated.returncode == 0, migrated.stderr
        well = image.run(f"{healthy} --wait 60", **settings)
        assert well.returncode == 0, well.stderr
    finally:
        server.terminate()
        server.wait(timeout=60)


def test_no_tool_to_build_with_and_no_secret_stays_in_it(image):
    assert image.run("python -m pip --version").returncode
    assert not list(image.folder.glob(".venv/lib/*/site-packages/pip"))
    assert list(image.folder.glob("staticfiles/css/stijl.*.css"))
    assert [path.name for path in image.folder.iterdir() if path.suffix == ".sqlite3"] == [
        "db.sqlite3"
    ]
    assert not (image.folder / "tests").exists()


def test_the_manual_is_in_it_with_its_pictures(image):
    settings = PRODUCTION | {"DATABASE_URL": f"sqlite:///{image.folder}/db.sqlite3"}
    code = "import start.hulp.domain.chapters as it; print(*(one.html for one in it.chapters()))"

    said = image.run(f'python manage.py shell --verbosity 0 --command "{code}"', **settings)

    # Under the name that collectstatic gave it, without which it would not be drawn.
    assert re.search(r'src="/static/hulp/bespreken\.\w{12}\.png"', said.stdout), said.stderr
