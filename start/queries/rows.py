"""What is shown of schools: their dossier, when it changed, its next check and its scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from dossiers.mensen.models import School
from dossiers.models import Dossier
from start.queries.bars import Bars, fase_0_bars
from start.queries.changes import first_check, last_change


@dataclass(frozen=True)
class DossierState:
    """A dossier, when it last changed (None: never), when its next check is due, its scores."""

    dossier: Dossier
    last_change: datetime | None
    volgende_check: date | None
    bars: Bars


def schools_by_key(keys: Iterable[UUID]) -> dict[UUID, Any]:
    """Schools with their CLB and the key of their newest dossier, as `nieuwste`. One query."""
    newest = Dossier.objects.filter(school=OuterRef("pk")).order_by("-schooljaar").values("pk")
    scholen = School.objects.filter(pk__in=list(keys)).select_related("clb")
    return {school.pk: school for school in scholen.annotate(nieuwste=Subquery(newest[:1]))}


def states_of(pks: Iterable[UUID], today: date) -> dict[UUID, DossierState]:
    """Where these dossiers stand. Two queries."""
    keys = list(pks)
    dossiers = Dossier.objects.filter(pk__in=keys).annotate(
        gewijzigd=last_change(), eerste_check=first_check(today)
    )
    bars = fase_0_bars(keys)
    return {
        dossier.pk: DossierState(
            dossier,
            dossier.gewijzigd,
            dossier.eerste_check,
            bars[dossier.pk],
        )
        for dossier in dossiers
    }
