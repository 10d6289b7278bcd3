"""A survey itself: opening it, its last day, closing it, and what state it is in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.anoniem.models import AnoniemeBevraging
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier, DossierAfgesloten

MIN_ANSWERS = 5
# The default and the maximum duration of a survey, in days from today.
DEFAULT_DAYS = 14
MAX_DAYS = 60
# The maximum number of answers to a survey: more than the largest school has teachers, and few
# enough to read on one page.
MAX_ANSWERS = 500
# The maximum number of answers per link per minute, for each web process: a staff room that
# answers all at once hardly notices it.
MAX_PER_WINDOW = 60
WINDOW_SECONDS = 60

Ronde = TypeVar("Ronde", bound=AnoniemeBevraging)


class ResultaatStaatVast(Exception):
    """The results can be seen, so no answers can be added any more."""


class ErLooptEenBevraging(Exception):
    """The school has a survey that is still running."""


class MagNuNiet(Exception):
    """A survey may not run now, for a reason of its kind: its argument, in words for people."""


class BevragingGesloten(Exception):
    """The survey takes no more answers: it is over, or its dossier has been closed."""


class BevragingVol(Exception):
    """The survey has the maximum number of answers."""


class TeDruk(Exception):
    """The link received more answers than the maximum per minute."""


@dataclass(frozen=True)
class Kind:
    """A kind of survey.

    count: how many of its answers count: those that were not set aside.
    merge: lets the answers of these waves of a survey count, and forgets the waves.
    may_run: raises MagNuNiet when a survey may not be opened or reopened, or what was set aside may
        not count after all.
    """

    model: type[AnoniemeBevraging]
    count: Callable[[Any], int]
    merge: Callable[[Any, QuerySet[Any]], None]
    may_run: Callable[[Any], None] = lambda _: None


_kinds: dict[type[AnoniemeBevraging], Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind of survey known, so that no two run at once."""
    _kinds[kind.model] = kind


def kind_of(bevraging: AnoniemeBevraging) -> Kind:
    return _kinds[type(bevraging)]


def is_over(bevraging: AnoniemeBevraging) -> bool:
    """Whether a survey was closed by hand, or its last day has passed."""
    return bevraging.gesloten_op is not None or bevraging.tot < timezone.localdate()


def takes_answers(bevraging: AnoniemeBevraging) -> bool:
    """Whether a survey can be answered now; not in a closed dossier, where nothing changes."""
    return bevraging.dossier.is_open and not is_over(bevraging)


def is_full(bevraging: AnoniemeBevraging) -> bool:
    """Whether a survey has the maximum number of answers."""
    return kind_of(bevraging).count(bevraging) >= MAX_ANSWERS


def is_settled(bevraging: AnoniemeBevraging) -> bool:
    """Whether the results of a survey may be seen, so that nothing about it changes any more."""
    return (
        is_over(bevraging)
        and kind_of(bevraging).count(bevraging) >= MIN_ANSWERS
        and not bevraging.golven.filter(opzij=False).exists()
    )


def running_in(dossier: Dossier) -> AnoniemeBevraging | None:
    """The survey that the teachers of the school are asked now; one in a closed dossier waits to be
    asked on, until its last day. One query for each kind.
    """
    found = (
        kind.model._default_manager.filter(
            dossier__school=dossier.school_id,
            gesloten_op__isnull=True,
            tot__gte=timezone.localdate(),
        ).first()
        for kind in _kinds.values()
    )
    return next((one for one in found if one), None)


@transaction.atomic
def open_survey(bevraging: Ronde) -> Ronde:
    """Open a survey that was not saved yet.

    Raises ErLooptEenBevraging if another survey is running in the school, DossierAfgesloten if the
    dossier has been closed, and MagNuNiet.
    """
    hold_open(bevraging.dossier_id)
    _require_may_run(bevraging)
    bevraging.save(force_insert=True)
    door, handeling = bevraging.geopend_door, Logregel.Handeling.BEVRAGING_GEOPEND
    log(door=door, handeling=handeling, record=bevraging)
    return bevraging


@transaction.atomic
def set_last_day(*, bevraging: AnoniemeBevraging, tot: date, door: User) -> None:
    """Change the last day; a survey that was over is reopened until that day.

    tot: today or later.
    Raises ResultaatStaatVast once there are results, ErLooptEenBevraging if another survey is
    already running, DossierAfgesloten if the dossier has been closed, and MagNuNiet.
    """
    held = lock_unsettled(bevraging)
    handeling = Logregel.Handeling.BEVRAGING_GEWIJZIGD
    if is_over(held):
        _require_may_run(held)
        handeling = Logregel.Handeling.BEVRAGING_HEROPEND
    held.tot, held.gesloten_op = tot, None
    held.save(update_fields=["tot", "gesloten_op"])
    log(door=door, handeling=handeling, record=bevraging)


@transaction.atomic
def close_bevraging(*, bevraging: AnoniemeBevraging, door: User) -> None:
    """Close a survey for answers; one that is already over is not changed.

    Raises DossierAfgesloten if the dossier has been closed.
    """
    held = lock(bevraging)
    if not is_over(held):
        held.gesloten_op = timezone.now()
        held.save(update_fields=["gesloten_op"])
        log(door=door, handeling=Logregel.Handeling.BEVRAGING_GESLOTEN, record=bevraging)


def lock(bevraging: Ronde) -> Ronde:
    """Lock a survey until the end of the transaction, and return its current state.

    Thus an answer is either stored before the survey closes, or refused; never in between.
    """
    # As in every save, the dossier is locked before any other row: a fixed order avoids deadlocks.
    hold_open(bevraging.dossier_id)
    rows = type(bevraging)._default_manager.select_for_update(no_key=True)
    return rows.get(pk=bevraging.pk)


def lock_unsettled(bevraging: Ronde) -> Ronde:
    if is_settled(held := lock(bevraging)):
        raise ResultaatStaatVast
    return held


def lock_to_answer(bevraging: Ronde) -> Ronde:
    """Lock a survey that takes an answer now, which counts towards the limits of its link.

    Raises BevragingGesloten and TeDruk.
    """
    try:
        held = lock(bevraging)
    except DossierAfgesloten as error:
        raise BevragingGesloten from error
    if is_over(held):
        raise BevragingGesloten
    _rate_limit(held)
    return held


def _require_may_run(bevraging: AnoniemeBevraging) -> None:
    if running_in(bevraging.dossier):
        raise ErLooptEenBevraging
    kind_of(bevraging).may_run(bevraging)


def _rate_limit(bevraging: AnoniemeBevraging) -> None:
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
