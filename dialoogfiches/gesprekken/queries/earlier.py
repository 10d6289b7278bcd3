"""What of a talk hangs on which code and which version of its material."""

from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dialoogfiches.models import Item, Onderdeel
from dossiers.materialen.models import Materiaalversie
from dossiers.overnemen.queries import codes_of


def filled_codes(gesprek: Gesprek) -> frozenset[str]:
    """The codes of the questions and parts under which a talk holds something. Three queries."""
    notities = Notitie.objects.filter(gesprek=gesprek).exclude(tekst="")
    stappen = Gesprekstap.objects.filter(gesprek=gesprek)
    acties = Gespreksactie.objects.filter(gesprek=gesprek)
    return frozenset(
        [
            *notities.values_list("item__code", flat=True),
            *stappen.values_list("onderdeel__code", flat=True),
            *acties.values_list("onderdeel__code", flat=True),
        ]
    )


def codes_in(versie: Materiaalversie) -> frozenset[str]:
    """The codes of the questions and steps of a version. Two queries."""
    questions = Item.objects.questions().filter(versie=versie)
    return codes_of(questions, Onderdeel.objects.steps().filter(versie=versie))


def with_mine(content: QuerySet[Any], gesprek: Gesprek, records: str) -> QuerySet[Any]:
    """Parts or questions with `mijn`: what a talk wrote under each, if it did.

    records: the name on those of what a talk writes under them.
    """
    mine = FilteredRelation(records, condition=Q(**{f"{records}__gesprek": gesprek}))
    return content.annotate(mijn=mine).select_related("mijn")
