"""Actions of a dossier: made once, edited field by field, struck but never thrown away."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from dossiers.domain.dossiers import still_open
from dossiers.domain.logboek import log
from dossiers.domain.velden import start_history
from dossiers.models import Actie, Dossier, DossierAfgesloten, Logregel, User
from dossiers.models.acties import Besluit, Stand


@transaction.atomic
def create_actie(
    *, dossier: Dossier, wat: str, door: User, wie: str = "", wanneer: str = ""
) -> Actie:
    """Make an action.

    wat: may not be empty (a check in the database).
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    if not still_open(dossier.pk).exists():
        raise DossierAfgesloten
    actie = Actie.objects.create(
        dossier=dossier,
        wat=wat,
        wat_revisie=1,
        wie=wie,
        wie_revisie=int(bool(wie)),
        wanneer=wanneer,
        wanneer_revisie=int(bool(wanneer)),
        gewijzigd_op=timezone.now(),
        gewijzigd_door=door,
    )
    start_history(record=actie, door=door)
    return actie


@transaction.atomic
def strike_actie(*, actie: Actie, door: User) -> None:
    """Take an action off the plan; it can be put back with everything that was typed in it.

    actie: one that is struck already stays as it is.
    Raises DossierAfgesloten when its dossier is closed by now.
    """
    if _set_struck(actie, timezone.now(), door):
        log(door=door, handeling=Logregel.Handeling.ACTIE_GESCHRAPT, record=actie)


@transaction.atomic
def restore_actie(*, actie: Actie, door: User) -> None:
    """Put a struck action back on the plan.

    actie: one that is on the plan already stays as it is.
    Raises DossierAfgesloten when its dossier is closed by now.
    """
    if _set_struck(actie, None, door):
        log(door=door, handeling=Logregel.Handeling.ACTIE_TERUGGEZET, record=actie)


def is_overdue(actie: Actie, *, today: date) -> bool:
    """Whether an action asks for attention: not done by its date, or not checked by its date."""
    if actie.besluit == Besluit.STOPPEN:
        return False
    not_done = actie.stand != Stand.KLAAR and _is_past(actie.wanneer_op, today)
    not_checked = not actie.besluit and _is_past(actie.check_op, today)
    return not_done or not_checked


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _set_struck(actie: Actie, moment: datetime | None, door: User) -> bool:
    """Strike an action at a moment, or put it back (None); False when that was done already."""
    if not still_open(actie.dossier_id).exists():
        raise DossierAfgesloten
    changed = Actie.objects.filter(pk=actie.pk, geschrapt_op__isnull=moment is not None).update(
        geschrapt_op=moment, gewijzigd_op=timezone.now(), gewijzigd_door=door
    )
    actie.refresh_from_db(fields=["geschrapt_op", "gewijzigd_op", "gewijzigd_door"])
    return bool(changed)
