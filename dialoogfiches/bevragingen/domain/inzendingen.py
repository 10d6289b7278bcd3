"""The answers to a survey: storing one, within limits, and making an action from its text."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from dialoogfiches.bevragingen.domain.bevragingen import counted
from dialoogfiches.bevragingen.domain.golven import watch_for_wave
from dialoogfiches.bevragingen.models import Bevraging, Inzending, Keuze, Openantwoord
from dialoogfiches.models import Item, Rubrieksoort
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.anoniem.domain.bevragingen import BevragingVol, is_full, lock_to_answer
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.models import Dossier
from stsdialoog.counters.once import has_come, note_come
from stsdialoog.shuffling import store_shuffled

# Maximum number of characters per text.
MAX_ANTWOORD = 2000


@transaction.atomic
def save_inzending(
    *, bevraging: Bevraging, keuze: str, teksten: Mapping[Item, str], blad: str
) -> None:
    """Store one answer: ja or nee, with only the texts of the head and of that branch.

    teksten: by question, each with its rubriek loaded; empty texts are not stored.
    blad: a random token of the form that was filled in. A form that arrives twice (two taps, a weak
        network) is stored once. Empty for a form without a token.
    Raises BevragingGesloten, BevragingVol and TeDruk.
    """
    held = lock_to_answer(bevraging)
    # Per survey: the same token for another survey is another answer.
    sheet = f"bevraging-blad-{held.pk}-{blad}"
    if blad and has_come(sheet):
        return
    if is_full(held):
        raise BevragingVol
    kept = (Rubrieksoort.HOOFD, keuze)
    answers = [
        Openantwoord(bevraging=held, item=item, tekst=tekst.strip())
        for item, tekst in teksten.items()
        if tekst.strip() and item.rubriek.soort in kept
    ]
    inzending = Inzending(bevraging=held, keuze=Keuze(keuze))
    store_shuffled(counted(held.inzendingen), [inzending])
    if answers:
        store_shuffled(counted(held.openantwoorden), answers)
    watch_for_wave(held, inzending, answers)
    if blad:
        note_come(sheet)


@transaction.atomic
def make_actie(*, antwoord: Openantwoord, dossier: Dossier, door: User, **words: Any) -> Actie:
    """Create the action that grew from a shown answer.

    words: the team's own, as for `create_actie`. An answer has one action; another has no link.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    hold_open(dossier.pk)
    answers = Openantwoord.objects.select_related("item__rubriek__onderdeel")
    held = answers.select_for_update(no_key=True, of=("self",)).get(pk=antwoord.pk)
    hoort_bij = held.item.rubriek.onderdeel.belongs_to
    actie = create_actie(dossier=dossier, door=door, hoort_bij=hoort_bij, **words)
    is_free = held.actie is None or held.actie.geschrapt_op is not None
    if is_free and not Openantwoord.objects.filter(actie=actie).exists():
        held.actie = actie
        held.save(update_fields=["actie"])
    return actie
