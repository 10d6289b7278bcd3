"""Break the rules of a chamber one by one, and show which changes no test objects to.

The rules are its domain, its access and its finders; or name files. Everything happens in copies
of the project; the survivors are written to .mutants/ as well.
"""

import argparse
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from mutants import report
from mutants.changes import Mutant, mutants_of
from mutants.reach import Reach
from mutants.workplace import Verdict, Workplace, test_files
from tests.run_all import ROOT

RULES = ("access.py", "finders.py", "domain.py", "domain/**/*.py")


def main() -> int:
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory(prefix="stsdialoog-mutants-") as folder:
        verdicts = run(options, Path(folder))
    name = "-".join(options.rules).replace("/", "-")
    print(report.write(verdicts, ROOT / ".mutants" / f"{name}.txt"))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument(
        "rules",
        nargs="+",
        type=_rules,
        help="folders or files: dossiers/velden, dossiers/access.py",
    )
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by chance")
    parser.add_argument("--seed", type=int, default=0, help="the same seed draws the same ones")
    parser.add_argument("--jobs", type=int, default=2, help="how many at once (default 2)")
    return parser


def _rules(name: str) -> str:
    if not rules_of(name):
        raise argparse.ArgumentTypeError(f"no {', '.join(RULES)} in {name}")
    return name.rstrip("/")


def rules_of(name: str, *, root: Path = ROOT) -> list[str]:
    """The rules of a chamber, or of a room outside its chambers; or a file."""
    if (root / name).is_file():
        return [name]
    found = [path for rule in RULES for path in (root / name).glob(rule)]
    return sorted(str(path.relative_to(root)) for path in found if path.stat().st_size)


def run(options: argparse.Namespace, folder: Path) -> list[Verdict]:
    """Judge the mutants of a chamber in copies of the project, one for each job."""
    places = _build(folder, options.jobs)
    mutants = _sample(_all_mutants(places[0].root, options.rules), options)
    if not mutants:
        sys.exit("No mutants: there is nothing in these rules to change, or the sample is empty.")
    print(f"{len(mutants)} mutants; first all tests, without any of them ...", flush=True)
    pool = ThreadPoolExecutor(options.jobs)
    try:
        reach = _measure(pool, places, {mutant.path for mutant in mutants})
        work = [(mutant, reach.tests_for(mutant)) for mutant in mutants]
        for place in places:
            place.check(*_smallest(work))
        return report.followed(pool.map(partial(_judge, places), work), total=len(work))
    finally:
        pool.shutdown(cancel_futures=True)


def _build(folder: Path, jobs: int) -> list[Workplace]:
    first = Workplace(folder / "0")
    first.build()
    return [first, *(first.copy_to(folder / str(n)) for n in range(1, jobs))]


def _all_mutants(root: Path, names: list[str]) -> list[Mutant]:
    paths = [path for name in names for path in rules_of(name, root=root)]
    return [mutant for path in paths for mutant in mutants_of(root, path)]


def _sample(mutants: list[Mutant], options: argparse.Namespace) -> list[Mutant]:
    if options.sample is None or options.sample >= len(mutants):
        return mutants
    return random.Random(options.seed).sample(mutants, options.sample)  # noqa: S311 (no secret)


def _measure(pool: ThreadPoolExecutor, places: list[Workplace], paths: set[str]) -> Reach:
    parts = [test_files()[n :: len(places)] for n in range(len(places))]
    return Reach.read(pool.map(lambda place, part: place.measure(paths, part), places, parts))


def _judge(free: list[Workplace], work: tuple[Mutant, list[str]]) -> Verdict:
    # As many work at once as there are places, and list.pop is safe among threads.
    place = free.pop()
    try:
        return place.judge(*work)
    finally:
        free.append(place)


def _smallest(work: list[tuple[Mutant, list[str]]]) -> tuple[Mutant, list[str]]:
    """The mutant with the fewest tests, but some."""
    return min(work, key=lambda pair: len(pair[1]) or sys.maxsize)


if __name__ == "__main__":
    sys.exit(main())
