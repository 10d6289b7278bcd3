"""What people wait for a save while `ruim_op` works through a large database: `--opruimen`.

On PostgreSQL in all of Flanders, on SQLite among five hundred schools.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from bench.crowd import Visitor, database_url, log_in, server
from bench.data import fill
from bench.databases import make_database
from bench.measure import Timing
from bench.meeting import Seat
from bench.region import FLANDERS, fill_region
from dossiers.logboek.models import DAGEN_BEWAARD, Logregel
from dossiers.mensen.models import Rol, School, Sessie, Uitnodiging, User
from dossiers.models import Dossier
from preventieplan.models import Checklistvraag
from start.queries.changes import WRITTEN
from stsdialoog.counters.models import Counter

SCHOOLS = 500  # on SQLite
YEAR = timedelta(days=365)
PEOPLE = 8
ALONE = 25  # saves of each before it begins
# What is due: so many dossiers to erase, and as many to announce, and so many rows of each kind
# that only has a term.
DOSSIERS, ROWS = 200, 20_000


@dataclass(frozen=True)
class Opruimen:
    """alone, beside: how long a save takes before it begins, and while it goes on.

    due: how many records were due; seconds: how long it took.
    """

    alone: Timing
    beside: Timing
    due: int
    seconds: float


def measure_opruimen() -> Opruimen:
    make_database("opruimen")
    if connection.vendor == "postgresql":
        fill_region(FLANDERS)
    else:
        fill(schools=SCHOOLS)
    due = _make_due()
    with server() as port:
        seats = _seats(port)
        alone = _together(seats, lambda turn: turn < ALONE)
        start = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "manage.py", "ruim_op"],
            env=os.environ | {"DATABASE_URL": database_url(), "EMAIL_URL": "dummymail://"},
        ) as tidying:
            beside = _together(seats, lambda _: tidying.poll() is None)
            assert tidying.wait() == 0
        return Opruimen(alone, beside, due, time.perf_counter() - start)


def _seats(port: int) -> list[Seat]:
    """Eight people in the first goal of one dossier that stays, each in a field of her own."""
    dossier = Dossier.objects.filter(afgesloten_op__isnull=True).order_by("pk")[0]
    clb = dossier.school.clb
    session = log_in(User.objects.get(lidmaatschappen__clb=clb))
    vragen = Checklistvraag.objects.filter(
        doelstelling__versie=dossier.planversie, doelstelling__code="f0-1"
    )
    plan = f"/dossiers/{dossier.pk}/preventieplan"
    velden = [f"antwoord-{vraag.code}-toelichting" for vraag in vragen][:PEOPLE]
    return [Seat(Visitor(port, session), plan, veld) for veld in velden]


def _together(seats: list[Seat], goes_on: Callable[[int], bool]) -> Timing:
    with ThreadPoolExecutor(len(seats)) as pool:
        found = pool.map(lambda seat: _one_by_one(seat, goes_on), seats)
        return Timing(tuple(seconds for person in found for seconds in person))


def _one_by_one(seat: Seat, goes_on: Callable[[int], bool]) -> list[float]:
    seconds: list[float] = []
    while goes_on(len(seconds)):
        start = time.perf_counter()
        seat.save()
        seconds.append(time.perf_counter() - start)
        # People type in between.
        time.sleep(0.1)
    return seconds


def _make_due() -> int:
    """Records of each kind whose time is over; returns how many."""
    now, today = timezone.now(), timezone.localdate()
    oldest = list(Dossier.objects.order_by("schooljaar", "-pk").values_list("pk", flat=True))
    Dossier.objects.filter(pk__in=oldest[:DOSSIERS]).update(afgesloten_op=now, wissen_op=today)
    kept = oldest[DOSSIERS : 2 * DOSSIERS]
    long_ago = now - timedelta(days=DAGEN_BEWAARD + 9)
    for model in WRITTEN:
        model._default_manager.filter(dossier__in=kept).update(gewijzigd_op=now - 20 * YEAR)
    Dossier.objects.filter(pk__in=kept).update(schooljaar=2000, afgesloten_op=None)
    door, school = User.objects.first(), School.objects.first()
    assert door
    assert school
    Sessie.objects.bulk_create(
        Sessie(session_key=f"oud{nr:029}", session_data="", expire_date=long_ago)
        for nr in range(ROWS)
    )
    Counter.objects.bulk_create(
        Counter(digest=f"{nr:064}", value=1, expires=long_ago) for nr in range(ROWS)
    )
    Uitnodiging.objects.bulk_create(
        Uitnodiging(
            email=f"gast{nr}@bench.test",
            school=school,
            rol=Rol.LEZER,
            token_digest=f"{nr:064}",
            door=door,
            gemaakt_op=long_ago - timedelta(days=14),
            vervalt_op=long_ago,
        )
        for nr in range(ROWS)
    )
    Logregel.objects.bulk_create(
        Logregel(
            op=long_ago,
            handeling=Logregel.Handeling.INGELOGD,
            soort="user",
            record_id=str(UUID(int=nr)),
        )
        for nr in range(ROWS)
    )
    return 2 * DOSSIERS + 4 * ROWS
