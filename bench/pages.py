"""The pages that are measured, each with a floor: the least work that could serve it."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from unittest.mock import patch

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from bench.data import fill
from bench.databases import make_database, use_database
from bench.measure import Timing, Work, in_turn
from bench.wire import HEADERS
from dialoogfiches.gesprekken.pdf import gesprek_pdf
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.pdf import preventieplan_pdf
from preventieplan.routekaart.pdf import routekaart_pdf
from stsdialoog import pdf
from stsdialoog.documents import desk, kept
from stsdialoog.documents.document import Document

SIZES = (10, 1000)  # schools in the database; the ankerfiguur follows ten, somebody else all
LONG = 600  # seconds
FIELD = "antwoord-f0-1-v01-toelichting"


@dataclass(frozen=True)
class Figure:
    """The measurements of one page and of its floor, each in the small and the large database."""

    page: str
    timings: tuple[Timing, Timing]
    floors: tuple[Timing, Timing]
    queries: tuple[int, int]
    wire: tuple[int, int]  # bytes


def measure_pages(*, runs: int) -> Iterator[Figure]:
    """Measure every page in both databases, in turn. Yields one figure per page."""
    switches = [partial(use_database, str(schools)) for schools in SIZES]
    per_size = []
    for schools in SIZES:
        make_database(str(schools))
        per_size.append(list(works(*fill(schools=schools))))
    for small, large in zip(*per_size, strict=True):
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
        yield Figure(small.name, (at_small, at_large), (floor_small, floor_large), queries, wire)


@dataclass(frozen=True)
class Page:
    """A page and its floor: a view with one query, or only the layout of the PDF.

    work: gets the page; returns how many bytes it takes on the wire.
    """

    name: str
    work: Callable[[], int]
    floor: Work


def works(anker: User, follower: User) -> Iterator[Page]:
    """The pages to measure, for the two people of a database that `fill` made."""
    dossier = Dossier.objects.filter(school__clb__lidmaatschappen__user=anker).earliest("pk")
    client, everywhere = (logged_in(user) for user in (anker, follower))
    here = f"/dossiers/{dossier.pk}"
    goal = f"{here}/preventieplan/f0-1/"
    yield Page("school list", partial(get, client, "/scholen/"), _bare_view)
    yield Page("school list, all schools", partial(get, everywhere, "/scholen/"), _bare_view)
    yield Page("goal page", partial(get, client, goal), _bare_view)
    yield Page("overview", partial(get, client, f"{here}/overzicht/"), _bare_view)
    yield Page("one save", saver(client, goal, dossier), _bare_view)
    gesprek = dossier.gesprekken.get()
    talk = f"{here}/gesprekken/{gesprek.pk}"
    yield Page("toolbox", partial(get, client, "/toolbox/"), _bare_view)
    yield Page("toolbox, search", partial(get, client, "/toolbox/?zoek=leerlingen"), _bare_view)
    yield Page("step of a talk", partial(get, client, f"{talk}/breed-kijken/"), _bare_view)
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
