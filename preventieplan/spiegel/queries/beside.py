"""What teachers answered, beside the question of the plan: on its page and on paper.

It comes along with the answers of a goal: its page has no query to spare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import JSONArray
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Antwoordstand
from preventieplan.spiegel.domain.verschil import Comparison
from preventieplan.spiegel.models import STANDEN, Spiegelgolf, Spiegelvraag

# An answer in flight at midnight is stored by then, so that there is no result before it and
# another one after it: this reads without the lock that `result_of` takes.
LANDED = timedelta(minutes=1)


@dataclass(frozen=True)
class Mirrored:
    """What teachers answered to a question, to be read at `spiegel`."""

    verschil: Comparison
    spiegel: UUID


def with_mirror(antwoorden: QuerySet[Antwoord]) -> QuerySet[Antwoord]:
    """Answers that know what teachers answered last, for `mirror_beside`."""
    shown = (
        _settled()
        .filter(spiegel__dossier=OuterRef("dossier"), vraag=OuterRef("vraag__code"))
        .order_by("-spiegel__geopend_op")
    )
    counts = JSONArray(*(F(column) for column in STANDEN.values()))
    return antwoorden.annotate(
        gespiegeld_in=Subquery(shown.values("spiegel")[:1], output_field=UUIDField()),
        gespiegeld_stand=Subquery(shown.values("stand")[:1]),
        gespiegeld=Subquery(shown.annotate(gegeven=counts).values("gegeven")[:1]),
    )


def mirror_beside(antwoord: Antwoord) -> Mirrored | None:
    """What teachers answered to its question; None when it was not put to them.

    antwoord: one of `with_mirror`, or a new one.
    """
    spiegel = getattr(antwoord, "gespiegeld_in", None)
    if spiegel is None:
        return None
    known = vars(antwoord)
    stand = Antwoordstand(known["gespiegeld_stand"])
    return Mirrored(Comparison(stand, tuple(known["gespiegeld"])), spiegel)


def printed_mirrors(dossier: Dossier) -> Mapping[str, tuple[Spiegelvraag, Comparison]]:
    """What plan and routekaart tell: by the code of a question, in their order. One query."""
    rows = _settled().filter(spiegel__dossier=dossier, spiegel__op_papier=True)
    return {
        row.vraag: (row, Comparison(Antwoordstand(row.stand), row.aantallen))
        for row in rows.order_by("spiegel__geopend_op", "volgorde")
    }


def mirrors_by_goal(dossier: Dossier) -> Mapping[str, tuple[tuple[Spiegelvraag, Comparison], ...]]:
    """What the routekaart tells, by the code of a goal. One query."""
    found: dict[str, tuple[tuple[Spiegelvraag, Comparison], ...]] = {}
    for row, verschil in printed_mirrors(dossier).values():
        found[row.doel] = (*found.get(row.doel, ()), (row, verschil))
    return found


def _settled() -> QuerySet[Spiegelvraag]:
    """The questions of spiegels whose results may be shown: `is_settled` for a query."""
    landed = timezone.localdate(timezone.now() - LANDED)
    waits = Spiegelgolf.objects.filter(bevraging=OuterRef("spiegel"), opzij=False)
    return Spiegelvraag.objects.alias(
        gegeven=sum((F(column) for column in STANDEN.values()), start=0)
    ).filter(
        ~Exists(waits),
        Q(spiegel__gesloten_op__isnull=False) | Q(spiegel__tot__lt=landed),
        gegeven__gte=MIN_ANSWERS,
    )
