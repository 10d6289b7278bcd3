"""An in-process cache for what is made from the content of published versions.

A published version is read once per process and then serves every later page. The cache key is
`content_key`, which is renewed when a file replaces the content of a version that nobody answered
yet. What another process publishes is another version, with another key.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, ClassVar, Generic, TypeVar

from dossiers.materialen.models import Materiaalversie

Kept = TypeVar("Kept")
MAX_SIZE = 64  # cached results by default: more than there are materials


class KeptPerProcess(Generic[Kept]):
    """Caches what a function makes from versions. Results are shared: callers must not change them.

    A call with a concept among its versions is not cached, unless by digest; one that raises never
    is.
    """

    _all: ClassVar[list["KeptPerProcess[Any]"]] = []

    def __init__(
        self, make: Callable[..., Kept], *, max_size: int = MAX_SIZE, by_digest: bool = False
    ) -> None:
        """Cache the results of `make`.

        make: takes the versions as positional arguments, and anything else the result depends on
            as hashable keyword arguments.
        max_size: the maximum number of cached results.
        by_digest: keep what is made from a concept too, by the digest that each edit renews. `make`
            raises when that is not the digest of what it read: somebody was editing.
        """
        self._make, self._by_digest = make, by_digest
        self._kept = lru_cache(maxsize=max_size)(self._make_once)
        self.forget = self._kept.cache_clear
        self._all.append(self)

    @classmethod
    def forget_all(cls) -> None:
        """Start again as a new process does."""
        for kept in cls._all:
            kept.forget()

    def __call__(self, *versies: Materiaalversie, **besides: Hashable) -> Kept:
        if not self._by_digest and any(versie.is_concept for versie in versies):
            return self._make(*versies, **besides)
        known_by = "digest" if self._by_digest else "content_key"
        return self._kept(*(_Unchanging(versie, known_by) for versie in versies), **besides)

    def _make_once(self, *versies: "_Unchanging", **besides: Hashable) -> Kept:
        return self._make(*(one.versie for one in versies), **besides)


class _Unchanging:
    """A version as a cache key, compared by its `content_key`, or by its digest."""

    def __init__(self, versie: Materiaalversie, known_by: str) -> None:
        self.versie, self.key = versie, getattr(versie, known_by)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unchanging) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)
