"""Finds the people who work with a school."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from dossiers.mensen.models import Lidmaatschap, Rol, School


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
