"""All of Flanders beside a database of one dossier and one of a single CLB: `--flanders`."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import connection
from django.test import Client

from bench.cpu import Ratio, ratio_of
from bench.crowd import Visitor, log_in, server
from bench.databases import make_database, use_database
from bench.meeting import Meeting, Seat, measure_meeting
from bench.pages import cost, get, logged_in, saver
from bench.region import FLANDERS, ONE_CLB, ONE_DOSSIER, THIS_YEAR, fill_region, follow
from bench.wire import first_visit_bytes
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.models import Checklistvraag
from start.regio.domain.settling import settle_month

REGIONS = {"one": ONE_DOSSIER, "clb": ONE_CLB, "flanders": FLANDERS}
FOLLOWED = (50, 1000)  # schools
AT_A_TABLE = 8
CROWDS = (AT_A_TABLE, 4 * AT_A_TABLE)
FIRST_DOSSIER = "00000000-0000-4000-8000-000000000000"
PLAN = f"/dossiers/{FIRST_DOSSIER}/preventieplan"
LIST, TABLE = "/scholen/", "/scholen/?weergave=tabel"
TASKS = "/taken/"
REGIO = f"/regio/?schooljaar={THIS_YEAR}"
TOOLBOX, SEARCH = "/toolbox/", "/toolbox/?zoek=leerlingen"
PAGES = {
    "dossier": f"/dossiers/{FIRST_DOSSIER}/",
    "goal page": f"{PLAN}/f0-1/",
    "plan": f"{PLAN}/",
    "overview": f"/dossiers/{FIRST_DOSSIER}/overzicht/",
    "routekaart": f"/dossiers/{FIRST_DOSSIER}/routekaart/",
}
# A preparation that is not measured, and the work.
Measured = tuple[Callable[[], None], Callable[[], int]]


@dataclass(frozen=True)
class Compared:
    """One thing against another.

    limit: what the upper end of the interval may be at most, where that was agreed.
    """

    name: str
    ratio: Ratio
    limit: float | None
    queries: int
    wire: int


@dataclass(frozen=True)
class Place:
    """A database, and somebody who is logged in there."""

    name: str
    client: Client

    def get(self, path: str) -> Measured:
        return partial(use_database, self.name), partial(get, self.client, path)

    def save(self) -> Measured:
        use_database(self.name)
        work = saver(self.client, f"{PLAN}/f0-1/", Dossier.objects.get(pk=FIRST_DOSSIER))
        return partial(use_database, self.name), work


def make_regions() -> Iterator[tuple[str, float]]:
    """Fill the databases; yields the name of each and how many seconds it took."""
    for name, region in REGIONS.items():
        start = time.perf_counter()
        make_database(name)
        fill_region(region)
        with connection.cursor() as cursor:
            # What autovacuum does some minutes after so many rows came in. Left to itself it would
            # do so while pages are measured, and until then each first reader of a row pays for it.
            cursor.execute("VACUUM ANALYZE")
        yield name, time.perf_counter() - start


def measure_flanders(*, runs: int) -> Iterator[Compared]:
    """What pages take in all of Flanders, beside the smaller databases."""
    one, clb, flanders = (_place(name, "anker0@bench.test") for name in REGIONS)
    few, many = (_place("flanders", follow(count).email) for count in FOLLOWED)
    sts = Place("flanders", logged_in(User.objects.create_superuser("sts@bench.test", "bench")))
    compared: list[tuple[str, Measured, Measured, float | None]] = [
        ("school list of 60: Flanders / its CLB alone", *_both(LIST, clb, flanders), 1.10),
        ("school list: 1 000 schools followed / 50", *_both(LIST, few, many), 1.4),
        ("school table of 60: Flanders / its CLB alone", *_both(TABLE, clb, flanders), 1.10),
        ("school table: 1 000 schools followed / 50", *_both(TABLE, few, many), 1.4),
        ("mijn taken of 60 schools: Flanders / its CLB alone", *_both(TASKS, clb, flanders), 1.10),
        ("regio / goal page, in Flanders", flanders.get(PAGES["goal page"]), sts.get(REGIO), 3.0),
        ("toolbox: search / all", flanders.get(TOOLBOX), flanders.get(SEARCH), 1.3),
        *(
            (f"{name}: Flanders / one dossier", *_both(path, one, flanders), None)
            for name, path in PAGES.items()
        ),
        ("one save: Flanders / one dossier", one.save(), flanders.save(), None),
    ]
    for name, base, other, limit in compared:
        ratio = ratio_of(base, other, runs=runs)
        other[0]()
        yield Compared(name, ratio, limit, *cost(other[1]))


def settle_flanders() -> tuple[int, float]:
    """Settle the figures of a month in all of Flanders: how many dossiers, in how many seconds."""
    use_database("flanders")
    read: list[int] = []
    start = time.perf_counter()
    settle_month(maand=date(THIS_YEAR, 10, 1), track=read.append)
    return sum(read), time.perf_counter() - start


def first_visit() -> int:
    """Bytes of a goal page in Flanders with all that it brings along."""
    return first_visit_bytes(_place("flanders", "anker0@bench.test").client, f"{PLAN}/f0-1/")


def measure_meetings() -> Iterator[Meeting]:
    """Measure meetings of eight people, one and four at once, in the database of Flanders."""
    use_database("flanders")
    session = log_in(User.objects.get(email="anker0@bench.test"))
    # Of one version: the same codes stand in the others too, and two people would save one text.
    versie = Dossier.objects.get(pk=FIRST_DOSSIER).planversie
    vragen = Checklistvraag.objects.filter(doelstelling__versie=versie, doelstelling__code="f0-1")
    velden = [f"antwoord-{vraag.code}-toelichting" for vraag in vragen][:AT_A_TABLE]
    open_ones = Dossier.objects.filter(school__clb__naam="CLB 0", afgesloten_op=None)
    # In the first one the bench has saved already.
    open_ones = open_ones.exclude(pk=FIRST_DOSSIER)
    plans = iter([f"/dossiers/{one.pk}/preventieplan" for one in open_ones.order_by("pk")])
    with server() as port:
        visitor = Visitor(port, session)
        for clients in CROWDS:
            tables = [next(plans) for _ in range(clients // AT_A_TABLE)]
            yield measure_meeting([Seat(visitor, plan, veld) for plan in tables for veld in velden])


def _both(path: str, base: Place, other: Place) -> tuple[Measured, Measured]:
    return base.get(path), other.get(path)


def _place(name: str, email: str) -> Place:
    use_database(name)
    return Place(name, logged_in(User.objects.get(email=email)))
