"""Text that is stored encrypted in the database, bound to the one place where it belongs.

- The cipher is AES-256-GCM with a random nonce of 96 bits, from the `cryptography` package.
- The key of the cipher, and the public id of that key, are derived with HKDF-SHA256 from a string
  in OUDERGESPREK_SLEUTELS: 32 bytes in URL-safe base64. The first string encrypts, all decrypt.
- A text is stored as `1.<key id>.<base64url of nonce, ciphertext and tag>`. The empty text stays
  empty.
- The associated data are the `1.<key id>` of the text, its table, its column and the `binding` of
  its record (models.py): the talk, the author of the talk, the question, the revision. A ciphertext
  that is copied to any other place does not open there.

Anything else in such a column is refused: there is no older form to fall back on.
"""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

FORM = "1"
KEY_ID_BYTES, KEY_BYTES, NONCE_BYTES = 4, 32, 12
# Another use of the same strings would need another text here, and gets other keys.
PURPOSE = b"stsdialoog.oudergesprekken.aes-256-gcm"


class Unreadable(Exception):
    """A stored text cannot be shown."""


class MissingKey(Unreadable):
    """A text was encrypted with a key that is not, or no longer, in the environment."""

    def __init__(self) -> None:
        super().__init__("a text is encrypted with a key that OUDERGESPREK_SLEUTELS does not have")


class Displaced(Unreadable):
    """A text was not written for the place where it stands: it was copied there, or altered."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} holds a text that was not written for that place")


class Bound(Protocol):
    """A record with encrypted texts."""

    pk: Any
    _meta: Any

    def binding(self) -> tuple[object, ...]:
        """What the texts of this record are bound to; it is known before the first save."""


@dataclass(frozen=True, repr=False)
class Sealed:
    """A text as it stands in the database; only its own field and record open it."""

    token: str


@dataclass(frozen=True, repr=False)
class Key:
    id: str
    cipher: AESGCM


@lru_cache
def _derived(keys: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(_derive(urlsafe_b64decode(key)) for key in keys)


def _derive(secret: bytes) -> Key:
    size = KEY_ID_BYTES + KEY_BYTES
    made = HKDF(algorithm=SHA256(), length=size, salt=None, info=PURPOSE).derive(secret)
    return Key(made[:KEY_ID_BYTES].hex(), AESGCM(made[KEY_ID_BYTES:]))


def _keys() -> tuple[Key, ...]:
    return _derived(tuple(settings.OUDERGESPREK_SLEUTELS))


def seal(text: str, *, place: Iterable[object]) -> Sealed:
    """Encrypt a text for one place, with the first key."""
    key = _keys()[0]
    head, nonce = f"{FORM}.{key.id}", os.urandom(NONCE_BYTES)
    made = nonce + key.cipher.encrypt(nonce, text.encode(), _associated(head, place))
    return Sealed(f"{head}.{urlsafe_b64encode(made).decode()}")


def unseal(sealed: Sealed, *, place: Iterable[object], where: str) -> str:
    """Decrypt a text in the place where it was found.

    where: what to call that place in the message of an exception.
    Raises MissingKey without its key, and Displaced if it was not written for this place.
    """
    key = key_of(sealed, where=where)
    head, _, body = sealed.token.rpartition(".")
    try:
        made = urlsafe_b64decode(body)
        nonce, secret = made[:NONCE_BYTES], made[NONCE_BYTES:]
        return key.cipher.decrypt(nonce, secret, _associated(head, place)).decode()
    except (InvalidTag, ValueError):
        # `from None`: the traceback of the original exception contains the ciphertext.
        raise Displaced(where) from None


def key_of(sealed: Sealed, *, where: str) -> Key:
    """The key that a text says it was encrypted with. Raises MissingKey and Displaced."""
    form, _, rest = sealed.token.partition(".")
    if form != FORM:
        raise Displaced(where)
    key_id = rest.partition(".")[0]
    for key in _keys():
        if key.id == key_id:
            return key
    raise MissingKey


def _associated(head: str, place: Iterable[object]) -> bytes:
    return json.dumps([head, *map(str, place)]).encode()


class OpenedAttribute(DeferredAttribute):
    """Decrypts a text when it is asked for, because its binding needs the rest of its record."""

    field: "EncryptedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = instance.__dict__[self.field.attname] = self.field.open(instance, value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """A text that is encrypted in the database, and bound to its record.

    The same text gives a different ciphertext each time, so it cannot be searched or compared in a
    query: a filter on its value is refused, and a query for values gives it as `Sealed`. An UPDATE
    takes what `seal_for` returns. Reading the attribute raises MissingKey and Displaced.
    """

    descriptor_class = OpenedAttribute

    def seal_for(self, record: Bound, text: str) -> Sealed | str:
        """A text as the column of one record stores it."""
        return seal(text, place=self._place(record)) if text else ""

    def open(self, record: Bound, sealed: Sealed) -> str:
        """The text of one record. Raises MissingKey and Displaced."""
        where = f"{self.name} of {record._meta.model_name} {record.pk}"
        return unseal(sealed, place=self._place(record), where=where)

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: ARG002
        return self.seal_for(model_instance, getattr(model_instance, self.attname))

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Sealed):
            return value.token
        if value:
            raise TypeError(f"{self.name} is encrypted: seal_for binds a text to its record")
        return value

    def from_db_value(self, value: str | None, *args: object) -> Sealed | str | None:  # noqa: ARG002
        return Sealed(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise ValueError(f"{self.name} is encrypted: no query can look inside it")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise ValueError(f"{self.name} is encrypted: no query can look inside it ({lookup_name})")

    def _place(self, record: Bound) -> tuple[object, ...]:
        return (record._meta.db_table, self.column, *record.binding())
