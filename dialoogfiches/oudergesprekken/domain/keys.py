"""The keys of the environment: whether they fit, and re-encrypting all texts with the first."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, QuerySet

from dialoogfiches.oudergesprekken.encryption import (
    Displaced,
    EncryptedTextField,
    Sealed,
    Unreadable,
    key_of,
)

BATCH = 500  # rows


def require_that_they_fit() -> None:
    """Look at the first and the last row of every model with encrypted texts.

    A few queries, however many talks there are. Raises MissingKey when one was encrypted with a key
    that is not in the environment.
    """
    for model in apps.get_models():
        if names := [field.name for field in _encrypted(model)]:
            rows = model._default_manager.order_by("pk").values_list(*names)
            with suppress(Displaced):  # which the page of that talk says
                _require_keys_of((*(rows.first() or ()), *(rows.last() or ())), model)


def _require_keys_of(texts: Iterable[object], model: type[Model]) -> None:
    for text in texts:
        if isinstance(text, Sealed):
            key_of(text, where=model._meta.label)


@dataclass(frozen=True)
class Renewed:
    """What a rotation did.

    rows: the number of rows of the models with encrypted fields.
    displaced: a sentence for each text that was left as it is, because it stands where it was not
        written.
    """

    rows: int
    displaced: tuple[str, ...]


def renew_all() -> Renewed:
    """Re-encrypt every encrypted field of every model with the first key.

    Each batch is one transaction, and can safely be repeated.
    Raises MissingKey for a text whose key is not in the environment.
    """
    rows = 0
    displaced: list[str] = []
    for model in apps.get_models():
        last, fields = None, _encrypted(model)
        while fields and (batch := _renew_batch(model, fields, last, displaced)):
            rows, last = rows + len(batch), batch[-1].pk
    return Renewed(rows, tuple(displaced))


def all_readable() -> bool:
    """Whether every text is one of ours, and the environment has its key."""
    try:
        for model in apps.get_models():
            if names := [field.name for field in _encrypted(model)]:
                for texts in model._default_manager.values_list(*names).iterator():
                    _require_keys_of(texts, model)
    except Unreadable:
        return False
    return True


def _encrypted(model: type[Model]) -> list[EncryptedTextField]:
    return [field for field in model._meta.fields if isinstance(field, EncryptedTextField)]


@transaction.atomic
def _renew_batch(
    model: Any, fields: list[EncryptedTextField], last: Any, displaced: list[str]
) -> list[Any]:
    """Renew the rows after the key `last`; returns them.

    They are locked until they are written back: a concurrent save waits, and is not overwritten.
    """
    rows = _bound_rows(model).order_by("pk")
    batch = list(rows.filter(pk__gt=last)[:BATCH] if last is not None else rows[:BATCH])
    for row in batch:
        displaced += _renew(row, fields)
    return batch


def _bound_rows(model: Any) -> QuerySet[Any]:
    """The rows, together with what their texts are bound to."""
    rows = model._default_manager.select_for_update(of=("self",))
    return rows.select_related(*model.BOUND_THROUGH) if model.BOUND_THROUGH else rows


def _renew(row: Any, fields: list[EncryptedTextField]) -> list[str]:
    """Write the texts of one row again; returns a sentence for each that is displaced."""
    renewed: dict[str, Sealed | str] = {}
    displaced = []
    for field in fields:
        try:
            renewed[field.name] = field.seal_for(row, getattr(row, field.name))
        except Displaced as error:
            displaced.append(str(error))
    type(row)._default_manager.filter(pk=row.pk).update(**renewed)
    return displaced
