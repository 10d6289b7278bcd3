"""Counting how often something happens under a name, in a stretch of time."""

from contextlib import suppress

from django.core.cache import cache


def take(name: str, *, amount: int, seconds: int) -> bool:
    """Count one more under a name; False when that makes more than `amount` in these seconds.

    The seconds begin with the first: nobody can stretch them by going on.
    name: what is counted, and of whom; only a digest of it is kept, and that until they are over.
    """
    if cache.add(name, 1, timeout=seconds):
        return True
    try:
        return bool(cache.incr(name) <= amount)
    except ValueError:
        # It expired at this very moment.
        return True


def give_back(name: str) -> None:
    """Count one less: what was counted turned out to be right."""
    with suppress(ValueError):
        cache.incr(name, -1)


def is_full(name: str, *, amount: int) -> bool:
    """Whether that many were counted under a name, and are not over yet; counts nothing itself."""
    return bool(cache.get(name, 0) >= amount)
