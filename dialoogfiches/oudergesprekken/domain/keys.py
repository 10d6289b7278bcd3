"""Key rotation: re-encrypting all texts with the first key of the environment."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from dialoogfiches.oudergesprekken.encryption import EncryptedTextField, MissingKey

BATCH = 500  # rows


def renew_all() -> int:
    """Re-encrypt every encrypted field of every model with the first key.

    Returns the number of rows of the models with such fields. Each batch is one transaction, and
    can safely be repeated.
    Raises MissingKey for a text whose key is not in the environment.
    """
    return sum(
        _renew(model, fields) for model in apps.get_models() if (fields := _encrypted(model))
    )


def all_readable() -> bool:
    """Whether the keys of the environment can read every text."""
    try:
        for model in apps.get_models():
            if fields := _encrypted(model):
                for row in model._default_manager.iterator():
                    for field in fields:
                        getattr(row, field)
    except MissingKey:
        return False
    return True


def _encrypted(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)]


def _renew(model: type[Model], fields: list[str]) -> int:
    count, last = 0, None
    while True:
        with transaction.atomic():
            # Locked until they are written back: a concurrent save waits, and is not overwritten.
            rows = model._default_manager.select_for_update().order_by("pk")
            batch = list(rows.filter(pk__gt=last)[:BATCH] if last is not None else rows[:BATCH])
            if not batch:
                return count
            model._default_manager.bulk_update(batch, fields)
        count, last = count + len(batch), batch[-1].pk
