"""Saving one field: nothing typed is ever lost and nobody is overwritten unseen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from dossiers.models import Revisie, User, Veldrecord


class Uitkomst(StrEnum):
    BEWAARD = "bewaard"
    ONGEWIJZIGD = "ongewijzigd"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Resultaat:
    """What became of one save.

    `revisie` is the field's revision in the database afterwards; `van_ander` is the text that
    somebody else saved in the meantime, for a conflict only.
    """

    uitkomst: Uitkomst
    revisie: int
    van_ander: Revisie | None = None


def save_veld(*, record: Veldrecord, veld: str, waarde: Any, basis: int, door: User) -> Resultaat:
    """Save one field of a record, if nobody saved that field since revision `basis`.

    The check and the write are one conditional UPDATE, so of two people who save at the same
    moment exactly one succeeds; the other gets a conflict with the first one's text. Who did not
    touch the field (the text equals the text of revision `basis`) never has a conflict.

    record: may be new; the first save of a new record makes it.
    waarde: a cleaned value of the field's own type.
    basis: the revision that the person started from; 0 when the field was empty.
    """
    if as_text(getattr(record, veld)) == as_text(waarde):
        return Resultaat(Uitkomst.ONGEWIJZIGD, record.revisie(veld))
    if record._state.adding:
        if _insert(record=record, veld=veld, waarde=waarde, door=door):
            return Resultaat(Uitkomst.BEWAARD, 1)
        _load_again(record)
    if _update(record=record, veld=veld, waarde=waarde, basis=basis, door=door):
        return Resultaat(Uitkomst.BEWAARD, basis + 1)
    record.refresh_from_db()
    if as_text(waarde) in (as_text(getattr(record, veld)), _text_at(record, veld, basis)):
        return Resultaat(Uitkomst.ONGEWIJZIGD, record.revisie(veld))
    return Resultaat(Uitkomst.CONFLICT, record.revisie(veld), latest_revisie(record, veld))


def revisies(record: Veldrecord, veld: str) -> models.QuerySet[Revisie]:
    """Every text that was ever saved in a field, the newest first."""
    return record.history().filter(veld=veld).select_related("door").order_by("-revisie")


def latest_revisie(record: Veldrecord, veld: str) -> Revisie | None:
    return revisies(record, veld).first()


def start_history(*, record: Veldrecord, door: User) -> None:
    """Note the first value of each filled field of a record that was just made with revision 1."""
    for veld in record.VELDEN:
        if record.revisie(veld):
            record.history().create(
                veld=veld, revisie=1, waarde=as_text(getattr(record, veld)), door=door
            )


def as_text(waarde: Any) -> str:
    """A field's value as its history keeps it: dates in ISO form, nothing as the empty text."""
    if waarde is None:
        return ""
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)


def _insert(*, record: Veldrecord, veld: str, waarde: Any, door: User) -> bool:
    setattr(record, veld, waarde)
    setattr(record, f"{veld}_revisie", 1)
    record.gewijzigd_op = timezone.now()
    record.gewijzigd_door = door
    try:
        with transaction.atomic():
            record.save(force_insert=True)
            record.history().create(
                veld=veld, revisie=1, waarde=as_text(waarde), door=door, op=record.gewijzigd_op
            )
    except IntegrityError:
        # Somebody else made the same record a moment ago; ours becomes an update of theirs.
        return False
    return True


def _update(*, record: Veldrecord, veld: str, waarde: Any, basis: int, door: User) -> bool:
    now = timezone.now()
    revisie_veld = f"{veld}_revisie"
    with transaction.atomic():
        updated = (
            type(record)
            ._default_manager.filter(pk=record.pk, **{revisie_veld: basis})
            .update(
                **{veld: waarde, revisie_veld: F(revisie_veld) + 1},
                gewijzigd_op=now,
                gewijzigd_door=door,
            )
        )
        if updated:
            record.history().create(
                veld=veld, revisie=basis + 1, waarde=as_text(waarde), door=door, op=now
            )
    if updated:
        setattr(record, veld, waarde)
        setattr(record, revisie_veld, basis + 1)
        record.gewijzigd_op, record.gewijzigd_door = now, door
    return bool(updated)


def _load_again(record: Veldrecord) -> None:
    """Turn a record that could not be inserted into the one that stands in its place."""
    existing = type(record)._default_manager.get(**record.sleutel())
    record.__dict__.update(existing.__dict__)


def _text_at(record: Veldrecord, veld: str, revisie: int) -> str | None:
    if revisie == 0:
        return ""
    return (
        record.history().filter(veld=veld, revisie=revisie).values_list("waarde", flat=True).first()
    )
