"""The pages that are measured, each with a floor: the least work that could serve it."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import count
from unittest.mock import patch

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from bench.data import (
    ACTIONS,
    FEW,
    FULL_GOAL,
    LARGEST_CLB,
    MANY,
    THIS_YEAR,
    fill,
    fill_last_year,
)
from bench.databases import make_database, use_database
from bench.largest import GOAL
from bench.measure import Timing, Work, in_turn
from bench.wire import HEADERS, elements
from dialoogfiches.gesprekken.pdf import gesprek_pdf
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.weergave import Weergave
from preventieplan.domain.last_year import confirm
from preventieplan.pdf import preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from start.nieuw_jaar.domain.starting import start_schooljaar
from stsdialoog import pdf
from stsdialoog.documents import desk, kept
from stsdialoog.documents.document import Document

SIZES = (10, 1000)  # schools in the database; the ankerfiguur follows ten, somebody else all
LONG = 600  # seconds
GOAL_PAGE = "goal page"
CLB_OVERVIEW = f"overview of a CLB, at most {LARGEST_CLB} schools"
FIELD = "antwoord-f0-1-v01-toelichting"


@dataclass(frozen=True)
class Figure:
    """The measurements of one page and of its floor, each in the small and the large database."""

    page: str
    timings: tuple[Timing, Timing]
    floors: tuple[Timing, Timing]
    queries: tuple[int, int]
    wire: tuple[int, int]  # bytes
    elements: int | None  # of a page, in the large database


def measure_pages(*, runs: int) -> Iterator[Figure]:
    """Measure every page in both databases, in turn. Yields one figure per page."""
    per_size = []
    for schools in SIZES:
        make_database(str(schools))
        per_size.append(list(works(*fill(schools=schools))))
    for small, large in zip(*per_size, strict=True):
        switches = [
            partial(_switch, str(schools), page)
            for schools, page in zip(SIZES, (small, large), strict=True)
        ]
        both = [
            (switch, work)
            for switch, page in zip(switches, (small, large), strict=True)
            for work in (page.work, page.floor)
        ]
        at_small, floor_small, at_large, floor_large = in_turn(both, runs=runs)
        costs = []
        for switch, page in zip(switches, (small, large), strict=True):
            switch()
            costs.append(cost(page.work))
        queries, wire = zip(*costs, strict=True)
        counted = large.elements() if large.elements else None
        timings, floors = (at_small, at_large), (floor_small, floor_large)
        yield Figure(small.name, timings, floors, queries, wire, counted)


@dataclass(frozen=True)
class Page:
    """A page and its floor: a view with one query, or only the layout of the PDF.

    work: gets the page; returns how many bytes it takes on the wire.
    elements: counts what is in a page of HTML.
    keeps: whether a process keeps something of the one database that it serves, and not of two in
        turn: it then gets the page once more before each time that counts.
    """

    name: str
    work: Callable[[], int]
    floor: Work
    elements: Callable[[], int] | None = None
    keeps: bool = False


def _switch(database: str, page: Page) -> None:
    use_database(database)
    if page.keeps:
        page.work()


def works(anker: User, follower: User) -> Iterator[Page]:
    """The pages to measure, for the two people of a database that `fill` made."""
    dossiers = Dossier.objects.filter(school__clb__lidmaatschappen__user=anker)
    dossier = dossiers.filter(schooljaar=THIS_YEAR).earliest("pk")
    largest = dossiers.get(schooljaar=FULL_GOAL).school.dossiers
    full, few, many = (largest.get(schooljaar=year) for year in (FULL_GOAL, FEW, MANY))
    client, everywhere, clb = (logged_in(user) for user in (anker, follower, fill_last_year()))
    here = f"/dossiers/{dossier.pk}"
    goal = f"{here}/preventieplan/f0-1/"
    yield _page("school list", client, "/scholen/")
    yield _page("school list, all schools", everywhere, "/scholen/")
    yield _page("mijn taken", client, "/taken/")
    yield _page(CLB_OVERVIEW, clb, f"/clb/overzicht/?schooljaar={THIS_YEAR}")
    yield _page(GOAL_PAGE, client, goal)
    for view in Weergave:
        # With a stop, or the view would be kept for the other pages.
        address = f"/dossiers/{full.pk}/preventieplan/{GOAL}/?weergave={view}&stop="
        yield _page(f"{GOAL_PAGE}, full, {view}", client, address)
    yield _page("overview", client, f"{here}/overzicht/")
    for one in (few, many):
        name = overview_of(ACTIONS[one.schooljaar])
        yield _page(name, client, f"/dossiers/{one.pk}/overzicht/")
    yield Page("one save", saver(client, goal, dossier), _bare_view)
    name = f"start of a schooljaar, {ACTIONS[MANY]} actions"
    yield Page(name, partial(_start_schooljaar, many, anker), _bare_view)
    name = "start of a schooljaar, all confirmed"
    yield Page(name, partial(_start_schooljaar, dossier, anker), _bare_view)
    gesprek = dossier.gesprekken.get()
    talk = f"{here}/gesprekken/{gesprek.pk}"
    yield _page("toolbox", client, "/toolbox/")
    yield _page("toolbox, search", client, "/toolbox/?zoek=leerlingen", keeps=True)
    yield _page("step of a talk", client, f"{talk}/breed-kijken/")
    for name, url, make in (
        (
            "routekaart",
            f"{here}/routekaart",
            partial(routekaart_pdf, dossier, today=timezone.localdate()),
        ),
        ("preventieplan", f"{here}/preventieplan", partial(preventieplan_pdf, dossier)),
        ("talk", talk, partial(gesprek_pdf, dossier, gesprek)),
    ):
        floor = _static_page(make())
        pages = len(PdfReader(io.BytesIO(floor())).pages)
        title = f"{name}.pdf, {pages} p."
        yield Page(title, partial(_get_new, client, f"{url}.pdf"), floor)
        yield Page(f"{title}, again", partial(get, client, f"{url}.pdf"), floor)


def overview_of(actions: int) -> str:
    return f"overview, {actions} actions"


def _page(name: str, client: Client, url: str, *, keeps: bool = False) -> Page:
    counted = partial(elements, client, url)
    return Page(name, partial(get, client, url), _bare_view, counted, keeps)


def logged_in(user: User) -> Client:
    """A browser that reads compressed pages."""
    client = Client(headers=HEADERS)
    client.force_login(user)
    return client


def get(client: Client, url: str) -> int:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return len(response.content)


def saver(client: Client, url: str, dossier: Dossier) -> Callable[[], int]:
    antwoord = dossier.antwoorden.get(vraag__code="f0-1-v01")
    revisies = count(antwoord.toelichting_revisie)

    def save() -> int:
        basis = next(revisies)
        data = {"veld": FIELD, FIELD: f"Tekst {basis}", f"{FIELD}_basis": str(basis)}
        response = client.post(url, data, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.status_code
        return len(response.content)

    return save


def _start_schooljaar(vorig: Dossier, door: User) -> int:
    """Start the schooljaar behind a full dossier and confirm all of it, and take that back."""
    today = date(vorig.schooljaar + 1, 9, 1)
    with transaction.atomic():
        started = start_schooljaar(vorig=vorig, door=door, today=today).dossier
        confirmed = confirm(dossier=started, door=door)
        transaction.set_rollback(True)
    return confirmed


def _bare_view() -> None:
    """Run a view with one query, without middleware or a template."""
    _one_query(RequestFactory().get("/"))


def _one_query(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return HttpResponse(str(cursor.fetchone()))


def _get_new(client: Client, url: str) -> int:
    """Get a document that nobody asked for before, however long that takes."""
    for owner in kept.owners():
        kept.forget(owner)
    with patch.object(desk, "PATIENCE", LONG):
        return get(client, url)


def _static_page(document: Document) -> Callable[[], bytes]:
    """Give the work of laying out a PDF whose HTML was rendered beforehand."""
    return lambda: pdf.write_pdf(document.html, styles=document.styles)


def cost(work: Callable[[], int]) -> tuple[int, int]:
    """How many queries and bytes a page takes."""
    with CaptureQueriesContext(connection) as captured:
        wire = work()
    return len(captured), wire
