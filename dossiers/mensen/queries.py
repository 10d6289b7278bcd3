"""Finds the people who work with a school, and what changed about who may."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from dossiers.mensen.models import CLB, Aankondiging, Lidmaatschap, Rol, School

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
    """What was announced to the ankerfiguren of these CLB's, newest first. One query."""
    rows = (
        Aankondiging.objects.filter(clb__in=clbs)
        .order_by("-regel__op", "-regel")
        .values_list("regel__op", "zin")
        .distinct()
    )
    return [AccessChange(op, zin) for op, zin in rows[:MAX_CHANGES]]
