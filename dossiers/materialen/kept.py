"""The content of published versions, kept in the memory of the process.

A published version never changes, so what a process read of it once serves every later page. Its
`content_key` is the key: when a file takes the place of the content there is a new one, and what
another process publishes is a version of its own.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Generic, TypeVar

from dossiers.materialen.models import Materiaalversie

Kept = TypeVar("Kept")
MOST = 64  # versions, more than there are materials


class KeptPerProcess(Generic[Kept]):
    """Something that is made of the content of versions. It is shared: nobody changes it."""

    def __init__(self, make: Callable[..., Kept], *, most: int = MOST) -> None:
        """Keep what `make` gives.

        make: takes the versions, and then whatever else the result depends on.
        most: how many results are kept.
        """
        self._make = make
        self._kept = lru_cache(maxsize=most)(self._make_once)
        self.forget = self._kept.cache_clear

    def __call__(self, *versies: Materiaalversie, **besides: Hashable) -> Kept:
        if any(versie.is_concept for versie in versies):
            return self._make(*versies, **besides)
        return self._kept(*(_Unchanging(versie) for versie in versies), **besides)

    def _make_once(self, *versies: "_Unchanging", **besides: Hashable) -> Kept:
        return self._make(*(one.versie for one in versies), **besides)


class _Unchanging:
    """A published version as the key of what was made of it."""

    def __init__(self, versie: Materiaalversie) -> None:
        self.versie = versie

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Unchanging) and other.versie.content_key == self.versie.content_key
        )

    def __hash__(self) -> int:
        return hash(self.versie.content_key)
