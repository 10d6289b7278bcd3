"""The evenings that are to come, for a list of schools."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from start.avond.models import DUUR, Avond


def evenings_to_come(dossiers: Iterable[UUID], *, today: date) -> dict[UUID, date]:
    """The day of the evening that is prepared or goes on in each of these, by dossier. One query.

    One whose day went by and that nobody began is not told.
    """
    going = Q(begonnen_op__gt=timezone.now() - DUUR)
    rows = Avond.objects.filter(
        going | Q(begonnen_op=None, dag__gte=today),
        dossier__in=list(dossiers),
        beeindigd_op=None,
        dossier__afgesloten_op=None,
    )
    return dict(rows.values_list("dossier", "dag"))
