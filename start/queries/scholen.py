"""Queries for Mijn scholen: a constant number, however many schools there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, Lower

from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.mensen.access import schools_for
from dossiers.mensen.models import School, User
from dossiers.models import Dossier
from dossiers.velden.forms import whole_number
from start.queries.bars import Bars, fase_0_bars
from start.queries.changes import LAST, WRITTEN, extreme, last_of
from stsdialoog.text import search_words

SCHOLEN_PER_PAGE = 50
# More words than anyone needs to find a school; each word adds a condition to the query.
MAX_WORDS = 6


@dataclass(frozen=True)
class DossierState:
    """A dossier, when it last changed (None: never), and when its next check is due."""

    dossier: Dossier
    last_change: datetime | None
    volgende_check: date | None


@dataclass(frozen=True)
class SchoolRow:
    """A school in the list, with its newest dossier and the number of late actions in it."""

    school: School
    stand: DossierState | None
    bars: Bars | None
    te_laat: int


@dataclass(frozen=True)
class SchoolsPage:
    """A page of the schools that were found; `page` is the paginator's page."""

    page: Page
    rijen: tuple[SchoolRow, ...]


def page_of_schools(*, user: User, zoek: str, number: str | None, today: date) -> SchoolsPage:
    """A page of the schools of a user, those with the most late actions first.

    Four queries; two more for a page that is not there.

    zoek: every word has to occur in the name, the gemeente or the instellingsnummer.
    number: the page number from the URL; an invalid one gives the first or the last page.
    """
    scholen = _in_order(_matching(schools_for(user), zoek), today)
    found, page = _cut(scholen, number)
    return SchoolsPage(page, tuple(_rows(found, today)))


def overdue(today: date) -> Q:
    """The condition for late actions that are not struck: `dossiers.acties.domain.is_overdue` as a
    query.
    """
    not_done = ~Q(stand=Actiestand.KLAAR) & Q(wanneer_op__lt=today)
    not_checked = Q(besluit="", check_op__lt=today)
    return Q(geschrapt_op__isnull=True) & ~Q(besluit=Besluit.STOPPEN) & (not_done | not_checked)


def _matching(scholen: QuerySet[School], zoek: str) -> QuerySet[School]:
    for word in search_words(zoek, at_most=MAX_WORDS):
        scholen = scholen.filter(zoeksleutel__contains=word)
    return scholen


def _in_order(scholen: QuerySet[School], today: date) -> QuerySet[School]:
    """The schools with the most late actions first, with `nieuwste_dossier` and `te_laat`."""
    newest = Dossier.objects.filter(school=OuterRef("pk")).order_by("-schooljaar")
    late = (
        Actie.objects.filter(
            overdue(today),
            dossier=OuterRef("nieuwste_dossier"),
            # Actions of a closed dossier are never late.
            dossier__afgesloten_op__isnull=True,
        )
        .order_by()
        .values("dossier")
        # Not of a column, so that the index of late actions has all that is asked.
        .annotate(aantal=Count("*"))
        .values("aantal")
    )
    return scholen.annotate(
        nieuwste_dossier=Subquery(newest.values("pk")[:1]),
        te_laat=Coalesce(Subquery(late, output_field=IntegerField()), 0),
    ).order_by("-te_laat", Lower("naam"), "pk")


def _cut(scholen: QuerySet[School], number: str | None) -> tuple[list[School], Page]:
    """The schools of one page, and its place among the pages.

    They are counted in the same query: it is costly to send the keys of a thousand schools twice.
    """
    counted = scholen.annotate(totaal=Window(Count("pk")))
    start = (max(whole_number(number or ""), 1) - 1) * SCHOLEN_PER_PAGE
    found: list[Any] = list(counted[start : start + SCHOLEN_PER_PAGE])
    total = found[0].totaal if found else scholen.count()
    page = Paginator(range(total), SCHOLEN_PER_PAGE).get_page(number)
    if page.start_index() != start + 1 and total:
        found = list(scholen[page.start_index() - 1 : page.end_index()])
    return found, page


def _rows(scholen: Sequence[Any], today: date) -> Iterator[SchoolRow]:
    """The rows of these schools, as `_in_order` gives them. Two queries."""
    pks = [school.nieuwste_dossier for school in scholen if school.nieuwste_dossier]
    standings = _standings(pks, today)
    bars = fase_0_bars(pks)
    for school in scholen:
        pk = school.nieuwste_dossier
        yield SchoolRow(school, standings.get(pk), bars.get(pk), school.te_laat)


def _standings(pks: list[UUID], today: date) -> dict[UUID | None, DossierState]:
    coming = Actie.objects.filter(
        dossier__afgesloten_op__isnull=True,
        geschrapt_op__isnull=True,
        besluit="",
        check_op__gte=today,
    )
    dossiers = Dossier.objects.filter(pk__in=pks).annotate(
        **last_of(*WRITTEN),
        eerste_check=extreme(coming, Min("check_op")),
    )
    return {
        dossier.pk: DossierState(
            dossier,
            max(filter(None, map(dossier.__dict__.get, LAST)), default=None),
            dossier.eerste_check,
        )
        for dossier in dossiers
    }
