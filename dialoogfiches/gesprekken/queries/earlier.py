"""How the records of a talk relate to the codes and versions of its material."""

from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dialoogfiches.models import Item, Onderdeel
from dossiers.materialen.models import Materiaalversie
from dossiers.overnemen.queries import codes_of


def filled_codes(gesprek: Gesprek) -> frozenset[str]:
    """The codes of the questions and parts that have records in a talk. Three queries."""
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


def with_record(content: QuerySet[Any], gesprek: Gesprek, records: str) -> QuerySet[Any]:
    """Annotate parts or questions with `record`: that of this talk for each, or None.

    records: the reverse relation from the part or question to those records.
    """
    record = FilteredRelation(records, condition=Q(**{f"{records}__gesprek": gesprek}))
    return content.annotate(record=record).select_related("record")
