"""Dossiers that were kept long enough: they are closed, announced, and erased a month later.

We know of no law that says how long. A school evaluates its quality cyclically, and the inspection
comes at least once in six years (docs/facts.md, "Quality"): the one before is then still there to
compare with.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from dossiers.domain import last_day_of, schooljaar_of
from dossiers.models import Dossier
from start.domain.erasing import ask_to_erase
from start.queries.changes import WRITTEN
from stsdialoog.small_steps import midnight

SCHOOLJAREN = 5
# So that the first of September does not send all of Flanders its mails in one night.
MOST_A_NIGHT = 200


def kept_long_enough(op: date) -> QuerySet[Dossier]:
    """The dossiers whose term is over, and of which nobody asked to erase them yet.

    It runs from the end of the schooljaar of the dossier, or of the one in which somebody last
    wrote in it or closed it, whichever is later. Talks with parents do not count: they have a day
    of their own.
    """
    first = schooljaar_of(op) - SCHOOLJAREN
    since = midnight(last_day_of(first - 1) + timedelta(days=1))
    written = [
        Exists(model._default_manager.filter(dossier=OuterRef("pk"), gewijzigd_op__gte=since))
        for model in WRITTEN
    ]
    old = Dossier.objects.filter(
        Q(langer_tot__isnull=True) | Q(langer_tot__lt=op),
        Q(afgesloten_op__isnull=True) | Q(afgesloten_op__lt=since),
        schooljaar__lt=first,
        wissen_op__isnull=True,
        school__oefen=False,
    )
    return old.filter(*(~one for one in written))


def announce(*, op: date) -> Iterator[int]:
    """Ask to erase them, which tells whoever works there; yields 1 after each."""
    due = kept_long_enough(op).select_related("school").order_by("schooljaar", "pk")
    for dossier in list(due[:MOST_A_NIGHT]):
        ask_to_erase(dossier=dossier, door=None, today=op)
        yield 1
