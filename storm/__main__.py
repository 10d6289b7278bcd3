"""Let a storm loose on STS-Dialoog, on databases of its own, and say what it did not withstand.

saves: people type over HTTP in the same fields, while workers and masters of gunicorn and the
postmaster are killed; then the history is compared with what was answered. restarts: the same,
while each of two instances behind the proxy of deploy/ is restarted in its turn. requests: every
address for every role with every method, with what no browser sends. Ends with 1 when anything was
lost, or answered with a 500.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from storm.databases import KINDS, Database, new_database
from tests.production import PRODUCTION
from tests.proxy import NGINX

SAVES, RESTARTS, REQUESTS = "saves", "restarts", "requests"


def main() -> int:
    options = _parser().parse_args()
    parts = [options.only] if options.only else [SAVES, REQUESTS, *([RESTARTS] if NGINX else [])]
    kinds = [options.database] if options.database else KINDS
    if len(parts) == len(kinds) == 1:
        return _storm(options)
    # Each in a process of its own: a process has one database.
    command = [sys.executable, "-m", "storm", *sys.argv[1:]]
    ends = [
        subprocess.call([*command, "--only", part, "--database", kind])  # noqa: S603
        for part, kind in product(parts, kinds)
    ]
    return max(ends)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="storm", description=__doc__)
    parser.add_argument("--only", choices=(SAVES, RESTARTS, REQUESTS), help="one of them")
    parser.add_argument("--database", choices=KINDS, help="on one of the two")
    parser.add_argument("--saves", type=int, default=10_000, help="answered ones (default 10000)")
    parser.add_argument("--requests", type=int, default=20_000, help="sent (default 20000)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed does the same")
    return parser


def _storm(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="stsdialoog-storm-") as name:
        folder = Path(name)
        with new_database(options.database, folder) as database:
            _set_up_django(database, folder)
            withstood = _let_loose(options, database, folder)
    return 0 if withstood else 1


def _let_loose(options: argparse.Namespace, database: Database, folder: Path) -> bool:
    from storm.report import show_requests, show_saves  # noqa: PLC0415 (needs a Django)

    if options.only == REQUESTS:
        from storm.requests import storm_requests  # noqa: PLC0415

        return show_requests(storm_requests(count=options.requests, seed=options.seed))
    if options.only == RESTARTS:
        from storm.restarts import storm_restarts  # noqa: PLC0415

        return show_saves(storm_restarts(saves=options.saves, seed=options.seed, folder=folder))
    from storm.saves import storm_saves  # noqa: PLC0415

    outcome = storm_saves(saves=options.saves, seed=options.seed, database=database, folder=folder)
    return show_saves(outcome)


def _set_up_django(database: Database, folder: Path) -> None:
    """Use the settings of a server behind a proxy, with files of its own."""
    os.environ.pop("DJANGO_DEBUG", None)
    os.environ.update(
        PRODUCTION
        | {
            "DJANGO_SETTINGS_MODULE": "tests.settings_production",
            "DATABASE_URL": database.url,
            "DOCUMENTEN_DIR": str(folder / "documenten"),
            "WISLIJST": str(folder / "wislijst.jsonl"),
            "TRUSTED_PROXY": "1",
            # Every mail leaves, and goes nowhere.
            "EMAIL_URL": "dummymail://",
        }
    )
    import django  # noqa: PLC0415

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
