"""Waves of made-up answers: finding one, and what the team decides about it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import counted, is_settled, lock_unsettled
from dialoogfiches.bevragingen.models import Bevraging, Golf, Inzending, Openantwoord
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Rol, User
from dossiers.mensen.queries import team_of
from stsdialoog import mail
from stsdialoog.shuffling import store_shuffled

# So many answers in the same ten minutes, for each web process, are a wave.
FLOOD = 20
FLOOD_MINUTES = 10


class Effect(StrEnum):
    """What a decision about waves does for good, so that somebody has to have agreed to it."""

    PUTS_BACK = "terug"
    OPENS_RESULTS = "resultaten"


class NotAgreed(Exception):
    """A decision would have these effects, its arguments, and nobody agreed to them all."""


@transaction.atomic
def set_aside(
    *, bevraging: Bevraging, golven: Collection[UUID], agreed: Collection[str], door: User
) -> None:
    """Count and show nothing of these waves.

    agreed: the effects that whoever decides was told of.
    Raises NotAgreed when it has another, ResultaatStaatVast and DossierAfgesloten.
    """
    held = lock_unsettled(bevraging)
    if held.golven.filter(pk__in=golven, opzij=False).update(opzij=True):
        log(door=door, handeling=Logregel.Handeling.ANTWOORDEN_OPZIJGEZET, record=bevraging)
    _require_agreed(held, agreed, puts_back=False)


@transaction.atomic
def let_count(
    *, bevraging: Bevraging, golven: Collection[UUID], agreed: Collection[str], door: User
) -> None:
    """Let the answers of these waves count, also those that were set aside, and forget the waves.

    agreed, Raises: as for `set_aside`.
    """
    held = lock_unsettled(bevraging)
    waves = held.golven.filter(pk__in=golven)
    if puts_back := waves.filter(opzij=True).exists():
        log(door=door, handeling=Logregel.Handeling.ANTWOORDEN_TERUGGEZET, record=bevraging)
    waves.delete()
    _require_agreed(held, agreed, puts_back=puts_back)
    # Rows that were written together must not tell which of them had a mark.
    store_shuffled(counted(held.inzendingen), [])
    store_shuffled(counted(held.openantwoorden), [])


def watch_for_wave(
    bevraging: Bevraging, inzending: Inzending, answers: Sequence[Openantwoord]
) -> None:
    """Mark the answers of these ten minutes from the moment that they are FLOOD or more.

    Which ones those are is known in the memory of this process only, the texts apart from the rest.
    """
    begin = _ten_minutes()
    memory, key = caches["rate_limit"], f"golf-{bevraging.pk}-{begin.isoformat()}"
    inzendingen, teksten = memory.get(key, (set(), set()))
    inzendingen |= {inzending.pk}
    teksten |= {answer.pk for answer in answers}
    golf = bevraging.golven.filter(begin=begin).first()
    if golf is None and len(inzendingen) >= FLOOD:
        golf = _new_wave(bevraging, begin)
    if golf is not None:
        Inzending.objects.filter(pk__in=inzendingen).update(golf=golf)
        Openantwoord.objects.filter(pk__in=teksten).update(golf=golf)
        inzendingen, teksten = set(), set()
    memory.set(key, (inzendingen, teksten), FLOOD_MINUTES * 60)


def _require_agreed(held: Bevraging, agreed: Collection[str], *, puts_back: bool) -> None:
    """Undo a decision, by NotAgreed in its transaction, that does what nobody agreed to."""
    effects = [Effect.PUTS_BACK] * puts_back + [Effect.OPENS_RESULTS] * is_settled(held)
    if not set(effects) <= set(agreed):
        raise NotAgreed(*effects)


def _new_wave(bevraging: Bevraging, begin: datetime) -> Golf:
    if not (bevraging.dossier.school.oefen or bevraging.golven.filter(opzij=False).exists()):
        transaction.on_commit(partial(_tell_team, bevraging))
    return Golf.objects.create(bevraging=bevraging, begin=begin)


def _tell_team(bevraging: Bevraging) -> None:
    """Mail whoever opened a survey, or else those who may manage it, that a wave has come."""
    team = [lid for lid in team_of(bevraging.dossier.school) if lid.rol != Rol.LEZER]
    opener = [lid for lid in team if lid.user_id == bevraging.geopend_door_id]
    ankerfiguren = [lid for lid in team if lid.rol == Rol.ANKERFIGUUR]
    link = mail.absolute_url("bevraging", pk=bevraging.dossier_id, bevraging_pk=bevraging.pk)
    for adres in {lid.user.email for lid in opener or ankerfiguren}:
        context = {"bevraging": bevraging, "link": link}
        mail.send_if_possible(adres, "bevragingen/mail/golf", context)


def _ten_minutes() -> datetime:
    """The first of the ten minutes that it is now."""
    now = timezone.now()
    return now.replace(minute=now.minute - now.minute % FLOOD_MINUTES, second=0, microsecond=0)
