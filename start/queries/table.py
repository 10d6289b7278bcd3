"""All schools of a user in a table: a page of them, in the order of a column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, Lower

from dossiers.acties.models import Actie
from dossiers.mensen.access import Places
from dossiers.mensen.models import School
from dossiers.models import Dossier
from dossiers.velden.forms import whole_number
from start.queries.changes import first_check, last_change
from start.queries.groups import in_groups
from start.queries.rows import DossierState, states_of
from start.queries.scholen import Selection, gemeenten_of, overdue, selected, with_dossier

SCHOLEN_PER_PAGE = 50
# What one can sort by, with its heading.
COLUMNS = {
    "naam": "School",
    "gemeente": "Gemeente",
    "niveau": "Niveau",
    "schooljaar": "Schooljaar",
    "gewerkt": "Laatst bijgewerkt",
    "check": "Volgende check",
    "te-laat": "Over tijd",
}
# In these, what is most or newest comes first.
DOWN_FIRST = ("schooljaar", "gewerkt", "te-laat")
AS_NEEDED = "-te-laat"


@dataclass(frozen=True)
class TableRow:
    """A school, the dossier to look at, and the number of late actions in it."""

    school: School
    stand: DossierState | None
    te_laat: int


@dataclass(frozen=True)
class TablePage:
    """A page of the schools that were found; `page` is the paginator's page.

    gemeenten: those of all schools of the user, to choose from.
    """

    page: Page
    rijen: tuple[TableRow, ...]
    gemeenten: tuple[str, ...]


def table_of(*, places: Places, selection: Selection, number: str | None, today: date) -> TablePage:
    """A page of the schools that are asked for. Four queries.

    One more for a group, and for a page that is not there.

    number: the page number from the URL; an invalid one gives the first or the last page.
    """
    scholen = selected(places, selection)
    if selection.groep:
        found = in_groups(scholen, today)[selection.groep]
        scholen = School.objects.filter(pk__among=[place.school for place in found])
    rows, page = _cut(_in_order(scholen, selection.sorteer or AS_NEEDED, today), number)
    return TablePage(page, tuple(_rows(rows, today)), gemeenten_of(places))


def _in_order(scholen: QuerySet[School], sorteer: str, today: date) -> QuerySet[School]:
    """The schools with `dossier_key` and `te_laat`, in the order of a column."""
    late = (
        Actie.objects.filter(
            overdue(today),
            dossier=OuterRef("dossier_key"),
            # Actions of a closed dossier are never late.
            dossier__afgesloten_op__isnull=True,
        )
        .order_by()
        .values("dossier")
        # Not of a column, so that the index of late actions has all that is asked.
        .annotate(aantal=Count("*"))
        .values("aantal")
    )
    scholen = with_dossier(scholen, today).annotate(
        te_laat=Coalesce(Subquery(late, output_field=IntegerField()), 0)
    )
    by = _orders(today)[sorteer.removeprefix("-")]
    order = by.desc(nulls_last=True) if sorteer.startswith("-") else by.asc(nulls_last=True)
    return scholen.order_by(order, Lower("naam"), "pk")


def _orders(today: date) -> dict[str, Any]:
    """What each column is ordered by; what a school does not have comes last."""
    dossier = Dossier.objects.filter(pk=OuterRef("dossier_key"))
    return {
        "naam": Lower("naam"),
        "gemeente": Lower("gemeente"),
        "niveau": F("niveau"),
        "schooljaar": Subquery(dossier.values("schooljaar")),
        "gewerkt": last_change(of="dossier_key"),
        "check": first_check(today, of="dossier_key"),
        "te-laat": F("te_laat"),
    }


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


def _rows(scholen: Sequence[Any], today: date) -> Iterator[TableRow]:
    states = states_of([one.dossier_key for one in scholen if one.dossier_key], today)
    for school in scholen:
        yield TableRow(school, states.get(school.dossier_key), school.te_laat)
