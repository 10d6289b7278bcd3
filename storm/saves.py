"""Saves over HTTP while what serves them is killed, and what the history says of it afterwards."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from io import StringIO
from itertools import cycle
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.models import Onderdeel
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.models import Dossier
from dossiers.velden.models import as_text
from dossiers.velden.registry import find_veld
from preventieplan.models import Doelstelling
from storm.cast import log_in
from storm.databases import Database
from storm.gunicorn import Gunicorn, gunicorn
from storm.oracle import History, Row, Verdict, judge
from storm.pages import Line, Tries
from storm.writers import WRITERS, Log, Writer

SAVES_PER_KILL = 200
FEWEST_KILLS = 4  # of each kind at least one
WORKER, MASTER, POSTMASTER = "workers", "masters", "postmasters"
# A master takes longer to come back than a worker, and takes both of them along.
ORDER = (WORKER, MASTER, WORKER, POSTMASTER)
GOALS, STEPS = 4, 2
SCHOOL = "Campus Velpekouter"


@dataclass(frozen=True)
class Outcome:
    """What was sent, what was killed meanwhile, and what is in the history.

    failed: requests without an answer, or with a 500, which were sent again.
    """

    log: Log
    kills: Counter[str]
    failed: int
    seconds: float
    verdict: Verdict


def storm_saves(*, saves: int, seed: int, database: Database, folder: Path) -> Outcome:
    """Let people type until so many texts are acknowledged. Raises UnexpectedAnswer."""
    dossier, sessions = _make_dossier()
    paths = _paths(dossier)
    _let_go()
    log, tries, start = Log(saves), Tries(), time.monotonic()
    with gunicorn(folder) as server:
        writers = [
            Writer(
                number=number,
                lines=(Line(server.port, session, tries), Line(server.port, session, tries)),
                paths=paths,
                log=log,
                rng=Random(f"{seed} {number}"),
            )
            for number, session in enumerate(sessions)
        ]
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(writer.write) for writer in writers]
            try:
                kills = _kill(server, database, log, writing, Random(seed))
                wait(writing, return_when=FIRST_EXCEPTION)
            finally:
                log.stop()
        for one in writing:
            one.result()
    seconds = time.monotonic() - start
    histories = {veld: _history(dossier, veld) for veld in {one.veld for one in log.sent}}
    return Outcome(log, kills, tries.failed, seconds, judge(log.sent, histories))


def _make_dossier() -> tuple[Dossier, list[str]]:
    """The full dossier of the demo, and a session for each who will write in it."""
    call_command("migrate", verbosity=0)
    call_command("laad_materialen", stdout=StringIO())
    call_command("demo", ook_buiten_debug=True, stdout=StringIO())
    dossier = Dossier.objects.filter(school__naam=SCHOOL).latest("schooljaar")
    people = [
        User.objects.create_user(f"schrijver{number}@storm.test", None, naam=f"Schrijver {number}")
        for number in range(WRITERS)
    ]
    for user in people:
        Lidmaatschap.objects.create(user=user, school=dossier.school, rol=Rol.SCHOOLTEAM)
    return dossier, [log_in(user) for user in people]


def _let_go() -> None:
    """Keep no connection: the server that it leads to will be killed."""
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _paths(dossier: Dossier) -> list[str]:
    """Some goals, some steps of a talk, and the sentences of the routekaart."""
    doelen = Doelstelling.objects.filter(versie=dossier.planversie)[:GOALS]
    gesprek = Gesprek.objects.filter(dossier=dossier, geschrapt_op=None).first()
    assert gesprek, "the demo has a talk"
    stappen = Onderdeel.objects.filter(versie=gesprek.versie).steps()[:STEPS]
    return [
        *(reverse("doelstelling", args=[dossier.pk, doel.code]) for doel in doelen),
        *(reverse("gesprekstap", args=[dossier.pk, gesprek.pk, one.code]) for one in stappen),
        reverse("routekaart", args=[dossier.pk]),
    ]


def _kill(
    server: Gunicorn, database: Database, log: Log, writing: list[Future[None]], rng: Random
) -> Counter[str]:
    """Kill something again and again, until enough was saved or nobody writes any more."""
    kinds: dict[str, Callable[[], None]] = {
        WORKER: lambda: server.kill_worker(rng),
        MASTER: server.kill_master,
    }
    if database.server:
        kinds[POSTMASTER] = database.server.restart_killed
    order = [kind for kind in ORDER if kind in kinds]
    kills: Counter[str] = Counter()
    every = min(SAVES_PER_KILL, log.enough // (FEWEST_KILLS + 1))
    for at, kind in zip(range(every, log.enough, every), cycle(order), strict=False):
        while log.acknowledged < at:
            if any(one.done() for one in writing):
                return kills
            time.sleep(0.05)
        kinds[kind]()
        kills[kind] += 1
    return kills


def _history(dossier: Dossier, veld: str) -> History:
    found = find_veld(dossier=dossier, naam=veld)
    rows = found.record.history().filter(veld=found.veld).order_by("revisie")
    return History(
        rows=[Row(row.revisie, row.waarde, row.pagina, row.nummer) for row in rows],
        revisie=found.record.revisie(found.veld),
        text=as_text(getattr(found.record, found.veld)),
    )
