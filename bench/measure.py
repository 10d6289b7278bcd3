"""Timing in turns, so that a slow moment of the machine affects everything that is compared."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True)
class Timing:
    """The durations of many runs of the same work, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median_ms(self) -> float:
        return median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * 1000


def in_turn(works: Sequence[tuple[Work, Work]], *, runs: int) -> tuple[Timing, ...]:
    """Run each piece of work in turn, `runs` times, after two warm-up rounds that do not count.

    works: pairs of an untimed preparation and the work that is timed.
    Returns one Timing per pair, in the same order.
    """
    seconds: list[list[float]] = [[] for _ in works]
    for turn in range(runs + 2):
        for index, (before, work) in enumerate(works):
            before()
            gc.collect()
            start = perf_counter()
            work()
            spent = perf_counter() - start
            if turn >= 2:
                seconds[index].append(spent)
    return tuple(Timing(tuple(row)) for row in seconds)
