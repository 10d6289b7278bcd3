"""Finds the people who work with a school, and what changed about who may."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.aankondigingen import sentence
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User

# As many as fit on a page that somebody reads.
MAX_CHANGES = 200


@dataclass(frozen=True)
class AccessChange:
    """What was changed in the admin about who can get at the dossiers of a CLB."""

    op: datetime
    zin: str


def team_of(school: School) -> QuerySet[Lidmaatschap]:
    """The active memberships that give access to a school, with their user.

    Ordered by role, with the ankerfiguren of the CLB first, and then by name.
    """
    return (
        Lidmaatschap.objects.filter(Q(school=school) | Q(clb=school.clb_id))
        .filter(actief_tot__isnull=True, user__is_active=True)
        .select_related("user")
        .annotate(
            volgorde=Case(
                *(When(rol=rol, then=Value(place)) for place, rol in enumerate(Rol.values)),
                output_field=IntegerField(),
            )
        )
        .order_by("volgorde", Lower("user__naam"), "user__email")
    )


def names_of_team(school: School) -> list[str]:
    """The names of the people who work with a school, as suggestions. One query."""
    return list(dict.fromkeys(str(lid.user) for lid in team_of(school)))


def access_changes(clbs: QuerySet[CLB]) -> list[AccessChange]:
    """What was announced to the ankerfiguren of these CLB's, newest first. Five queries."""
    regels = list(
        Logregel.objects.filter(aankondigingen__clb__in=clbs)
        .distinct()
        .select_related("door")
        .prefetch_related("aankondigingen__clb")
        .order_by("-op", "-pk")[:MAX_CHANGES]
    )
    records = _records(regels)
    return [
        AccessChange(
            regel.op,
            sentence(
                regel=regel,
                record=records[regel.record_id],
                clbs=sorted((one.clb for one in regel.aankondigingen.all()), key=str),
            ),
        )
        for regel in regels
    ]


def _records(regels: Iterable[Logregel]) -> dict[str, Lidmaatschap | School | User]:
    """What lines of the log are about, by the key in the line."""
    kinds: tuple[QuerySet[Lidmaatschap] | QuerySet[School] | QuerySet[User], ...] = (
        Lidmaatschap.objects.select_related("user", "school", "clb"),
        School.objects.all(),
        User.objects.all(),
    )
    return {
        str(record.pk): record
        for rows in kinds
        for record in rows.filter(
            pk__in=[one.record_id for one in regels if one.soort == rows.model._meta.model_name]
        )
    }
