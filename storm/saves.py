"""Saves over HTTP while what serves them is killed, and what the history says of it afterwards."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import cycle
from pathlib import Path
from random import Random
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.models import Onderdeel
from dossiers.acties.models import Actie
from dossiers.domain import FIRST_MONTH
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.models import Dossier
from dossiers.velden.models import as_text
from dossiers.velden.registry import find_veld
from preventieplan.models import Doelstelling
from start.nieuw_jaar.domain.starting import start_schooljaar
from storm.board import SEATS, Member, judge_answers, make_seats
from storm.cast import log_in
from storm.databases import Database
from storm.gunicorn import Gunicorn, gunicorn
from storm.oracle import History, Row, Verdict, judge
from storm.pages import Line, Tries
from storm.writers import WRITERS, Log, Writer

SAVES_PER_ACT = 200
FEWEST_ACTS = 4  # of each kind at least one
WORKER, MASTER, POSTMASTER = "workers killed", "masters killed", "postmasters killed"
# A master takes longer to come back than a worker, and takes both of them along.
ORDER = (WORKER, MASTER, WORKER, POSTMASTER)
GOALS, STEPS, CHECKS = 4, 2, 2
SCHOOL = "Campus Velpekouter"

# What is done to a server, and how.
Act = tuple[str, Callable[[], None]]


@dataclass(frozen=True)
class Outcome:
    """What was sent, what was done to the server meanwhile, and what is in the history.

    failed: requests without an answer, or with a 500, which were sent again.
    answered: how many answers of a board were acknowledged.
    """

    log: Log
    done: Counter[str]
    failed: int
    answered: int
    seconds: float
    verdict: Verdict


def storm_saves(*, saves: int, seed: int, database: Database, folder: Path) -> Outcome:
    """Let people type until so many texts are acknowledged. Raises UnexpectedAnswer."""
    typing = Typing(saves, seed)
    with gunicorn(folder) as server:
        kills = _kills(server, database, Random(seed))
        return typing.during(kills, lambda cookies, tries: Line(server.port, cookies, tries))


class Typing:
    """People who type in a dossier that goes on from last year, until so many texts are
    acknowledged, while members of its board answer."""

    def __init__(self, saves: int, seed: int) -> None:
        self._saves, self._seed = saves, seed
        self._dossier, people = _make_dossier()
        self._people = [{settings.SESSION_COOKIE_NAME: log_in(user)} for user in people]
        self._paths = _paths(self._dossier)
        self._seats = make_seats(self._dossier, people[0])
        _let_go()

    def during(
        self, acts: Sequence[Act], line: Callable[[Mapping[str, str], Tries], Line]
    ) -> Outcome:
        """Let them type while those acts are done, one after the other and over again.

        line: a connection with some cookies. Raises UnexpectedAnswer.
        """
        log, tries, start = Log(self._saves), Tries(), time.monotonic()
        writers = [
            Writer(
                number=number,
                lines=(line(cookies, tries), line(cookies, tries)),
                paths=self._paths,
                log=log,
                rng=Random(f"{self._seed} {number}"),
            )
            for number, cookies in enumerate(self._people)
        ]
        members = [
            Member(
                seat=seat,
                line=line(seat.cookies, tries),
                log=log,
                rng=Random(f"{self._seed} board {number}"),
            )
            for number, seat in enumerate(self._seats)
        ]
        with ThreadPoolExecutor(WRITERS + SEATS) as pool:
            writing = [pool.submit(writer.write) for writer in writers]
            # Each is done when she may change nothing any more.
            answering = [pool.submit(member.answer) for member in members]
            try:
                done = _do(acts, log, writing)
                wait(writing, return_when=FIRST_EXCEPTION)
            finally:
                log.stop()
        for one in (*writing, *answering):
            one.result()
        seconds = time.monotonic() - start
        histories = {veld: _history(self._dossier, veld) for veld in {one.veld for one in log.sent}}
        verdict = judge(log.sent, histories) + judge_answers(members)
        answered = sum(len(member.acknowledged) for member in members)
        return Outcome(log, done, tries.failed, answered, seconds, verdict)


def _make_dossier() -> tuple[Dossier, list[User]]:
    """A dossier that goes on from the full one of the demo, and those who will write in it."""
    call_command("migrate", verbosity=0)
    call_command("laad_materialen", stdout=StringIO())
    call_command("demo", ook_buiten_debug=True, stdout=StringIO())
    vorig = Dossier.objects.filter(school__naam=SCHOOL).latest("schooljaar")
    people = [
        User.objects.create_user(f"schrijver{number}@storm.test", None, naam=f"Schrijver {number}")
        for number in range(WRITERS)
    ]
    for user in people:
        Lidmaatschap.objects.create(user=user, school=vorig.school, rol=Rol.SCHOOLTEAM)
    return _go_on_from(vorig, people[0]), people


def _go_on_from(vorig: Dossier, door: User) -> Dossier:
    """The next schooljaar, with another talk."""
    first_day = date(vorig.schooljaar + 1, FIRST_MONTH, 1)
    dossier = start_schooljaar(vorig=vorig, door=door, today=first_day).dossier
    gesprek = Gesprek.objects.filter(dossier=vorig, geschrapt_op=None).first()
    assert gesprek, "the demo has a talk"
    start_gesprek(
        dossier=dossier,
        versie=gesprek.versie,
        sleutel=uuid4(),
        titel=gesprek.titel,
        door=door,
    )
    return dossier


def _let_go() -> None:
    """Keep no connection: the server that it leads to will be killed."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _paths(dossier: Dossier) -> list[str]:
    """Some goals, some steps of a talk, some checks, and the sentences of the routekaart."""
    doelen = Doelstelling.objects.filter(versie=dossier.planversie)[:GOALS]
    gesprek = Gesprek.objects.get(dossier=dossier)
    stappen = Onderdeel.objects.filter(versie=gesprek.versie).steps()[:STEPS]
    acties = Actie.objects.filter(dossier=dossier, geschrapt_op=None, besluit="")[:CHECKS]
    return [
        *(reverse("doelstelling", args=[dossier.pk, doel.code]) for doel in doelen),
        *(reverse("gesprekstap", args=[dossier.pk, gesprek.pk, one.code]) for one in stappen),
        *(reverse("check", args=[dossier.pk, actie.pk]) for actie in acties),
        reverse("routekaart", args=[dossier.pk]),
    ]


def _kills(server: Gunicorn, database: Database, rng: Random) -> list[Act]:
    kinds: dict[str, Callable[[], None]] = {
        WORKER: lambda: server.kill_worker(rng),
        MASTER: server.kill_master,
    }
    if database.server:
        kinds[POSTMASTER] = database.server.restart_killed
    return [(kind, kinds[kind]) for kind in ORDER if kind in kinds]


def _do(acts: Sequence[Act], log: Log, writing: list[Future[None]]) -> Counter[str]:
    """Do one after the other, until enough was saved or nobody writes any more."""
    done: Counter[str] = Counter()
    every = min(SAVES_PER_ACT, log.enough // (FEWEST_ACTS + 1))
    for at, (kind, act) in zip(range(every, log.enough, every), cycle(acts), strict=False):
        while log.acknowledged < at:
            if any(one.done() for one in writing):
                return done
            time.sleep(0.05)
        act()
        done[kind] += 1
    return done


def _history(dossier: Dossier, veld: str) -> History:
    found = find_veld(dossier=dossier, naam=veld)
    rows = found.record.history().filter(veld=found.veld).order_by("revisie")
    return History(
        rows=[Row(row.revisie, row.waarde, row.pagina, row.nummer) for row in rows],
        revisie=found.record.revisie(found.veld),
        text=as_text(getattr(found.record, found.veld)),
    )
