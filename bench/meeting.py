"""Meetings over HTTP: many people at once, each in a field of her own."""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from statistics import median

from bench.crowd import Visitor

REQUESTS = 40  # of each person
# Of a hundred requests: so many open a page, so many save, and the rest ask for the plan on paper.
PAGES, SAVES = 70, 25
Request = Callable[[], int]


@dataclass(frozen=True)
class Seat:
    """Where somebody sits: the address of a plan, and the name of a text in its first goal."""

    visitor: Visitor
    plan: str
    veld: str
    revisies: Iterator[int] = field(default_factory=lambda: count(1))

    def page(self) -> int:
        return self.visitor.fetch(f"{self.plan}/f0-1/")

    def save(self) -> int:
        return self.visitor.save(f"{self.plan}/f0-1/", self.veld, next(self.revisies))

    def paper(self) -> int:
        return self.visitor.fetch(f"{self.plan}.pdf")


@dataclass(frozen=True)
class Throughput:
    """per_second: requests; wire: bytes of an answer, on average."""

    per_second: float
    median_ms: float
    wire: float


@dataclass(frozen=True)
class Meeting:
    """What people do in a meeting, and what as many people get who only save."""

    clients: int
    mix: Throughput
    bare: Throughput


def measure_meeting(seats: list[Seat]) -> Meeting:
    bare = _together([[seat.save] * REQUESTS for seat in seats])
    mix = _together([list(_mix(seat, number)) for number, seat in enumerate(seats)])
    return Meeting(len(seats), mix, bare)


def _mix(seat: Seat, seed: int) -> Iterator[Request]:
    chance = random.Random(seed)  # noqa: S311 (the same meeting each time)
    for _ in range(REQUESTS):
        drawn = chance.randrange(100)
        yield seat.page if drawn < PAGES else seat.save if drawn < PAGES + SAVES else seat.paper


def _together(everybody: list[list[Request]]) -> Throughput:
    start = time.perf_counter()
    with ThreadPoolExecutor(len(everybody)) as pool:
        answers = [answer for person in pool.map(_one_by_one, everybody) for answer in person]
    took = time.perf_counter() - start
    middle = median(seconds for seconds, _ in answers) * 1000
    wire = sum(size for _, size in answers) / len(answers)
    return Throughput(len(answers) / took, middle, wire)


def _one_by_one(requests: list[Request]) -> list[tuple[float, int]]:
    answers = []
    for request in requests:
        start = time.perf_counter()
        wire = request()
        answers.append((time.perf_counter() - start, wire))
    return answers
