"""Saves one field, without losing typed text or silently overwriting somebody else's."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F, Subquery
from django.utils import timezone

from dossiers.domain import still_open
from dossiers.mensen.models import User
from dossiers.models import DossierAfgesloten
from dossiers.velden.models import Revisie, Veldrecord, as_text


class SaveOutcome(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class SaveResult:
    """The outcome of one save.

    `revisie` is the field's revision in the database afterwards; `other_text` is, for a conflict
    only, what somebody else saved in the meantime.
    """

    outcome: SaveOutcome
    revisie: int
    other_text: Revisie | None = None


def save_veld(
    *,
    record: Veldrecord,
    veld: str,
    waarde: Any,
    basis: int,
    door: User,
    pagina: UUID | None = None,
) -> SaveResult:
    """Save one field of a record, if nobody saved that field since revision `basis`.

    The check and the write are one conditional UPDATE, so of two simultaneous writers exactly one
    succeeds; the second writer gets a conflict with the text of the first. A writer who did not
    change the field (the text equals that of revision `basis`) never gets a conflict, unless
    earlier texts of the field are not kept: then there is no way to tell, and both are shown.

    record: may be unsaved; its first save inserts it.
    waarde: a cleaned value of the field's own type.
    basis: the revision that the user started from; 0 when the field was empty.
    pagina: identifies the open page it was typed in. When the response to a save was lost on a weak
        network, the next save from the same page is not a conflict.
    Raises DossierAfgesloten when the record's dossier has been closed in the meantime.
    """
    if as_text(getattr(record, veld)) == as_text(waarde):
        return SaveResult(SaveOutcome.UNCHANGED, record.revisie(veld))
    while record._state.adding:
        if _insert(record=record, veld=veld, waarde=waarde, door=door, pagina=pagina):
            return SaveResult(SaveOutcome.SAVED, 1)
        _load_again(record)
    new = {"veld": veld, "waarde": waarde, "door": door, "pagina": pagina}
    if _update(record=record, basis=basis, **new):
        return SaveResult(SaveOutcome.SAVED, basis + 1)
    record.refresh_from_db()
    newest = record.revisie(veld)
    if _only_this_page_since(basis, record, veld, door, pagina) and _update(
        record=record, basis=newest, **new
    ):
        return SaveResult(SaveOutcome.SAVED, newest + 1)
    if not record.dossier.is_open:
        raise DossierAfgesloten
    if as_text(waarde) in (as_text(getattr(record, veld)), _text_at(record, veld, basis)):
        return SaveResult(SaveOutcome.UNCHANGED, record.revisie(veld))
    return SaveResult(SaveOutcome.CONFLICT, record.revisie(veld), latest_revisie(record, veld))


def revisies(record: Veldrecord, veld: str) -> models.QuerySet[Revisie]:
    """The saved texts of a field, the newest first."""
    return record.history().filter(veld=veld).select_related("door").order_by("-revisie")


def latest_revisie(record: Veldrecord, veld: str) -> Revisie | None:
    """The current text of a field with its writer; None when the field was never saved."""
    return revisies(record, veld).first()


def start_history(*, record: Veldrecord, door: User) -> None:
    """Write the first history row for each field of a new record that has revision 1."""
    for veld in record.VELDEN:
        if record.revisie(veld):
            record.history().create(
                veld=veld, revisie=1, waarde=as_text(getattr(record, veld)), door=door
            )


def _insert(*, record: Veldrecord, veld: str, waarde: Any, door: User, pagina: UUID | None) -> bool:
    setattr(record, veld, waarde)
    setattr(record, f"{veld}_revisie", 1)
    record.gewijzigd_op = timezone.now()
    record.gewijzigd_door = door
    dossier = record.dossier
    try:
        with transaction.atomic():
            # The subquery finds no dossier when it is closed, or when it adopted another version of
            # the content since the page was rendered; the NOT NULL column then rejects the insert.
            here = still_open(dossier.pk).filter(record.unmoved())
            record.dossier_id = Subquery(here.values("pk"))
            record.save(force_insert=True)
            record.dossier = dossier
            record.history().create(
                veld=veld,
                revisie=1,
                waarde=as_text(waarde),
                door=door,
                op=record.gewijzigd_op,
                pagina=pagina,
            )
    except IntegrityError:
        # Somebody else has just inserted the same record, so that ours becomes an update of theirs;
        # or the dossier was closed, or adopted another version.
        record.dossier = dossier
        return False
    return True


def _update(
    *,
    record: Veldrecord,
    veld: str,
    waarde: Any,
    basis: int,
    door: User,
    pagina: UUID | None,
) -> bool:
    now = timezone.now()
    revisie_veld = f"{veld}_revisie"
    with transaction.atomic():
        updated = (
            type(record)
            ._default_manager.filter(
                pk=record.pk,
                **{revisie_veld: basis, "dossier__in": still_open(record.dossier_id)},
            )
            .update(
                **{veld: waarde, revisie_veld: F(revisie_veld) + 1},
                gewijzigd_op=now,
                gewijzigd_door=door,
            )
        )
        if updated:
            record.history().create(
                veld=veld,
                revisie=basis + 1,
                waarde=as_text(waarde),
                door=door,
                op=now,
                pagina=pagina,
            )
            if veld in record.ZONDER_EERDERE:
                record.history().filter(veld=veld, revisie__lte=basis).delete()
    if updated:
        setattr(record, veld, waarde)
        setattr(record, revisie_veld, basis + 1)
        record.gewijzigd_op, record.gewijzigd_door = now, door
    return bool(updated)


def _only_this_page_since(
    basis: int, record: Veldrecord, veld: str, door: User, pagina: UUID | None
) -> bool:
    """Whether every save of a field since a revision came from this user and this open page."""
    if pagina is None:
        return False
    since = record.history().filter(veld=veld, revisie__gt=basis)
    return not since.exclude(door=door, pagina=pagina).exists()


def _load_again(record: Veldrecord) -> None:
    """Turn a record that could not be inserted into the row that exists in its place.

    When the dossier or talk adopted a newer version of the content instead, move the record to that
    version, still unsaved. Raises DossierAfgesloten when neither is the case.
    """
    existing = type(record)._default_manager.filter(**record.sleutel()).first()
    if existing is not None:
        record.__dict__.update(existing.__dict__)
    elif not record.follow():
        raise DossierAfgesloten


def _text_at(record: Veldrecord, veld: str, revisie: int) -> str | None:
    if revisie == 0:
        return as_text(getattr(type(record)(), veld))
    at = record.history().filter(veld=veld, revisie=revisie).first()
    return as_text(at.waarde) if at else None
