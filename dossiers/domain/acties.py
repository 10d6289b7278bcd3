"""Actions of a dossier: made once, edited field by field, struck but never thrown away."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from dossiers.domain.logboek import log
from dossiers.domain.velden import start_history
from dossiers.models import Actie, Dossier, Logregel, User
from dossiers.models.acties import Besluit, Stand


@transaction.atomic
def create_actie(
    *, dossier: Dossier, wat: str, door: User, wie: str = "", wanneer: str = ""
) -> Actie:
    """Make an action; `wat` may not be empty (a check in the database)."""
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


def strike_actie(*, actie: Actie, door: User) -> None:
    """Take an action off the plan; it can be put back with everything that was typed in it."""
    _set_struck(actie, timezone.now(), door)
    log(door=door, handeling=Logregel.Handeling.ACTIE_GESCHRAPT, record=actie)


def restore_actie(*, actie: Actie, door: User) -> None:
    _set_struck(actie, None, door)
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


def _set_struck(actie: Actie, moment: datetime | None, door: User) -> None:
    actie.geschrapt_op = moment
    actie.gewijzigd_op, actie.gewijzigd_door = timezone.now(), door
    actie.save(update_fields=["geschrapt_op", "gewijzigd_op", "gewijzigd_door"])
