"""What goes when a school stops, for the page on which one asks it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dossiers.mensen.models import CLB, School
from dossiers.models import Dossier
from start.domain.erasing import day_to_erase
from stsdialoog.wislijst import WACHTTIJD


@dataclass(frozen=True)
class Leaving:
    """A dossier that goes with its school. later: whether something in it has to wait longer."""

    dossier: Dossier
    dag: date
    later: bool


def dossiers_of(school: School, *, today: date) -> list[Leaving]:
    """The dossiers of a school, newest first, with the day on which each goes when it is asked
    today, or on which it was going to already. Two queries, and one for each dossier.
    """
    return [_leaving(one, today=today) for one in school.dossiers.select_related("school")]


def dossiers_of_clb(clb: CLB) -> QuerySet[Dossier]:
    """The dossiers of all schools of a CLB, with their school, by name and newest first."""
    found = Dossier.objects.filter(school__clb=clb, school__oefen=False).select_related("school")
    return found.order_by("school__naam", "school_id", "-schooljaar")


def _leaving(dossier: Dossier, *, today: date) -> Leaving:
    dag = dossier.wissen_op or day_to_erase(dossier, today=today)
    return Leaving(dossier, dag, later=dag > today + WACHTTIJD)
