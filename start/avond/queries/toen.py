"""Fields as they were at a moment, from their histories."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from dossiers.velden.models import Veldrecord, as_text


@dataclass(frozen=True)
class Texts:
    """Records by key, and the last text of each of their fields before a moment."""

    records: dict[Any, Any] = field(default_factory=dict)
    last: dict[tuple[Any, str], str] = field(default_factory=dict)


def texts_of(revisies: QuerySet[Any], *related: str, tot: datetime) -> Texts:
    """The last text of each field before a moment, and the records when they are asked for.

    related: what to read with them. One query.
    """
    found = Texts()
    rows = revisies.filter(op__lt=tot).order_by("op", "revisie")
    for one in rows.select_related(*related) if related else rows:
        found.last[one.record_id, one.veld] = one.waarde
        if related:
            found.records[one.record_id] = one.record
    return found


def as_then(texts: Texts, record: Veldrecord, veld: str) -> str:
    """A field as it was when the evening ended; one without a history is as it came."""
    key = (record.pk, veld)
    if key in texts.last or record.revisie(veld):
        return texts.last.get(key, "")
    return as_text(getattr(record, veld))


def as_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def as_number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
