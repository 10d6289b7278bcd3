"""A copy of the project in which mutants may live; the folder that people edit stays as it is."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import perf_counter

import pytest

from mutants.changes import Mutant
from mutants.reach import patience_with
from tests.run_all import ROOT, environment

# How pytest ends when no test failed; any other end means that something did.
NOTHING_FAILED = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
PYTEST = ["pytest", "--ds=mutants.settings", "--reuse-db", "-q", "-p", "no:cacheprovider"]
PYTEST += ["-p", "mutants.plugin"]


class Outcome(StrEnum):
    KILLED = "killed"
    HUNG = "hung"
    SURVIVED = "SURVIVED"
    UNTESTED = "UNTESTED"


@dataclass(frozen=True)
class Verdict:
    mutant: Mutant
    outcome: Outcome
    tests: int
    seconds: float

    @property
    def killed(self) -> bool:
        return self.outcome in {Outcome.KILLED, Outcome.HUNG}


@dataclass(frozen=True)
class Workplace:
    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "project"

    @property
    def filled(self) -> Path:
        """The database as each run finds it: with all tables and materials."""
        return self.folder / "filled.sqlite3"

    @property
    def database(self) -> Path:
        return self.folder / "test.sqlite3"

    def build(self) -> None:
        """Copy the project as it is now, also what is not committed, and fill the database."""
        for path in _files():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, self.root / path)
        (self.folder / "tmp").mkdir()
        for command in ("migrate", "laad_materialen"):
            self._python(["manage.py", command], check=True)
        self.database.rename(self.filled)

    def measure(self, paths: set[str], tests: list[str]) -> Path:
        """Run tests once without a mutant; a file with what each of them ran of some files."""
        data = self.folder / "coverage"
        command = ["-m", "coverage", "run", f"--data-file={data}", f"--include={','.join(paths)}"]
        self._fresh_database()
        done = self._python([*command, "-m", *PYTEST, "-m", "not looks", *tests])
        if done.returncode:
            sys.exit(f"{done.stdout}\nThe tests fail without any mutant.")
        return data

    def copy_to(self, folder: Path) -> "Workplace":
        shutil.copytree(self.folder, folder)
        return Workplace(folder)

    def check(self, mutant: Mutant, tests: list[str]) -> None:
        """Make sure that a broken copy is not mistaken for one that kills mutants."""
        unborn = Mutant(mutant.path, mutant.before, mutant.before)
        if self.judge(unborn, tests).killed:
            sys.exit(f"In {self.root} these fail without any mutant: {', '.join(tests)}")

    def judge(self, mutant: Mutant, tests: list[str]) -> Verdict:
        """Write a mutant to its file, run the tests that can see it, and restore the file."""
        start = perf_counter()
        (self.root / mutant.path).write_text(mutant.after)
        try:
            outcome = self._outcome(tests) if tests else Outcome.UNTESTED
        finally:
            (self.root / mutant.path).write_text(mutant.before)
        return Verdict(mutant, outcome, len(tests), perf_counter() - start)

    def _outcome(self, tests: list[str]) -> Outcome:
        chosen = self.folder / "tests.json"
        chosen.write_text(json.dumps(tests))
        files = dict.fromkeys(test.split("::")[0] for test in tests)
        # -B: of two mutants in one second Python would take the cached code of the first.
        command = ["-B", "-m", *PYTEST, "-x", f"--mutant-tests={chosen}", *files]
        self._fresh_database()
        try:
            done = self._python(command, timeout=patience_with(tests))
        except subprocess.TimeoutExpired:
            return Outcome.HUNG
        return Outcome.SURVIVED if done.returncode in NOTHING_FAILED else Outcome.KILLED

    def _fresh_database(self) -> None:
        """What a test left behind, or was killed in the middle of, is not there for the next."""
        for old in self.folder.glob(f"{self.database.name}*"):
            old.unlink()
        shutil.copy(self.filled, self.database)

    def _python(
        self, args: list[str], *, timeout: float | None = None, check: bool = False
    ) -> subprocess.CompletedProcess[str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "mutants.settings",
            "MUTANTS_DATABASE": str(self.database),
            # The settings under test make a folder there, which stays when they are killed.
            "TMPDIR": str(self.folder / "tmp"),
        }
        return subprocess.run(  # noqa: S603
            [sys.executable, *args],
            cwd=self.root,
            env=environment() | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=check,
        )


def test_files() -> list[str]:
    """All but those of the browser, in which the rules have no stories of their own."""
    return [path for path in _files() if re.match(r"tests/(?!browser/)(.*/)?test_[^/]*\.py$", path)]


def _files() -> list[str]:
    """The files that git knows, or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    output = subprocess.check_output(command, cwd=ROOT, text=True)  # noqa: S603
    return [path for path in output.split("\0") if (ROOT / path).is_file()]
