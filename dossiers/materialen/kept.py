"""The content of published versions, kept in the memory of the process.

A published version never changes, so what a process read of it once serves every later page. Its
`content_key` is the key: when a file takes the place of the content there is a new one, and what
another process publishes is a version of its own.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar
from uuid import UUID

from dossiers.materialen.models import Materiaalversie

Kept = TypeVar("Kept")
MOST = 64  # versions of which a process keeps the content


class KeptPerProcess(Generic[Kept]):
    """A read of the content of a version. What it gives is shared: nobody changes it."""

    def __init__(self, read: Callable[[int], Kept]) -> None:
        """Make the read.

        read: reads the content of the version with this primary key from the database.
        """
        self._read = read
        self._kept = lru_cache(maxsize=MOST)(self._read_once)
        self.forget = self._kept.cache_clear

    def __call__(self, versie: Materiaalversie) -> Kept:
        if versie.is_concept:
            return self._read(versie.pk)
        return self._kept(versie.content_key, versie.pk)

    def _read_once(self, content_key: UUID, pk: int) -> Kept:  # noqa: ARG002 (the key of the cache)
        return self._read(pk)
