"""Strikes records, which hides them with everything that was typed in them, and restores them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.mensen.models import User
from dossiers.velden.models import StrikableRecord


@transaction.atomic
def strike(*, record: StrikableRecord, door: User) -> None:
    """Take an action off the plan, or a talk off the list; one that is struck already is untouched.

    Raises DossierAfgesloten when its dossier has been closed in the meantime.
    """
    if _set_struck(record, timezone.now(), door):
        log(door=door, handeling=record.STRUCK, record=record)


@transaction.atomic
def restore(*, record: StrikableRecord, door: User) -> None:
    """Restore a struck record; one that is not struck is untouched.

    Raises DossierAfgesloten when its dossier has been closed in the meantime.
    """
    if _set_struck(record, None, door):
        log(door=door, handeling=record.RESTORED, record=record)


def _set_struck(record: StrikableRecord, moment: datetime | None, door: User) -> bool:
    """Strike a record at a moment, or restore it (None). False when that was done already."""
    hold_open(record.dossier_id)
    rows = type(record)._default_manager.filter(pk=record.pk)
    changed = rows.filter(geschrapt_op__isnull=moment is not None).update(
        geschrapt_op=moment, gewijzigd_op=timezone.now(), gewijzigd_door=door
    )
    record.refresh_from_db(fields=["geschrapt_op", "gewijzigd_op", "gewijzigd_door"])
    return bool(changed)
