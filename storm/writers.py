"""People who type in open pages, some of them in the same fields, for as long as a storm lasts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from threading import Lock
from uuid import UUID

from dossiers.velden.forms import Choice
from storm.oracle import Sent
from storm.pages import Draft, Line, OpenPage, other_revisie

WRITERS = 8
SENTENCES = ("waar_staan_we", "wat_veranderde", "wat_vragen_we")
CHECKED = ("vaststelling", "waarom")
TEXTS = ("toelichting", "groeikans", "focus", "tekst", "resultaat", *CHECKED, *SENTENCES)
WORDS = (
    "onthaal",
    "elke ochtend",
    "één gesprek",
    "peter\nen meter",
    "de bus",
    "bellen",
    "’s avonds",
)
SHARED = 3  # every third field is that of two people
STAYS = (5, 25)  # how many texts somebody types in one page


@dataclass
class Log:
    """What was sent, and what came of it, until enough was acknowledged."""

    enough: int
    sent: list[Sent] = field(default_factory=list)
    acknowledged: int = 0
    conflicts: int = 0
    _lock: Lock = field(default_factory=Lock)

    def is_full(self) -> bool:
        return self.acknowledged >= self.enough

    def stop(self) -> None:
        """What there is, is enough."""
        self.enough = 0

    def add(self, one: Sent) -> None:
        with self._lock:
            self.sent.append(one)
            self.acknowledged += one.acknowledged
            self.conflicts += not one.acknowledged


class Writer:
    """Somebody with a connection, and another one for what overtakes the first."""

    def __init__(
        self, *, number: int, lines: tuple[Line, Line], paths: list[str], log: Log, rng: Random
    ) -> None:
        self._number, self._paths, self._log, self._rng = number, paths, log, rng
        self._line, self._beside = lines

    def write(self) -> None:
        """Open one page after another and type in it. Raises UnexpectedAnswer."""
        ways = (self._once, self._once, self._once, self._once, self._twice, self._overtaken)
        while not self._log.is_full():
            page, velden = self._open()
            for _ in range(self._rng.randint(*STAYS)):
                self._rng.choice(ways)(page, self._rng.choice(velden))
                if self._log.is_full():
                    break

    def _open(self) -> tuple[OpenPage, list[str]]:
        path = self._rng.choice(self._paths)
        pagina = UUID(int=self._rng.getrandbits(128), version=4)
        page = OpenPage(path, self._line.get(path), pagina)
        texts = [veld for veld in page.bases if veld.rpartition("-")[2] in TEXTS]
        # Of a page with fewer fields than people, several have the same one.
        number = self._number % len(texts)
        return page, [veld for place, veld in enumerate(texts) if number in _owners(place)]

    def _text(self) -> str:
        words = " ".join(self._rng.choices(WORDS, k=self._rng.randint(1, 60)))
        return f"{words} {self._rng.getrandbits(64):x}"

    def _once(self, page: OpenPage, veld: str) -> None:
        draft = page.type(veld, self._text())
        self._settle(page, draft, self._send(page, draft))

    def _twice(self, page: OpenPage, veld: str) -> None:
        """The same request arrives twice at once."""
        draft = page.type(veld, self._text())
        answers = self._at_once(lambda: self._send(page, draft), lambda: self._send(page, draft, 1))
        # One of them may meet what a colleague saved just behind the other.
        self._settle(page, draft, min(answers))

    def _overtaken(self, page: OpenPage, veld: str) -> None:
        """The later of two changes arrives before the earlier, or at the same time."""
        earlier, later = page.type(veld, self._text()), page.type(veld, self._text())
        if self._rng.random() < 0.5:
            answers = [self._send(page, later), self._send(page, earlier)]
        else:
            answers = self._at_once(
                lambda: self._send(page, later, 1), lambda: self._send(page, earlier)
            )
        self._note(page, earlier, answers[1][0], overtaken_by=later.nummer)
        self._settle(page, later, answers[0])

    def _at_once(self, *work: Callable[[], tuple[int, str]]) -> list[tuple[int, str]]:
        with ThreadPoolExecutor(len(work)) as pool:
            return [one.result() for one in [pool.submit(function) for function in work]]

    def _send(self, page: OpenPage, draft: Draft, beside: int = 0) -> tuple[int, str]:
        return (self._line, self._beside)[beside].send(page.path, page.data(draft))

    def _settle(self, page: OpenPage, draft: Draft, answer: tuple[int, str]) -> None:
        """Go on from an answer; at a conflict type on and choose, until it is saved."""
        status, html = answer
        self._note(page, draft, status)
        while status == HTTPStatus.CONFLICT:
            chosen = self._rng.choice((Choice.MINE, Choice.MINE, Choice.BOTH))
            other = other_revisie(draft.veld, html)
            draft = page.type(draft.veld, self._text(), basis=other, chosen=chosen)
            status, html = self._send(page, draft)
            self._note(page, draft, status)
        page.take(draft.veld, html)

    def _note(
        self, page: OpenPage, draft: Draft, status: int, overtaken_by: int | None = None
    ) -> None:
        self._log.add(
            Sent(
                veld=draft.veld,
                pagina=page.pagina,
                nummer=draft.nummer,
                basis=draft.basis,
                text=draft.text,
                beneath=draft.chosen == Choice.BOTH,
                acknowledged=status == HTTPStatus.OK,
                overtaken_by=overtaken_by,
            )
        )


def _owners(place: int) -> set[int]:
    return {place % WRITERS, (place + (place % SHARED == 0)) % WRITERS}
