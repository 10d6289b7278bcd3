"""Text that stands encrypted in the database, with a key from the environment."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Writes with the first key of the environment, reads with each of them."""
    return _cipher(tuple(settings.OUDERGESPREK_SLEUTELS))


class VersleuteldField(models.TextField):
    """A text that is encrypted on its way into the database; the empty text stays empty.

    The same text gives another ciphertext each time, so it can't be searched or compared in a
    query; a filter on its value is refused.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return cipher().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *args: object) -> str | None:  # noqa: ARG002
        return cipher().decrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise ValueError(f"{self.name} is encrypted: no query can look inside it")
        return super().get_lookup(lookup_name)
