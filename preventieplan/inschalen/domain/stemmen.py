"""Giving a score: on a phone, once, and on papers that are counted by hand."""

from collections.abc import Mapping, Sequence
from random import SystemRandom

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dossiers.models import DossierAfgesloten
from preventieplan.inschalen.domain.rondes import RondeVoorbij, lock, takes_scores
from preventieplan.inschalen.models import Ronde, Rondedoel, Stemmental, Zin
from stsdialoog.counters.once import has_come, note_come

_chance = SystemRandom()


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
    given = Stemmental.objects.filter(doel=doelen[0]).values_list("stemmen", flat=True)
    if sum(given) >= held.telefoons:
        raise RondeVol
    for doel in doelen:
        counts = Stemmental.objects.filter(doel=doel, score=scores[doel.doel])
        counts.update(stemmen=F("stemmen") + 1)
        _store_shuffled(doel, zinnen.get(doel.doel, ""))
    if blad:
        note_come(sheet)


@transaction.atomic
def count_papers(*, ronde: Ronde, tellingen: Mapping[str, Sequence[int]]) -> None:
    """Note how many papers have each score; what was noted before is replaced.

    tellingen: for the code of each goal, a number for each score from 0 up.
    Raises TeVeelPapieren and RondeVoorbij.
    """
    held = _taking(ronde)
    for doel in held.doelen.prefetch_related("stemmentallen"):
        telling = tellingen[doel.doel]
        if sum(telling) > held.papieren:
            raise TeVeelPapieren(doel.doel)
        for one in doel.stemmentallen.all():
            one.papieren = telling[one.score]
            one.save(update_fields=["papieren"])


def _taking(ronde: Ronde) -> Ronde:
    try:
        held = lock(ronde)
    except DossierAfgesloten as error:
        raise RondeVoorbij from error
    if not takes_scores(held, now=timezone.now()):
        raise RondeVoorbij
    return held


def _store_shuffled(doel: Rondedoel, tekst: str) -> None:
    """Insert a sentence at a random place among those of its goal, which are written again.

    A table remembers in which order its rows were inserted.
    """
    if not tekst:
        return
    rows = [*doel.zinnen.all(), Zin(doel=doel, tekst=tekst)]
    doel.zinnen.all().delete()
    _chance.shuffle(rows)
    Zin.objects.bulk_create(rows)
