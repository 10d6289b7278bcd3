"""The answers to a survey: storing one, within limits, and making an action from its text."""

from collections.abc import Mapping
from typing import Any

from django.core.cache import caches
from django.db import transaction

from dialoogfiches.bevragingen.domain.bevragingen import counted, is_full, is_over, lock
from dialoogfiches.bevragingen.domain.golven import watch_for_wave
from dialoogfiches.bevragingen.models import Bevraging, Inzending, Keuze, Openantwoord
from dialoogfiches.models import Item, Rubrieksoort
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.models import Dossier, DossierAfgesloten
from stsdialoog.counters.once import has_come, note_come
from stsdialoog.shuffling import store_shuffled

# Maximum number of characters per text.
MAX_ANTWOORD = 2000
# The maximum number of answers per link per minute, for each web process: a staff room that
# answers all at once hardly notices it.
MAX_PER_WINDOW = 60
WINDOW_SECONDS = 60


class BevragingGesloten(Exception):
    """The survey takes no more answers: it is over, or its dossier has been closed."""


class BevragingVol(Exception):
    """The survey has the maximum number of answers."""


class TeDruk(Exception):
    """The link received more answers than the maximum per minute."""


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
    try:
        held = lock(bevraging)
    except DossierAfgesloten as error:
        raise BevragingGesloten from error
    if is_over(held):
        raise BevragingGesloten
    _rate_limit(held)
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


def _rate_limit(bevraging: Bevraging) -> None:
    """Count an answer towards the rate limit. Raises TeDruk.

    Counted per link, whoever sends it: who that is, is not stored anywhere. Kept in the memory of
    this process, because a database row would still tell in which minute the last answer arrived.
    """
    counter, key = caches["rate_limit"], str(bevraging.pk)
    try:
        aantal = counter.incr(key)
    except ValueError:
        # No window yet, or the previous one has expired.
        aantal = 1
        counter.set(key, aantal, WINDOW_SECONDS)
    if aantal > MAX_PER_WINDOW:
        raise TeDruk
