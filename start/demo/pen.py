"""Saves demo data the way a user does, then backdates it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from dossiers.logboek.guard import lifted
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Veldrecord

Outline = dict[str, Any]


@dataclass(frozen=True)
class Pen:
    """Who writes, and at what time in the past."""

    door: User
    op: datetime


def pen_of(moment: Outline, outline: Outline, reference_day: date) -> Pen:
    """The writer and the time of a moment.

    moment: a moment without a `door` of its own has that of `outline`, its dossier.
    reference_day: the day from which the file counts back its days.
    """
    door = moment.get("door", outline["door"])
    return Pen(
        User.objects.get(email=f"{door}@demo.test"), moment_of(reference_day, moment["dagen"])
    )


def moment_of(reference_day: date, dagen: int) -> datetime:
    """The afternoon of the day this many days before the reference day, or of the Friday before."""
    day = reference_day - timedelta(days=dagen)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return datetime.combine(day, time(15, 40), tzinfo=timezone.get_current_timezone())


def write(record: Veldrecord, velden: Outline, pen: Pen) -> None:
    """Save fields the way a user does, then backdate them to the time of the pen."""
    for veld, waarde in velden.items():
        save_veld(
            record=record, veld=veld, waarde=waarde, basis=record.revisie(veld), door=pen.door
        )
    set_back(record, velden, pen)


def set_back(record: Veldrecord, velden: Iterable[str], pen: Pen) -> None:
    """Backdate the newest values of some fields to the time of the pen."""
    for veld in velden:
        record.history().filter(veld=veld, revisie=record.revisie(veld)).update(op=pen.op)
    type(record)._default_manager.filter(pk=record.pk).update(gewijzigd_op=pen.op)


def set_log_back(record: Model, handeling: Logregel.Handeling, op: datetime) -> None:
    """Backdate the log entries of one kind for a record."""
    with lifted():
        Logregel.objects.filter(record_id=str(record.pk), handeling=handeling).update(op=op)
