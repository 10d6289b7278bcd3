"""Text that is stored encrypted in the database, with keys from the environment."""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class MissingKey(Exception):
    """A text was encrypted with a key that is not, or no longer, in the environment."""

    def __init__(self) -> None:
        super().__init__("a text is encrypted with a key that OUDERGESPREK_SLEUTELS does not have")


@lru_cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher that encrypts with the first key of the environment, and decrypts with any."""
    return _cipher(tuple(settings.OUDERGESPREK_SLEUTELS))


class EncryptedTextField(models.TextField):
    """A text that is encrypted when it is written to the database; the empty text stays empty.

    The same text gives a different ciphertext each time, so it cannot be searched or compared in a
    query: a filter on its value is refused. Reading raises MissingKey without the right key.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return cipher().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *args: object) -> str | None:  # noqa: ARG002
        if not value:
            return value
        try:
            return cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            # `from None`: the traceback of the original exception contains the ciphertext.
            raise MissingKey from None

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise ValueError(f"{self.name} is encrypted: no query can look inside it")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise ValueError(f"{self.name} is encrypted: no query can look inside it ({lookup_name})")
