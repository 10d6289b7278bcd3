"""`make test`: every check and every test, on SQLite and on PostgreSQL.

All steps run, also after one failed. Arguments are passed on to pytest; `--lint` leaves the
tests out.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CHECKS = {
    "ruff": ["ruff", "check"],
    "ruff format": ["ruff", "format", "--check"],
    "djlint": ["djlint", "templates", "--check", "--lint"],
    "mypy": ["mypy"],
    "migrations": ["manage", "makemigrations", "--check", "--dry-run"],
}
# Worksteal keeps both cores busy and, unlike loadfile, leaves the order in which pytest-django
# puts the tests that empty the database at the end.
PYTEST = ["pytest", "--numprocesses=2", "--dist=worksteal"]


@dataclass(frozen=True)
class Outcome:
    name: str
    code: int
    seconds: float
    last_line: str

    @property
    def skipped(self) -> bool:
        """No PostgreSQL for this machine; for the CI there are no excuses."""
        return self.code == os.EX_UNAVAILABLE and os.environ.get("CI") != "true"

    @property
    def failed(self) -> bool:
        return self.code != 0 and not self.skipped

    def __str__(self) -> str:
        verdict = "FAILED" if self.failed else "skipped" if self.skipped else "ok"
        return f"{verdict:8}{self.name:22}{self.seconds:6.1f} s   {self.last_line}"


def main(args: list[str]) -> int:
    steps = {name: ["-m", *command] for name, command in CHECKS.items()}
    if "--lint" not in args:
        pytest = ["-m", *PYTEST, *args]
        steps["pytest on SQLite"] = pytest
        # What a page or a PDF looks like, and what the browser does with it, is the same whichever
        # database it came from; that each PDF can be made from this one too, the access matrix
        # sees, and each job is done in the browser on this one too.
        # Its server is thrown away with all its databases: nothing to drop first, which a browser
        # that still asks something could stand in the way of.
        behaves = [*pytest, "--reuse-db", "-m", "not looks"]
        steps["pytest on PostgreSQL"] = ["-m", "tests.postgres", "--", sys.executable, *behaves]
    outcomes = [run(name, command) for name, command in steps.items()]
    print("\n--- Summary")
    print(*outcomes, sep="\n")
    return int(any(outcome.failed for outcome in outcomes))


def run(name: str, command: list[str]) -> Outcome:
    """Show what a step prints and keep its last line: every tool ends with its verdict."""
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
    """The same settings on every machine, whatever its owner has set for a server of her own."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "SITE_URL" and not name.startswith("DJANGO_")
    }
    # Without DJANGO_DEBUG the settings ask for a production server's secrets; with this database
    # nothing can touch the one that `make run` keeps.
    return {**kept, "DJANGO_DEBUG": "true", "DATABASE_URL": "sqlite://:memory:"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
