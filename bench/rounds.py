"""Twenty halls of forty phones score in silence, while somebody works on: who waits?

Over HTTP, from the server of bench.crowd. Each phone gives its score in the first minute and then
asks as its page does (static/js/inschalen.js): at once, and ever more seldom. Each beamer asks
every second and a half.
"""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import chain
from queue import PriorityQueue
from threading import Event
from urllib.parse import urlencode

from bench.crowd import Visitor, log_in, server
from bench.data import fill
from bench.databases import make_database
from bench.measure import Timing
from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import sealed
from preventieplan.inschalen.domain.rondes import open_ronde
from preventieplan.inschalen.models import Ronde

ROUNDS, PHONES = 20, 40
DOEL = "f0-1"
FAST, SLOWEST, SLOWER = 1.5, 30.0, 1.5  # seconds, seconds, times
MINUTE = 60.0
# As many connections at once as phones that happen to ask in the same moment.
AT_ONCE = 8


@dataclass(frozen=True)
class Halls:
    """A goal page alone and beside the halls; how long after the last score a beamer knew, in
    seconds, of each; and the bytes of the largest answer to who waits.
    """

    alone: Timing
    beside: Timing
    known_after: tuple[float, ...]
    largest: int
    asked: int


@dataclass(order=True)
class Turn:
    """When somebody asks again.

    pause: seconds until the turn after it; 0 for who has yet to score.
    """

    at: float
    code: str = field(compare=False)
    pause: float = field(compare=False)
    is_beamer: bool = field(compare=False)


def measure_rounds(*, runs: int) -> Halls:
    make_database("rounds")
    anker, _ = fill(schools=ROUNDS)
    # The first of these are of the CLB of `anker`.
    dossiers = list(Dossier.objects.order_by("school__instellingsnummer")[:ROUNDS])
    rondes = [
        open_ronde(dossier=one, doelen=[DOEL], telefoons=PHONES, papieren=0, door=anker)
        for one in dossiers
    ]
    with server() as port:
        me = Visitor(port, log_in(anker))
        page = f"/dossiers/{dossiers[0].pk}/preventieplan/{DOEL}/"
        for _ in range(10):
            me.timed(page)
        alone = Timing(tuple(me.timed(page) for _ in range(runs)))
        halls = _Halls(port, [str(one.code) for one in rondes])
        with ThreadPoolExecutor(AT_ONCE + 1) as pool:
            going = pool.submit(halls.go_on, pool)
            beside = list(_until(halls.done, me, page))
            going.result()
    assert Ronde.objects.filter(getoond_op__isnull=True).count() == ROUNDS
    return Halls(
        alone, Timing(tuple(beside)), tuple(halls.known_after()), halls.largest, halls.asked
    )


def _until(done: Event, me: Visitor, page: str) -> Iterator[float]:
    while not done.is_set():
        yield me.timed(page)


class _Halls:
    """All phones and beamers, and when each of them asks again."""

    def __init__(self, port: int, codes: list[str]) -> None:
        chance = random.Random(8)  # noqa: S311 (the same evening each time)
        self.done, self.largest, self.asked = Event(), 0, 0
        self._stranger, self._start = Visitor(port, ""), time.perf_counter()
        self._last_score: dict[str, float] = {}
        self._known: dict[str, float] = {}
        self._turns: PriorityQueue[Turn] = PriorityQueue()
        beamers = (Turn(0, code, FAST, is_beamer=True) for code in codes)
        phones = (
            Turn(chance.uniform(0, MINUTE), code, 0, is_beamer=False)
            for code in codes
            for _ in range(PHONES)
        )
        for turn in chain(beamers, phones):
            self._turns.put(turn)

    def known_after(self) -> list[float]:
        return [self._known[code] - score for code, score in self._last_score.items()]

    def go_on(self, pool: ThreadPoolExecutor) -> None:
        """Take turns until each beamer knows, and the phones asked on for as long again."""
        while self._now() < 2 * MINUTE or len(self._known) < len(self._last_score):
            turn = self._turns.get()
            time.sleep(max(0, turn.at - self._now()))
            pool.submit(self._take, turn).add_done_callback(lambda one: one.result())
        self.done.set()

    def _take(self, turn: Turn) -> None:
        if turn.pause == 0:
            self._score(turn.code)
            turn.pause = FAST
        else:
            self._ask(turn)
            if not turn.is_beamer:
                turn.pause = min(turn.pause * SLOWER, SLOWEST)
        turn.at = self._now() + turn.pause
        self._turns.put(turn)

    def _score(self, code: str) -> None:
        form = urlencode({f"score-{DOEL}": 7})
        response, _ = self._stranger.ask("POST", f"/s/{code}/", form)
        assert response.status == HTTPStatus.FOUND, response.status
        self._last_score[code] = self._now()

    def _ask(self, turn: Turn) -> None:
        response, body = self._stranger.ask("GET", f"/s/{sealed(turn.code)}/stand/")
        assert response.status == HTTPStatus.OK, response.status
        self.asked += 1
        self.largest = max(self.largest, len(body))
        if turn.is_beamer and body.startswith(b"klaar"):
            self._known.setdefault(turn.code, self._now())

    def _now(self) -> float:
        return time.perf_counter() - self._start
