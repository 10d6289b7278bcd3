"""Saves one field, without losing typed text or silently overwriting somebody else's."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models, transaction
from django.db.models import F, Subquery
from django.utils import timezone

from dossiers.domain import still_open, why_not_open
from dossiers.mensen.models import User
from dossiers.models import DossierAfgesloten
from dossiers.velden.models import Revisie, Veldrecord, as_text
from stsdialoog.metrics import saves


class SaveOutcome(StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    # The same open page had already saved words that were typed later.
    OVERTAKEN = "overtaken"


@dataclass(frozen=True)
class Typed:
    """Where and when words were typed.

    pagina: the open page.
    nummer: the how many-th change of this field in that page it was. Requests of one page can
        arrive in another order than they were sent in.
    """

    pagina: UUID
    nummer: int


@dataclass(frozen=True)
class SaveResult:
    """The outcome of one save.

    `revisie` is the revision that the page goes on from: that of the field in the database, or for
    OVERTAKEN that of the later words of the page; `other_text` is, for a conflict only, what
    somebody else saved in the meantime.
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
    typed: Typed | None = None,
) -> SaveResult:
    """Save one field of a record, if nobody saved that field since revision `basis`.

    The check and the write are one conditional UPDATE, so of two simultaneous writers exactly one
    succeeds; the second writer gets a conflict with the text of the first. A writer who did not
    change the field (the text equals that of revision `basis`) never gets a conflict, unless
    earlier texts of the field are not kept: then there is no way to tell, and both are shown.

    record: may be unsaved; its first save inserts it.
    waarde: a cleaned value of the field's own type.
    basis: the revision that the user started from; 0 when the field was empty. One that is higher
        than the database has, as pages have that were open when a backup was put back, says nothing
        of what stands there now: a conflict.
    typed: when the response to a save was lost on a weak network, the next save from the same page
        is not a conflict; what was typed earlier never replaces what was typed later; and words
        that come again after they arrived, from a page that did not hear so, leave what was saved
        since as it is: UNCHANGED.
    Raises DossierAfgesloten when the record's dossier has been closed in the meantime, or is gone:
    an oefendossier can be emptied at any time.
    """
    result = _save(record=record, veld=veld, waarde=waarde, basis=basis, door=door, typed=typed)
    saves.labels(result.outcome).inc()
    return result


def _save(
    *, record: Veldrecord, veld: str, waarde: Any, basis: int, door: User, typed: Typed | None
) -> SaveResult:
    if as_text(getattr(record, veld)) == as_text(waarde):
        return SaveResult(SaveOutcome.UNCHANGED, record.revisie(veld))
    while record._state.adding:
        if _insert(record=record, veld=veld, waarde=waarde, door=door, typed=typed):
            return SaveResult(SaveOutcome.SAVED, 1)
        _load_again(record)
    new = {"veld": veld, "waarde": waarde, "door": door, "typed": typed}
    if _update(record=record, basis=basis, **new):
        return SaveResult(SaveOutcome.SAVED, basis + 1)
    return _save_after_others(record=record, basis=basis, **new)


def _save_after_others(
    *, record: Veldrecord, veld: str, waarde: Any, basis: int, door: User, typed: Typed | None
) -> SaveResult:
    """Save a field that is no longer at revision `basis`, where that replaces nobody's words."""
    try:
        record.refresh_from_db()
    except ObjectDoesNotExist as error:
        raise why_not_open(record.dossier_id) from error
    newest = record.revisie(veld)
    since = record.history().filter(veld=veld, revisie__gt=basis)
    if later := _typed_later(since, door, typed):
        return SaveResult(SaveOutcome.OVERTAKEN, later.revisie)
    if as_text(getattr(record, veld)) == as_text(waarde):
        return SaveResult(SaveOutcome.UNCHANGED, newest)
    if _is_free(since, basis, newest, door, typed) and _update(
        record=record, veld=veld, waarde=waarde, basis=newest, door=door, typed=typed
    ):
        return SaveResult(SaveOutcome.SAVED, newest + 1)
    if _has_arrived(since, waarde, door, typed):
        return SaveResult(SaveOutcome.UNCHANGED, newest)
    if not record.dossier.is_open:
        raise DossierAfgesloten
    if as_text(waarde) == _text_at(record, veld, basis):
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


def _insert(*, record: Veldrecord, veld: str, waarde: Any, door: User, typed: Typed | None) -> bool:
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
                **_origin(typed),
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
    typed: Typed | None,
) -> bool:
    now = timezone.now()
    revisie_veld = f"{veld}_revisie"
    with transaction.atomic():
        updated = (
            type(record)
            ._default_manager.filter(
                record.takes(veld),
                pk=record.pk,
                **{revisie_veld: basis, "dossier__in": still_open(record.dossier_id)},
            )
            .update(
                **{veld: record.in_column(veld, waarde), revisie_veld: F(revisie_veld) + 1},
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
                **_origin(typed),
            )
            if veld in record.ZONDER_EERDERE:
                record.history().filter(veld=veld, revisie__lte=basis).delete()
    if updated:
        setattr(record, veld, waarde)
        setattr(record, revisie_veld, basis + 1)
        record.gewijzigd_op, record.gewijzigd_door = now, door
    return bool(updated)


def _origin(typed: Typed | None) -> dict[str, Any]:
    return {"pagina": typed.pagina, "nummer": typed.nummer} if typed else {}


def _typed_later(
    since: models.QuerySet[Revisie], door: User, typed: Typed | None
) -> Revisie | None:
    """The last words that the same open page saved and that were typed later than these."""
    if typed is None:
        return None
    of_page = since.filter(door=door, pagina=typed.pagina, nummer__gt=typed.nummer)
    return of_page.order_by("-revisie").first()


def _has_arrived(
    since: models.QuerySet[Revisie], waarde: Any, door: User, typed: Typed | None
) -> bool:
    """Whether these very words, of the same change in the same open page, were saved before."""
    if typed is None:
        return False
    of_change = since.filter(door=door, pagina=typed.pagina, nummer=typed.nummer)
    # The text may be encrypted, so the database can't compare it.
    return any(as_text(row.waarde) == as_text(waarde) for row in of_change)


def _is_free(
    since: models.QuerySet[Revisie], basis: int, newest: int, door: User, typed: Typed | None
) -> bool:
    """Whether nobody's words are replaced by a save whose revision is not the newest.

    since: the history of the field after revision `basis`.
    """
    if newest == 0:
        return True
    if typed is None or basis > newest:
        return False
    return not since.exclude(door=door, pagina=typed.pagina).exists()


def _load_again(record: Veldrecord) -> None:
    """Turn a record that could not be inserted into the row that exists in its place.

    When the dossier or talk adopted a newer version of the content instead, move the record to that
    version, still unsaved. Raises DossierAfgesloten when neither is the case.
    """
    existing = type(record)._default_manager.filter(**record.sleutel()).first()
    if existing is not None:
        record.__dict__.update(existing.__dict__)
    elif not record.follow():
        raise why_not_open(record.dossier_id)


def _text_at(record: Veldrecord, veld: str, revisie: int) -> str | None:
    if revisie == 0:
        return as_text(getattr(type(record)(), veld))
    at = record.history().filter(veld=veld, revisie=revisie).first()
    return as_text(at.waarde) if at else None
