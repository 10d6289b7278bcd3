"""What of a talk hangs on which code and which version of its material."""

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from dialoogfiches.models import Ficheactie, Gesprek, Gesprekstap, Item, Notitie, Onderdeel
from dossiers.domain.overnemen import by_code
from dossiers.models import Materiaalversie


def filled_codes(gesprek: Gesprek) -> frozenset[str]:
    """The codes of the questions and parts under which a talk holds something. Three queries."""
    notities = Notitie.objects.filter(gesprek=gesprek).exclude(tekst="")
    stappen = Gesprekstap.objects.filter(gesprek=gesprek)
    acties = Ficheactie.objects.filter(gesprek=gesprek)
    return frozenset(
        [
            *notities.values_list("item__code", flat=True),
            *stappen.values_list("onderdeel__code", flat=True),
            *acties.values_list("onderdeel__code", flat=True),
        ]
    )


def codes_of(versie: Materiaalversie) -> frozenset[str]:
    """The codes of the questions and steps of a version. Two queries."""
    questions = Item.objects.questions().filter(versie=versie)
    steps = Onderdeel.objects.steps().filter(versie=versie)
    return frozenset([*by_code(questions), *by_code(steps)])


def with_mine(content: QuerySet[Any], gesprek: Gesprek, records: str) -> QuerySet[Any]:
    """Parts or questions with `mijn`: what a talk wrote under each, if it did.

    records: the name on those of what a talk writes under them.
    """
    mine = FilteredRelation(records, condition=Q(**{f"{records}__gesprek": gesprek}))
    return content.annotate(mijn=mine).select_related("mijn")


def earlier(content: QuerySet[Any], gesprek: Gesprek) -> QuerySet[Any]:
    """Content of the published versions before that of now, first where the talk wrote.

    For a page that was open before a newer version was taken, and for the history of what stayed.

    content: as `with_mine` gives it.
    """
    return content.filter(
        versie__materiaal=gesprek.versie.materiaal_id,
        versie__status=Materiaalversie.Status.GEPUBLICEERD,
        versie__datum__lte=gesprek.versie.datum,
    ).order_by(F("mijn__pk").asc(nulls_last=True), "-versie__datum", "-pk")
