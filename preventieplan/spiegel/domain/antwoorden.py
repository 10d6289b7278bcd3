"""Giving an answer, once."""

from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import BevragingVol, is_full, lock_to_answer
from dossiers.anoniem.domain.golven import FLOOD, Lately, new_wave
from preventieplan.models import Antwoordstand
from preventieplan.spiegel.domain.spiegels import Given, add_answers, add_to_wave
from preventieplan.spiegel.models import Spiegel
from stsdialoog.counters.once import has_come, note_come


@transaction.atomic
def give_answer(*, spiegel: Spiegel, standen: Mapping[str, Antwoordstand], blad: str) -> None:
    """Count the answers of one person.

    standen: one of STANDEN for the code of each question.
    blad: a random token of the form that was filled in. A form that arrives twice (two taps, a weak
        network) counts once.
    Raises BevragingGesloten, BevragingVol and TeDruk.
    """
    held = lock_to_answer(spiegel)
    # Per spiegel: the same token for another one is another answer.
    sheet = f"spiegel-blad-{held.pk}-{blad}"
    if has_come(sheet):
        return
    if is_full(held):
        raise BevragingVol
    note_come(sheet)
    _count(held, Counter(dict.fromkeys(standen.items(), 1)))


def _count(spiegel: Spiegel, mine: Given) -> None:
    """Count an answer or, from FLOOD in these ten minutes on, all of those in a wave.

    What was given in these ten minutes is known in the memory of this process only, as numbers.
    Called last: what is undone afterwards would be in that memory still.
    """
    lately, today = Lately(spiegel), timezone.localdate()
    aantal, given = lately.known((0, Counter()))
    golf = spiegel.golven.filter(begin=lately.begin).first()
    if golf is None and aantal + 1 < FLOOD:
        add_answers(spiegel, mine, 1, day=today)
        lately.keep((aantal + 1, given + mine))
        return
    golf = golf or new_wave(spiegel, lately.begin)
    if aantal:
        less = {what: -number for what, number in given.items()}
        add_answers(spiegel, less, -aantal, day=today)
    add_to_wave(golf, given + mine, aantal + 1, spiegel.vragen.all())
    lately.keep((0, Counter()))
