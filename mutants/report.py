"""What came of the mutants, on the screen and in a file."""

from collections.abc import Iterable
from pathlib import Path

from mutants.workplace import Verdict


def followed(verdicts: Iterable[Verdict], *, total: int) -> list[Verdict]:
    """Tell of each verdict as soon as it falls."""
    fallen = []
    for verdict in verdicts:
        fallen.append(verdict)
        print(_line(verdict, f"{len(fallen):4}/{total}"), flush=True)
    return fallen


def _line(verdict: Verdict, number: str) -> str:
    where = f"{verdict.mutant.path}:{verdict.mutant.line}"
    return (
        f"{number}  {verdict.outcome:9}{verdict.seconds:6.1f} s  {verdict.tests:5} tests  {where}"
    )


def write(verdicts: list[Verdict], file: Path) -> str:
    """The score and the survivors as text, which stays in a file too."""
    text = "\n".join([*_survivors(verdicts), *_scores(verdicts)])
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{text}\n")
    return f"{text}\n\nAlso in {file}"


def _survivors(verdicts: Iterable[Verdict]) -> Iterable[str]:
    alive = (verdict for verdict in verdicts if not verdict.killed)
    for verdict in sorted(alive, key=lambda v: (v.mutant.path, v.mutant.line)):
        seen = f"{verdict.tests} tests pass" if verdict.tests else "no test runs this line"
        yield f"{verdict.mutant.path}:{verdict.mutant.line}  {seen}\n{verdict.mutant.diff}\n"


def _scores(verdicts: list[Verdict]) -> Iterable[str]:
    for path in sorted({verdict.mutant.path for verdict in verdicts}):
        here = [verdict.killed for verdict in verdicts if verdict.mutant.path == path]
        yield f"{sum(here):4} of {len(here):4} killed ({sum(here) / len(here):4.0%})  {path}"
