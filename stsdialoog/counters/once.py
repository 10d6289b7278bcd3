"""Remembering that something came, without a trace of when."""

from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.utils import timezone


def has_come(name: str) -> bool:
    """Whether `note_come` was called with this name, today or yesterday."""
    return bool(cache.get(name))


def note_come(name: str) -> None:
    """Remember a name until the end of tomorrow.

    An end that was counted from now would tell in which minute it came.
    """
    day = timezone.localdate() + timedelta(days=2)
    end = timezone.make_aware(datetime.combine(day, time()))
    cache.set(name, True, (end - timezone.now()).total_seconds())
