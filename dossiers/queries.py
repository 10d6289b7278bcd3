"""Reads for the pages of a school."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from dossiers.domain.dossiers import schooljaar_of
from dossiers.models import Dossier, Lidmaatschap, Rol, School


def team_of(school: School) -> QuerySet[Lidmaatschap]:
    """Who may open a school now: the ankerfiguren of its CLB first, then role by role."""
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


def schooljaren_to_open(today: date) -> list[int]:
    """The running schooljaar, and from January on also the one that starts this year."""
    return sorted({schooljaar_of(today), today.year})


def dossiers_to_open(school: School, *, today: date) -> list[Dossier]:
    """The dossiers, not made yet, that a school can open now."""
    existing = set(school.dossiers.values_list("schooljaar", flat=True))
    return [
        Dossier(school=school, schooljaar=jaar)
        for jaar in schooljaren_to_open(today)
        if jaar not in existing
    ]


def latest_open_dossier(school: School) -> Dossier | None:
    """The dossier in which a school works now."""
    return school.dossiers.filter(afgesloten_op__isnull=True).order_by("-schooljaar").first()
