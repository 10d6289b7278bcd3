"""Waves of made-up answers: marking the answers of one, and letting them count again."""

from collections.abc import Sequence

from django.db.models import QuerySet

from dialoogfiches.bevragingen.domain.bevragingen import counted
from dialoogfiches.bevragingen.models import Bevraging, Golf, Inzending, Openantwoord
from dossiers.anoniem.domain.golven import FLOOD, Lately, new_wave
from stsdialoog.shuffling import store_shuffled


def merge_waves(bevraging: Bevraging, golven: QuerySet[Golf]) -> None:
    """Let the answers of these waves count, and forget the waves."""
    golven.delete()
    # Rows that were written together must not tell which of them had a mark.
    store_shuffled(counted(bevraging.inzendingen), [])
    store_shuffled(counted(bevraging.openantwoorden), [])


def watch_for_wave(
    bevraging: Bevraging, inzending: Inzending, answers: Sequence[Openantwoord]
) -> None:
    """Mark the answers of these ten minutes from the moment that they are FLOOD or more.

    Which ones those are is known in the memory of this process only, the texts apart from the rest.
    """
    lately = Lately(bevraging)
    inzendingen, teksten = lately.known((set(), set()))
    inzendingen |= {inzending.pk}
    teksten |= {answer.pk for answer in answers}
    golf = bevraging.golven.filter(begin=lately.begin).first()
    if golf is None and len(inzendingen) >= FLOOD:
        golf = new_wave(bevraging, lately.begin)
    if golf is not None:
        Inzending.objects.filter(pk__in=inzendingen).update(golf=golf)
        Openantwoord.objects.filter(pk__in=teksten).update(golf=golf)
        inzendingen, teksten = set(), set()
    lately.keep((inzendingen, teksten))
