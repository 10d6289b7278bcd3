"""Waves of made-up answers: what the team decides about them, and telling it that one came."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from dossiers.anoniem.domain.bevragingen import is_settled, kind_of, lock_unsettled
from dossiers.anoniem.models import AnoniemeBevraging, AntwoordGolf
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Rol, User
from dossiers.mensen.queries import team_of
from stsdialoog import mail

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
    *, bevraging: AnoniemeBevraging, golven: Collection[UUID], agreed: Collection[str], door: User
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
    *, bevraging: AnoniemeBevraging, golven: Collection[UUID], agreed: Collection[str], door: User
) -> None:
    """Let the answers of these waves count, also those that were set aside, and forget the waves.

    agreed, Raises: as for `set_aside`; also MagNuNiet, for what was set aside.
    """
    held = lock_unsettled(bevraging)
    waves = held.golven.filter(pk__in=golven)
    if puts_back := waves.filter(opzij=True).exists():
        kind_of(held).may_run(held)
        log(door=door, handeling=Logregel.Handeling.ANTWOORDEN_TERUGGEZET, record=bevraging)
    kind_of(held).merge(held, waves)
    _require_agreed(held, agreed, puts_back=puts_back)


class Lately:
    """What the memory of this process knows of the answers to a survey in these ten minutes."""

    def __init__(self, bevraging: AnoniemeBevraging) -> None:
        self.begin = _ten_minutes()
        self._memory = caches["rate_limit"]
        self._key = f"golf-{bevraging.pk}-{self.begin.isoformat()}"

    def known(self, default: Any) -> Any:
        return self._memory.get(self._key, default)

    def keep(self, known: Any) -> None:
        self._memory.set(self._key, known, FLOOD_MINUTES * 60)


def new_wave(bevraging: AnoniemeBevraging, begin: datetime) -> Any:
    """Mark these ten minutes of a survey; its team is told, unless a wave waits already."""
    if not (bevraging.dossier.school.oefen or bevraging.golven.filter(opzij=False).exists()):
        transaction.on_commit(partial(_tell_team, bevraging))
    made: AntwoordGolf = bevraging.golven.create(begin=begin)
    return made


def _require_agreed(held: AnoniemeBevraging, agreed: Collection[str], *, puts_back: bool) -> None:
    """Undo a decision, by NotAgreed in its transaction, that does what nobody agreed to."""
    effects = [Effect.PUTS_BACK] * puts_back + [Effect.OPENS_RESULTS] * is_settled(held)
    if not set(effects) <= set(agreed):
        raise NotAgreed(*effects)


def _tell_team(bevraging: AnoniemeBevraging) -> None:
    """Mail whoever opened a survey, or else those who may manage it, that a wave has come."""
    team = [lid for lid in team_of(bevraging.dossier.school) if lid.rol != Rol.LEZER]
    opener = [lid for lid in team if lid.user_id == bevraging.geopend_door_id]
    ankerfiguren = [lid for lid in team if lid.rol == Rol.ANKERFIGUUR]
    context = {"bevraging": bevraging, "link": settings.SITE_URL + bevraging.get_absolute_url()}
    for adres in {lid.user.email for lid in opener or ankerfiguren}:
        mail.send_if_possible(adres, "anoniem/mail/golf", context)


def _ten_minutes() -> datetime:
    """The first of the ten minutes that it is now."""
    now = timezone.now()
    return now.replace(minute=now.minute - now.minute % FLOOD_MINUTES, second=0, microsecond=0)
