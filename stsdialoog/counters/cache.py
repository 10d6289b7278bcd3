"""The cache of the counters behind the rate limits: a table that holds numbers, and nothing to run.

Django's own DatabaseCache unpickles what it reads: whoever could write one row could run code in
every web process. Here a value is JSON, and only a number or a list of numbers is ever believed.
"""

from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from stsdialoog.counters.models import Counter

# What allauth keeps under a code of an authenticator app that was used: it opens nothing again.
USED = "y"


class CounterCache(BaseCache):
    """Keeps numbers, booleans and lists of numbers, and the mark USED, each until it expires."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._live(key, version).values_list("value", flat=True).first()
        return found if _is_counter(found) else default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        _drop_expired()
        Counter.objects.bulk_create(
            [self._counter(key, value, timeout, version)],
            update_conflicts=True,
            update_fields=("value", "expires"),
            unique_fields=("digest",),
        )

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value under a name that has none. Of two at the same moment, one gets True."""
        _drop_expired()
        try:
            with transaction.atomic():
                self._counter(key, value, timeout, version).save(force_insert=True)
        except IntegrityError:
            return False
        return True

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number, which expires when it would have. Raises ValueError without one."""
        with transaction.atomic():
            counter = self._live(key, version).select_for_update().first()
            if counter is None or not _is_number(counter.value):
                raise ValueError("there is no number under this name")
            counter.value += delta
            counter.save(update_fields=["value"])
        return counter.value

    def delete(self, key: str, version: int | None = None) -> bool:
        deleted, _ = self._live(key, version).delete()
        return bool(deleted)

    def clear(self) -> None:
        Counter.objects.all().delete()

    def _live(self, key: str, version: int | None) -> QuerySet[Counter]:
        return Counter.objects.filter(digest=self._digest(key, version), expires__gt=timezone.now())

    def _digest(self, key: str, version: int | None) -> str:
        name = self.make_key(key, version=version)
        return salted_hmac("stsdialoog.counters", name, algorithm="sha256").hexdigest()

    def _counter(self, key: str, value: Any, timeout: Any, version: int | None) -> Counter:
        if not _is_counter(value):
            raise TypeError("a counter is a number, a boolean, a list of numbers, or USED")
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        if seconds is None:
            raise TypeError("a counter expires")
        expires = timezone.now() + timedelta(seconds=seconds)
        return Counter(digest=self._digest(key, version), value=value, expires=expires)


def _drop_expired() -> None:
    """Delete what has expired, except what somebody else is deleting at this moment."""
    expired = Counter.objects.filter(expires__lte=timezone.now())
    with transaction.atomic():
        mine = expired.select_for_update(skip_locked=True).values("pk")
        Counter.objects.filter(pk__in=mine).delete()


def _is_counter(value: Any) -> bool:
    numbers = isinstance(value, list) and all(map(_is_number, value))
    return numbers or _is_number(value) or (isinstance(value, str) and value == USED)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)
