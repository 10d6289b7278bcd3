"""Members of a board who answer while a storm lasts, and what of it is there afterwards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from random import Random

from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.bestuur.domain.antwoorden import MOST
from preventieplan.bestuur.domain.vaststellen import MOST_ASKED
from preventieplan.bestuur.models import Bestuursantwoord, Bestuurslink, Keuze
from preventieplan.bestuur.proof import COOKIE, proof_of
from storm.oracle import Verdict
from storm.pages import Line
from storm.writers import Log
from stsdialoog.cookies import secure_only
from tests.pages import whole_form
from tests.preventieplan.bestuur.vast import invite, keep

SEATS = 2
# Of these no name, and no number of somebody, is recognised in a sentence.
LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Seat:
    """Where a member answers, and with what: she typed the code from her mail."""

    link: Bestuurslink
    path: str

    @property
    def cookies(self) -> dict[str, str]:
        return {secure_only(COOKIE): proof_of(self.link)}


def make_seats(dossier: Dossier, door: User) -> list[Seat]:
    """Fix a routekaart with questions, and give each member a link."""
    kaart = keep(dossier, door=door, vragen=[f"Vraag {n}?" for n in range(1, MOST_ASKED + 1)])
    invited = (invite(kaart, door=door, email=f"lid{n}@storm.test") for n in range(SEATS))
    return [Seat(link, f"{url}antwoord/") for link, url in invited]


class Member:
    """Somebody who changes her mind until she may not any more, or the storm is over."""

    def __init__(self, *, seat: Seat, line: Line, log: Log, rng: Random) -> None:
        self.seat, self._line, self._log, self._rng = seat, line, log, rng
        # The number of what was asked, and the sentence.
        self.acknowledged: list[tuple[int, str]] = []

    def answer(self) -> None:
        """Raises UnexpectedAnswer."""
        for nummer in [*range(1, MOST_ASKED + 1)] * MOST:
            if self._log.is_full():
                return
            self._answer(nummer)

    def _answer(self, nummer: int) -> None:
        zin = "".join(self._rng.choices(LETTERS, k=20))
        keuze = self._rng.choice(Keuze.values)
        page = whole_form(self._line.get(self.seat.path))
        sent = page | {f"keuze-{nummer}": keuze, f"zin-{nummer}": zin}
        self._line.send(self.seat.path, sent, taken=(HTTPStatus.FOUND,))
        self.acknowledged.append((nummer, zin))


def judge_answers(members: Sequence[Member]) -> Verdict:
    return sum(map(_judge, members), Verdict())


def _judge(member: Member) -> Verdict:
    rows = list(
        Bestuursantwoord.objects.filter(link=member.seat.link)
        .order_by("nummer", "keer")
        .values_list("nummer", "keer", "zin")
    )
    there = Counter((nummer, zin) for nummer, _, zin in rows)
    keren = Counter(nummer for nummer, _, _ in rows)
    return Verdict(
        lost=sum(one not in there for one in member.acknowledged),
        doubled=sum(there.values()) - len(there),
        gaps=sum(keer > keren[nummer] for nummer, keer, _ in rows),
    )
