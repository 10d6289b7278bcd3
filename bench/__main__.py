"""Measure the most used pages with 10 and with 1 000 schools, each against a theoretical floor.

`make bench` uses a temporary SQLite file; `make bench ARGS=--postgres` starts a temporary
PostgreSQL instead. `make bench ARGS=--flanders` compares all of Flanders with smaller databases,
on PostgreSQL; `--opruimen` measures saves beside `ruim_op`, `--herinneringen` a morning of mails,
`--inschalen` twenty halls that score in silence.
The project's own database is never touched.
"""

import argparse
import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    parser.add_argument("--flanders", action="store_true", help="72 CLB's and 3 853 schools")
    parser.add_argument("--opruimen", action="store_true", help="saves beside ruim_op")
    parser.add_argument("--herinneringen", action="store_true", help="mails for all of Flanders")
    parser.add_argument("--inschalen", action="store_true", help="twenty halls that score")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"per figure (default {RUNS})")
    options = parser.parse_args()
    started = "DATABASE_URL" in os.environ
    large = options.flanders or options.herinneringen
    if options.postgres or (large and not started):
        command = [sys.executable, "-m", "bench", "--runs", str(options.runs)]
        command += ["--flanders"] * options.flanders + ["--opruimen"] * options.opruimen
        command += ["--herinneringen"] * options.herinneringen
        command += ["--inschalen"] * options.inschalen
        return subprocess.call([sys.executable, "-m", "tests.postgres", "--", *command])  # noqa: S603
    with tempfile.TemporaryDirectory(prefix="stsdialoog-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        _set_up_django(folder)
        bench = _bench_flanders if options.flanders else _bench
        bench = _bench_opruimen if options.opruimen else bench
        bench = _bench_rounds if options.inschalen else bench
        (_bench_reminders if options.herinneringen else bench)(options.runs)
    return 0


def _bench(runs: int) -> None:
    from bench.crowd import measure_crowd  # noqa: PLC0415 (needs a Django that is set up)
    from bench.documents import measure_documents  # noqa: PLC0415
    from bench.pages import measure_pages  # noqa: PLC0415
    from bench.report import show, show_compared, show_crowd  # noqa: PLC0415

    show(measure_pages(runs=runs))
    show_compared(measure_documents())
    show_crowd(measure_crowd(runs=runs))


def _bench_flanders(runs: int) -> None:
    from bench import flanders, report  # noqa: PLC0415 (needs a Django that is set up)
    from bench.crowd import measure_crowd  # noqa: PLC0415

    report.show_regions(flanders.make_regions())
    report.show_settled(*flanders.settle_flanders())
    report.show_compared(flanders.measure_flanders(runs=runs))
    report.show_first_visit(flanders.first_visit())
    report.show_meetings(flanders.measure_meetings())
    report.show_crowd(measure_crowd(runs=runs))


def _bench_opruimen(_runs: int) -> None:
    from bench import opruimen, report  # noqa: PLC0415 (needs a Django that is set up)

    report.show_opruimen(opruimen.measure_opruimen())


def _bench_reminders(_runs: int) -> None:
    from bench import reminders, report  # noqa: PLC0415 (needs a Django that is set up)

    report.show_reminders(reminders.measure_reminders())


def _bench_rounds(runs: int) -> None:
    from bench import report, rounds  # noqa: PLC0415 (needs a Django that is set up)

    report.show_rounds(rounds.measure_rounds(runs=runs))


def _set_up_django(folder: str) -> None:
    """Use the production settings, except those that need a real host."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="stsdialoog.settings",
        DJANGO_DEBUG="false",
        DOCUMENTEN_DIR=str(Path(folder) / "documenten"),
        WISLIJST=str(Path(folder) / "wislijst.jsonl"),
        DJANGO_SECRET_KEY="only-for-the-bench-" + "x" * 40,
        DJANGO_ALLOWED_HOSTS="testserver",
        SECURE_SSL_REDIRECT="false",
        TWEEDE_STAP_VERPLICHT="false",
        SITE_URL="https://bench.test",
        OUDERGESPREK_SLEUTELS=base64.urlsafe_b64encode(b"only-for-the-bench-" + b"x" * 13).decode(),
    )
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.STATIC_ROOT = Path(folder) / "static"
    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
