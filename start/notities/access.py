"""Who reads the notes of a CLB: who works for it in that school, as with talks with parents.

For everybody else, the school too, there are none: 404, never 403. When the school goes to another
CLB they stay with the one that wrote them, for whoever works for all of its schools.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from dialoogfiches.oudergesprekken.access import GesprekkenDicht, not_in_team
from dossiers.mensen.access import CLB_ROLLEN, works_for_clb
from dossiers.mensen.models import Lidmaatschap, User
from start.notities.models import Gidsnotitie


def stayed_notes_or_404(user: User) -> QuerySet[Gidsnotitie]:
    """What `stayed_notes_for` gives.

    Raises Http404 for who works for no CLB, and GesprekkenDicht when somebody else changed how the
    account is reached.
    """
    if not works_for_clb(user):
        raise Http404
    if user.gesprekken_dicht_sinds:
        raise GesprekkenDicht
    return stayed_notes_for(user)


def stayed_notes_for(user: User) -> QuerySet[Gidsnotitie]:
    """The notes of the user's CLB's about schools that are with another one by now."""
    works_there = Lidmaatschap.objects.active().filter(
        user=user, clb=OuterRef("clb"), rol__in=CLB_ROLLEN
    )
    return Gidsnotitie.objects.stayed().filter(
        Exists(works_there), not_in_team(user, school=OuterRef("dossier__school"))
    )
