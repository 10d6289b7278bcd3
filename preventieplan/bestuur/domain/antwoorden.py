"""What a member of the board answers to each thing that was asked of her.

She may change it until the last day of her link. What she answered before stays below it: a team
may have begun on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from dossiers.logboek.domain import log, place_of
from dossiers.logboek.models import Logregel
from preventieplan.bestuur.domain.links import LinkVoorbij, is_over
from preventieplan.bestuur.models import (
    Bestuursantwoord,
    Bestuurslink,
    VastgesteldeRoutekaart,
)
from stsdialoog.seen import check_seen

# How often she may answer one thing.
MOST = 20


class TeVaakGewijzigd(Exception):
    """She changed an answer as often as she may."""


@dataclass(frozen=True)
class Given:
    """An answer: ja, nee or later, with a sentence or without."""

    keuze: str
    zin: str = ""


@transaction.atomic
def save_answers(*, link: Bestuurslink, given: Mapping[int, Given], seen: str) -> bool:
    """Save what changed of the answers of a link.

    given: by the number of what was asked. seen: the `mark_of` what `shown_of` gave for its page.
    Returns False when nothing changed.
    Raises LinkVoorbij, TeVaakGewijzigd, and IntussenGewijzigd when another page was saved since.
    """
    held = (
        Bestuurslink.objects.select_for_update(of=("self",), no_key=True)
        .select_related("kaart__school", "kaart__dossier")
        .defer("kaart__document", "kaart__data")
        .get(pk=link.pk)
    )
    if is_over(held):
        raise LinkVoorbij
    last = last_answers(held)
    new = {
        nummer: one
        for nummer, one in given.items()
        if nummer not in last or one != Given(last[nummer].keuze, last[nummer].zin)
    }
    if not new:
        return False
    check_seen(seen, *shown_of(last))
    if any(nummer in last and last[nummer].keer >= MOST for nummer in new):
        raise TeVaakGewijzigd
    Bestuursantwoord.objects.bulk_create(
        Bestuursantwoord(
            link=held,
            nummer=nummer,
            keer=last[nummer].keer + 1 if nummer in last else 1,
            keuze=one.keuze,
            zin=one.zin,
        )
        for nummer, one in sorted(new.items())
    )
    log(
        door=None,
        handeling=Logregel.Handeling.BESTUUR_ANTWOORDDE,
        record=held,
        place=place_of(held.kaart),
    )
    return True


def last_answers(link: Bestuurslink) -> dict[int, Bestuursantwoord]:
    """The last answer of a link to each thing that was asked, by its number. One query."""
    return {one.nummer: one for one in link.antwoorden.order_by("nummer", "keer")}


def answers_since(kaart: VastgesteldeRoutekaart) -> QuerySet[Bestuursantwoord]:
    """What the board answered to a routekaart, and since then to those of its school before it."""
    return Bestuursantwoord.objects.filter(
        Q(link__kaart=kaart)
        | Q(link__kaart__school=kaart.school_id, link__kaart__op__lt=kaart.op, op__gt=kaart.op)
    )


def shown_of(last: Mapping[int, Bestuursantwoord]) -> tuple[tuple[int, int], ...]:
    """What a page says that it showed of them."""
    return tuple((nummer, one.keer) for nummer, one in sorted(last.items()))
