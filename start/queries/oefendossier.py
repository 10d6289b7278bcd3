"""Where somebody can practise, and who else does."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from dossiers.domain import schooljaar_of
from dossiers.mensen.access import clbs_worked_for
from dossiers.mensen.models import CLB, User
from dossiers.models import Dossier
from start.domain.why import on_day
from start.queries.changes import WRITTEN


@dataclass(frozen=True)
class Oefenplek:
    """A CLB with its oefendossier of this schooljaar, and one that was left of an earlier."""

    clb: CLB
    dossier: Dossier | None
    vorig: Dossier | None


@dataclass(frozen=True)
class Colleague:
    """The last other person who wrote in an oefendossier, and when: "vandaag", or on a day."""

    naam: str
    dag: str
    op: datetime


def oefenplekken(user: User, *, today: date) -> list[Oefenplek]:
    """A place for each CLB that a user works for. Two queries."""
    clbs = list(clbs_worked_for(user))
    there = Dossier.objects.filter(school__oefen=True, school__clb__in=clbs)
    found = list(there.select_related("school"))
    return [
        Oefenplek(
            clb,
            next((one for one in found if _is_of(one, clb, today)), None),
            next((one for one in found if _is_old(one, clb, today)), None),
        )
        for clb in clbs
    ]


def last_colleague(dossier: Dossier, *, user: User, today: date) -> Colleague | None:
    """Who else wrote in a dossier last; None when nobody did. One query.

    Not who wrote in a talk with parents: of those nobody learns that they are there.
    """
    first, *others = (
        model._default_manager.filter(dossier=dossier, gewijzigd_door__isnull=False)
        .exclude(gewijzigd_door=user)
        .order_by()
        .values_list("gewijzigd_op", "gewijzigd_door__naam")
        for model in WRITTEN
    )
    found: Any = first.union(*others, all=True).order_by("-gewijzigd_op").first()
    if found is None:
        return None
    op, naam = found
    return Colleague(naam, on_day(timezone.localdate(op), today), op)


def _is_of(dossier: Dossier, clb: CLB, today: date) -> bool:
    return dossier.school.clb_id == clb.pk and dossier.schooljaar == schooljaar_of(today)


def _is_old(dossier: Dossier, clb: CLB, today: date) -> bool:
    return dossier.school.clb_id == clb.pk and dossier.schooljaar != schooljaar_of(today)
