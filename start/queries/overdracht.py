"""What somebody who is new has to know: of one dossier, and of all schools of a CLB.

Nothing of talks with parents: how many of them the reader may open is on her screen alone, because
paper goes on to others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from dialoogfiches.oudergesprekken.access import oudergesprekken_for
from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.mensen.access import Places
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from dossiers.models import Dossier
from preventieplan.queries.plan import GoalState
from start.queries.dossier import ActionLine, DossierPage, dossier_page
from start.queries.rows import DossierState, schools_by_key, states_of
from start.queries.scholen import Selection, selected, with_dossier

# As many of each kind as fit on one page of paper.
MOST_ACTIES, MOST_CHECKS, MOST_DOELEN, MOST_GESPREKKEN = 10, 5, 4, 2
PER_PAGE = 40


@dataclass(frozen=True)
class Some:
    """The first of a list, and how many more there are."""

    eerste: tuple[Any, ...]
    meer: int


@dataclass(frozen=True)
class HandoverSheet:
    """What is open in a dossier, and where its team left off.

    beloftes: actions that are not done, the late ones first. checks: what is to be looked back on.
    """

    page: DossierPage
    beloftes: Some
    checks: Some
    prioriteiten: Some
    focus: Some
    gesprekken: Some

    @property
    def wie(self) -> tuple[tuple[str, str], ...]:
        """Each role with the names of who has it."""
        roles = groupby(self.page.team, key=lambda lid: lid.rol)
        return tuple((rol.label, ", ".join(str(one.user) for one in of)) for rol, of in roles)

    @property
    def is_empty(self) -> bool:
        return self.page.is_empty and not self.beloftes.eerste and not self.gesprekken.eerste


@dataclass(frozen=True)
class HandoverRow:
    """One school, for whoever takes over many: who works there and where its dossier stands.

    open: how many actions are not finished.
    """

    school: School
    stand: DossierState | None
    team: tuple[str, ...]
    open: int


def handover_sheet(*, dossier: Dossier, today: date, clb: bool) -> HandoverSheet:
    """What to hand over of a dossier. The queries are those of its page.

    dossier: from the access check, with its `recht`.
    clb: whether the user works for the CLB of the school.
    """
    page = dossier_page(dossier=dossier, today=today, clb=clb)
    doelen = [doel for fase in page.fasen for doel in fase.doelen]
    return HandoverSheet(
        page,
        _first((one for one in page.acties if not one.is_check), MOST_ACTIES),
        _first(_by_day(one for one in page.acties if one.is_check), MOST_CHECKS),
        _first((doel for doel in doelen if doel.is_prioriteit), MOST_DOELEN),
        _first(_with_focus(doelen), MOST_DOELEN),
        _first(page.gesprekken, MOST_GESPREKKEN),
    )


def talks_to_open(*, user: User, dossier: Dossier) -> int:
    """How many talks with parents of this dossier the user may open: her own, and shared ones."""
    return oudergesprekken_for(user=user, dossier=dossier).count()


def handover_rows(
    *, clb: CLB, places: Places, today: date, number: str | None
) -> "Page[HandoverRow]":
    """The schools of a CLB that a user follows, a page at a time, by name. Six queries."""
    scholen = with_dossier(selected(places, Selection()).filter(clb=clb), today)
    page = Paginator(scholen.order_by("naam", "pk"), PER_PAGE).get_page(number)
    found = list(page.object_list)
    schools = schools_by_key([one.pk for one in found])
    states = states_of([one.dossier_key for one in found if one.dossier_key], today)
    teams, acties = _teams(schools.values()), _open_acties(states)
    page.object_list = [
        HandoverRow(
            schools[one.pk],
            states.get(one.dossier_key),
            tuple(teams.get(one.pk, ())),
            acties.get(one.dossier_key, 0),
        )
        for one in found
    ]
    return page


def _teams(schools: Iterable[School]) -> dict[Any, list[str]]:
    """The names of who works in each of these schools itself, by its key."""
    active = Lidmaatschap.objects.active().filter(rol=Rol.SCHOOLTEAM, user__is_active=True)
    teams: dict[Any, list[str]] = {}
    rows = active.filter(school__in=list(schools)).order_by("user__naam")
    for school, naam, email in rows.values_list("school", "user__naam", "user__email"):
        teams.setdefault(school, []).append(naam or email)
    return teams


def _open_acties(keys: Iterable[UUID]) -> dict[Any, int]:
    """How many actions of each dossier ask for something: `is_finished` as a query."""
    looked_back = ~Q(besluit="") | Q(check_op__isnull=True)
    finished = Q(besluit=Besluit.STOPPEN) | Q(looked_back, stand=Actiestand.KLAAR)
    rows = Actie.objects.filter(~finished, geschrapt_op__isnull=True, dossier__in=list(keys))
    return dict(rows.order_by().values_list("dossier").annotate(aantal=Count("pk")))


def _first(found: Iterable[Any], most: int) -> Some:
    everything = tuple(found)
    return Some(everything[:most], max(0, len(everything) - most))


def _by_day(lines: Iterable[ActionLine]) -> list[ActionLine]:
    return sorted(lines, key=lambda one: one.datum or date.max)


def _with_focus(doelen: Iterable[GoalState]) -> Iterable[GoalState]:
    return (doel for doel in doelen if doel.focus.strip())
