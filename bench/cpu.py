"""Processor time of a request, its database included: what a busy machine does not change."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log, sqrt
from pathlib import Path
from statistics import fmean, median, stdev

from django.db import connection

from bench.measure import Work

WARM = 2
# The least of so many counts: a neighbour on the same core makes the work dearer, never cheaper.
TRIES = 5
STANDARD_ERRORS = 1.96  # on either side, for 95 %


@dataclass(frozen=True)
class Ratio:
    """How many times the first the second takes, with its 95 % interval; of pairs in turn."""

    base_ms: float
    times: float
    low: float
    high: float


def ratio_of(base: tuple[Work, Work], other: tuple[Work, Work], *, runs: int) -> Ratio:
    """Measure two pieces of work in turn, so that whatever drifts is in both.

    base, other: a preparation that is not measured, and the work.
    """
    pairs = []
    for _ in range(runs):
        first, second = (_seconds(*one) for one in (base, other))
        pairs.append((first, log(second / first)))
    middle = fmean(grown for _, grown in pairs)
    error = STANDARD_ERRORS * stdev(grown for _, grown in pairs) / sqrt(runs)
    base_ms = median(first for first, _ in pairs) * 1000
    return Ratio(base_ms, *(exp(value) for value in (middle, middle - error, middle + error)))


def _seconds(before: Callable[[], object], work: Work) -> float:
    before()
    for _ in range(WARM):
        work()
    backend = _backend()
    return min(_spent_on(work, backend) for _ in range(TRIES))


def _spent_on(work: Work, backend: Path | None) -> float:
    gc.collect()
    start = time.process_time_ns() + _spent(backend)
    work()
    return (time.process_time_ns() + _spent(backend) - start) / 1e9


def _backend() -> Path | None:
    """What Linux counts for the process of the database; SQLite has none of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def _spent(backend: Path | None) -> int:
    """Nanoseconds on a processor, the first of what Linux counts for a process."""
    return int(backend.read_text().split()[0]) if backend else 0
