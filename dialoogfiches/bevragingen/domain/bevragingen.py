"""A survey itself: opening it, its last day, closing it, and what state it is in."""

from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Manager, Model, QuerySet
from django.utils import timezone

from dialoogfiches.bevragingen.models import Bevraging
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier

MIN_ANSWERS = 5
MIN_ANSWERS_PER_BRANCH = 3
# The default and the maximum duration of a survey, in days from today.
DEFAULT_DAYS = 14
MAX_DAYS = 60
# The maximum number of answers to a survey: more than the largest school has teachers, and few
# enough to read on one page.
MAX_ANSWERS = 500

Rij = TypeVar("Rij", bound=Model)


class ResultaatStaatVast(Exception):
    """The results can be seen, so no answers can be added any more."""


class ErLooptEenBevraging(Exception):
    """The dossier has a survey that is still running."""


def is_over(bevraging: Bevraging) -> bool:
    """Whether a survey was closed by hand, or its last day has passed."""
    return bevraging.gesloten_op is not None or bevraging.tot < timezone.localdate()


def takes_answers(bevraging: Bevraging) -> bool:
    """Whether a survey can be answered now; not in a closed dossier, where nothing changes."""
    return bevraging.dossier.is_open and not is_over(bevraging)


def counted(rows: "QuerySet[Rij] | Manager[Rij]") -> QuerySet[Rij]:
    """The answers or texts that were not set aside."""
    return rows.exclude(golf__opzij=True)


def is_full(bevraging: Bevraging) -> bool:
    """Whether a survey has the maximum number of answers. One query."""
    return counted(bevraging.inzendingen).count() >= MAX_ANSWERS


def is_settled(bevraging: Bevraging) -> bool:
    """Whether the results of a survey may be seen, so that nothing about it changes any more."""
    return (
        is_over(bevraging)
        and counted(bevraging.inzendingen).count() >= MIN_ANSWERS
        and not bevraging.golven.filter(opzij=False).exists()
    )


@transaction.atomic
def open_bevraging(
    *, dossier: Dossier, versie: Materiaalversie, titel: str, tot: date, door: User
) -> Bevraging:
    """Open a survey.

    tot: the last day on which it can be answered.
    Raises ErLooptEenBevraging if another survey is running in the dossier, and DossierAfgesloten if
    the dossier has been closed.
    """
    hold_open(dossier.pk)
    _require_none_running(dossier)
    bevraging = Bevraging.objects.create(
        dossier=dossier, versie=versie, titel=titel, tot=tot, geopend_door=door
    )
    log(door=door, handeling=Logregel.Handeling.BEVRAGING_GEOPEND, record=bevraging)
    return bevraging


@transaction.atomic
def set_last_day(*, bevraging: Bevraging, tot: date, door: User) -> None:
    """Change the last day; a survey that was over is reopened until that day.

    tot: today or later.
    Raises ResultaatStaatVast once there are results, ErLooptEenBevraging if another survey is
    already running, and DossierAfgesloten if the dossier has been closed.
    """
    held = lock_unsettled(bevraging)
    handeling = Logregel.Handeling.BEVRAGING_GEWIJZIGD
    if is_over(held):
        _require_none_running(bevraging.dossier)
        handeling = Logregel.Handeling.BEVRAGING_HEROPEND
    Bevraging.objects.filter(pk=held.pk).update(tot=tot, gesloten_op=None)
    log(door=door, handeling=handeling, record=bevraging)


@transaction.atomic
def close_bevraging(*, bevraging: Bevraging, door: User) -> None:
    """Close a survey for answers; one that is already over is not changed.

    Raises DossierAfgesloten if the dossier has been closed.
    """
    if not is_over(lock(bevraging)):
        Bevraging.objects.filter(pk=bevraging.pk).update(gesloten_op=timezone.now())
        log(door=door, handeling=Logregel.Handeling.BEVRAGING_GESLOTEN, record=bevraging)


def lock(bevraging: Bevraging) -> Bevraging:
    """Lock a survey until the end of the transaction, and return its current state.

    Thus an answer is either stored before the survey closes, or refused; never in between.
    """
    # As in every save, the dossier is locked before any other row: a fixed order avoids deadlocks.
    hold_open(bevraging.dossier_id)
    return Bevraging.objects.select_for_update(no_key=True).get(pk=bevraging.pk)


def lock_unsettled(bevraging: Bevraging) -> Bevraging:
    if is_settled(held := lock(bevraging)):
        raise ResultaatStaatVast
    return held


def _require_none_running(dossier: Dossier) -> None:
    running = Bevraging.objects.filter(
        dossier=dossier, gesloten_op__isnull=True, tot__gte=timezone.localdate()
    )
    if running.exists():
        raise ErLooptEenBevraging
