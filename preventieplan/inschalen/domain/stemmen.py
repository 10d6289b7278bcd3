"""Giving a score: on a phone, once, and on papers that are counted by hand."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Case, F, When
from django.utils import timezone

from dossiers.models import DossierAfgesloten
from preventieplan.inschalen.domain.rondes import RondeVoorbij, lock, takes_scores
from preventieplan.inschalen.models import Ronde, Rondedoel, Zin
from stsdialoog.counters.once import has_come, note_come
from stsdialoog.seen import IntussenGewijzigd
from stsdialoog.shuffling import store_shuffled


class RondeVol(Exception):
    """As many phones scored as were told."""


class TeVeelPapieren(Exception):
    """More papers were counted for a goal, its argument, than the round has."""


@transaction.atomic
def give_scores(
    *, ronde: Ronde, scores: Mapping[str, int], zinnen: Mapping[str, str], blad: str
) -> None:
    """Count the scores of one person.

    scores: 0 to 10 for the code of each goal of the round. zinnen: what she wrote with them.
    blad: a random token of the form that was filled in. A form that arrives twice (two taps, a weak
        network) counts once. Empty for a form without a token.
    Raises RondeVoorbij and RondeVol.
    """
    held = _taking(ronde)
    sheet = f"inschalen-blad-{held.pk}-{blad}"
    if blad and has_come(sheet):
        return
    doelen = list(held.doelen.all())
    given = doelen[0].stemmentallen.values_list("stemmen", flat=True)
    if sum(given) >= held.telefoons:
        raise RondeVol
    for doel in doelen:
        # All eleven rows are written: PostgreSQL stores which were written last, and in what order.
        is_it = When(score=scores[doel.doel], then=1)
        doel.stemmentallen.update(stemmen=F("stemmen") + Case(is_it, default=0))
        if zin := zinnen.get(doel.doel):
            store_shuffled(doel.zinnen.all(), [Zin(doel=doel, tekst=zin)])
    if blad:
        note_come(sheet)


def counted_papers(doel: Rondedoel) -> tuple[int, ...]:
    """How many papers of a goal have each score, from 0 up. One query, or none when prefetched."""
    return tuple(one.papieren for one in doel.stemmentallen.all())


@transaction.atomic
def count_papers(*, ronde: Ronde, tellingen: Mapping[str, Sequence[int]], seen: int) -> None:
    """Note how many papers have each score; what was noted before of the same goal is replaced.

    tellingen: for the code of a goal of the round, a number for each score from 0 up.
    seen: how many times papers of the round were counted when this counting began.
    Raises IntussenGewijzigd when it was more by now, TeVeelPapieren and RondeVoorbij.
    """
    held = _taking(ronde)
    if seen != held.tellingen:
        raise IntussenGewijzigd
    for doel in held.doelen.prefetch_related("stemmentallen"):
        telling = tellingen.get(doel.doel)
        if telling is None:
            continue
        if sum(telling) > held.papieren:
            raise TeVeelPapieren(doel.doel)
        for one in doel.stemmentallen.all():
            one.papieren = telling[one.score]
            one.save(update_fields=["papieren"])
    held.tellingen += 1
    held.save(update_fields=["tellingen"])


def _taking(ronde: Ronde) -> Ronde:
    try:
        held = lock(ronde)
    except DossierAfgesloten as error:
        raise RondeVoorbij from error
    if not takes_scores(held, now=timezone.now()):
        raise RondeVoorbij
    return held
