"""`make test`: every check and every test, on SQLite and on PostgreSQL.

All steps run, even after one has failed. Arguments are passed on to pytest; `--lint` skips the
tests.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS = {
    "ruff": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "djlint": ["djlint", "templates", "--check", "--lint"],
    "mypy": ["mypy"],
    # It has no module to run, only a script beside Python's own.
    "imports": [str(Path(sys.executable).with_name("lint-imports"))],
    "migrations": ["manage", "makemigrations", "--check", "--dry-run"],
}
# Worksteal keeps both cores busy and, unlike loadfile, preserves the order of pytest-django, which
# puts the tests that flush the database last.
PYTEST = ["pytest", "-p", "tests.statements", "--numprocesses=2", "--dist=worksteal"]


@dataclass(frozen=True)
class Outcome:
    name: str
    code: int
    seconds: float
    last_line: str

    @property
    def skipped(self) -> bool:
        """Whether PostgreSQL is unavailable on this machine; on CI that counts as a failure."""
        return self.code == os.EX_UNAVAILABLE and os.environ.get("CI") != "true"

    @property
    def failed(self) -> bool:
        return self.code != 0 and not self.skipped

    def __str__(self) -> str:
        verdict = "FAILED" if self.failed else "skipped" if self.skipped else "ok"
        return f"{verdict:8}{self.name:22}{self.seconds:6.1f} s   {self.last_line}"


def _of_python(command: list[str]) -> list[str]:
    """The arguments that make Python run a module, or a script given by its path."""
    return command if Path(command[0]).is_absolute() else ["-m", *command]


def main(args: list[str]) -> int:
    steps = {name: _of_python(command) for name, command in CHECKS.items()}
    with tempfile.TemporaryDirectory() as folder:
        if "--lint" not in args:
            steps |= stories(args, asked=Path(folder) / "asked.json")
        outcomes = [run(name, command) for name, command in steps.items()]
    print("\n--- Summary")
    print(*outcomes, sep="\n")
    return int(any(outcome.failed for outcome in outcomes))


def stories(args: list[str], *, asked: Path) -> dict[str, list[str]]:
    """The steps that tell the stories: all of them on SQLite, and then on PostgreSQL what differs.

    What touches no database does not depend on it. Nor does the appearance of pages and PDFs, and
    what the browser does with them: the access matrix verifies that each PDF can also be made on
    PostgreSQL, and each main task is done in the browser on PostgreSQL too. Of the others as many
    are told as it takes to ask PostgreSQL all that SQLite was asked (tests/statements.py).

    asked: the file in which the first step writes that.
    """
    # If that step ends before it can write, nothing is left out of the next.
    asked.write_text("{}")
    pytest = ["-m", *PYTEST, *args]
    # The server is removed with all its databases, so there is no need to drop them, which a
    # browser with a pending request could block.
    behaves = [*pytest, f"--statements-of={asked}", "--reuse-db", "-m", "database and not looks"]
    return {
        "pytest on SQLite": [*pytest, f"--statements-to={asked}"],
        "pytest on PostgreSQL": ["-m", "tests.postgres", "--", sys.executable, *behaves],
    }


def run(name: str, command: list[str]) -> Outcome:
    """Print the output of a step and keep its last line: every tool ends with its verdict."""
    print(f"\n--- {name}", flush=True)
    start = time.monotonic()
    last_line = ""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            last_line = line.strip() or last_line
    seconds = time.monotonic() - start
    print(f"--- {name}: {seconds:.1f} s", flush=True)
    return Outcome(name, process.returncode, seconds, last_line)


def environment() -> dict[str, str]:
    """The same environment on every machine, whatever the developer has set for a local server."""
    # Python keeps what it compiled: reading that back is half of the time in which a process starts
    # and collects all stories.
    left_out = ("SITE_URL", "PYTHONDONTWRITEBYTECODE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in left_out and not name.startswith("DJANGO_")
    }
    # Without DJANGO_DEBUG the settings require production secrets; this DATABASE_URL ensures that
    # nothing touches the database of `make run`.
    return {**kept, "DJANGO_DEBUG": "true", "DATABASE_URL": "sqlite://:memory:"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
