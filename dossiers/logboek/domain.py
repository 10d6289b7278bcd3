"""Writing the audit log, and clearing out what stood in it long enough."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Model, QuerySet
from django.utils import timezone

from dossiers.logboek.models import DAGEN_BEWAARD, Logregel
from stsdialoog.small_steps import delete_in_steps

BATCH = 1000  # lines

if TYPE_CHECKING:
    # Not at runtime: the `mensen` app imports this one.
    from dossiers.mensen.models import User


@dataclass(frozen=True)
class Place:
    """Where something happened: the keys of a dossier, a school and a CLB, as far as it has one."""

    dossier_id: UUID | None = None
    school_id: UUID | None = None
    clb_id: UUID | None = None


def place_of(record: Model) -> Place:
    """The place of a record, by the relations that lead there: they have one name in all models.

    What has a CLB of its own is there, also when its school is with another one by now.
    Costs a query for each of those that was not read with the record.
    """
    itself: dict[str | None, Any] = {record._meta.model_name: record}
    dossier = itself.get("dossier") or getattr(record, "dossier", None)
    school = itself.get("school") or getattr(dossier or record, "school", None)
    own = record.pk if "clb" in itself else getattr(record, "clb_id", None)
    clb_id = own or getattr(school, "clb_id", None)
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


def log_each(
    *, door: "User | None", handeling: Logregel.Handeling, records: Iterable[Model]
) -> None:
    """Log the same of many records, in a query for each BATCH of them. Arguments: as for `log`."""
    lines = (_line(door, handeling, record, None) for record in records)
    Logregel.objects.bulk_create(lines, batch_size=BATCH)


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


def old_lines() -> QuerySet[Logregel]:
    """The lines that stood in the log long enough today: the database keeps all others."""
    return Logregel.objects.filter(op__lt=timezone.now() - timedelta(days=DAGEN_BEWAARD, hours=1))


def forget_old() -> Iterator[int]:
    """Delete those lines, with what was announced of them; yields after each step how many."""
    yield from delete_in_steps(old_lines())


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
