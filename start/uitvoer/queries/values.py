"""How single values are written."""

from datetime import date, datetime

from django.utils import timezone


def moment(value: datetime | None) -> str | None:
    """A moment to the second, in the time of Belgium, with its zone (RFC 3339)."""
    return None if value is None else timezone.localtime(value).isoformat(timespec="seconds")


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
