"""Which actions somebody is reminded of: hers, where she still has a role."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.acties.models import Actie, Trekker
from dossiers.mensen.models import Lidmaatschap


def followed_acties() -> QuerySet[Actie]:
    """The actions that are followed up: not struck, in an open dossier, not to practise with."""
    return Actie.objects.filter(
        geschrapt_op=None, dossier__afgesloten_op=None, dossier__school__oefen=False
    )


def working_trekkers() -> QuerySet[Trekker]:
    """Who does an action and still has a role in its school, or in the CLB of that."""
    school, clb = OuterRef("actie__dossier__school"), OuterRef("actie__dossier__school__clb")
    roles = Lidmaatschap.objects.active().filter(
        Q(school=school) | Q(clb=clb), user=OuterRef("gebruiker")
    )
    return Trekker.objects.filter(Exists(roles), gebruiker__is_active=True)


def acties_of(gebruiker: UUID) -> QuerySet[Actie]:
    """The actions that somebody does, with their school."""
    mine = working_trekkers().filter(gebruiker=gebruiker).values("actie")
    return followed_acties().filter(pk__in=mine).select_related("dossier__school")
