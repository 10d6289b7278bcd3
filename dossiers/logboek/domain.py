"""Writing the audit log, and clearing out what stood in it long enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model
from django.utils import timezone

from dossiers.logboek.models import DAGEN_BEWAARD, Logregel

if TYPE_CHECKING:
    # Not at runtime: the `mensen` app imports this one.
    from dossiers.mensen.models import User

BATCH = 1000  # lines


@dataclass(frozen=True)
class Place:
    """Where something happened: the keys of a dossier, a school and a CLB, as far as it has one."""

    dossier_id: UUID | None = None
    school_id: UUID | None = None
    clb_id: UUID | None = None


def place_of(record: Model) -> Place:
    """The place of a record, by the relations that lead there: they have one name in all models.

    Costs a query for each of those that was not read with the record.
    """
    itself: dict[str | None, Any] = {record._meta.model_name: record}
    dossier = itself.get("dossier") or getattr(record, "dossier", None)
    school = itself.get("school") or getattr(dossier or record, "school", None)
    clb_id = record.pk if "clb" in itself else getattr(school or record, "clb_id", None)
    return Place(dossier and dossier.pk, school and school.pk, clb_id)


def log(
    *,
    door: "User | None",
    handeling: Logregel.Handeling,
    record: Model,
    place: Place | None = None,
) -> Logregel:
    """Log who did what to which record, never the content of that record.

    door: None for an automatic action, or for somebody who did not log in.
    place: of a record that does not have one itself, such as an account.
    """
    line = _line(door, handeling, record, place)
    line.save(force_insert=True)
    return line


def log_once_a_day(
    *,
    door: "User | None",
    handeling: Logregel.Handeling,
    records: Iterable[Model],
    place: Place | None = None,
) -> None:
    """Log what may happen time and again, such as reading: once a day for a person and a record.

    One query when all of it was logged today, however many records; two otherwise. Arguments: as
    for `log`.
    """
    lines = {}
    for record in records:
        line = _line(door, handeling, record, place)
        line.eenmaal = _of_today(line)
        lines[line.eenmaal] = line
    if not lines:
        return
    known = Logregel.objects.filter(eenmaal__in=lines).values_list("eenmaal", flat=True)
    new = lines.keys() - set(known)
    # Of two requests at once, one writes the line.
    Logregel.objects.bulk_create((lines[key] for key in new), ignore_conflicts=True)


def forget_old() -> int:
    """Delete the lines that stood in the log long enough, in small steps; returns how many."""
    old = Logregel.objects.filter(op__lt=timezone.now() - timedelta(days=DAGEN_BEWAARD, hours=1))
    count = 0
    while batch := list(old.order_by("op").values_list("pk", flat=True)[:BATCH]):
        Logregel.objects.filter(pk__in=batch).delete()
        count += len(batch)
    return count


def _line(
    door: "User | None", handeling: Logregel.Handeling, record: Model, place: Place | None
) -> Logregel:
    at = place or place_of(record)
    return Logregel(
        door=door,
        handeling=handeling,
        soort=record._meta.model_name or "",
        record_id=str(record.pk),
        dossier_id=at.dossier_id,
        school_id=at.school_id,
        clb_id=at.clb_id,
    )


def _of_today(line: Logregel) -> UUID:
    day = timezone.localdate()
    what = (day, line.door_id, line.handeling, line.soort, line.record_id, line.clb_id)
    return uuid5(NAMESPACE_URL, " ".join(map(str, what)))
