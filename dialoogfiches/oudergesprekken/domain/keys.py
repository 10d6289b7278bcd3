"""The keys of the environment: whether they fit, and re-encrypting all texts with the first."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from dialoogfiches.oudergesprekken.encryption import EncryptedTextField

BATCH = 500  # rows


def require_that_they_fit() -> None:
    """Read the first and the last text of every model; raises MissingKey for one without its key.

    A few queries, however many talks there are. With the wrong keys it fails on whatever it reads.
    """
    for model in apps.get_models():
        if _encrypted(model):
            rows = model._default_manager.order_by("pk")
            rows.first(), rows.last()


def renew_all() -> int:
    """Re-encrypt every encrypted field of every model with the first key.

    Returns the number of rows of the models with such fields. Each batch is one transaction, and
    can safely be repeated.
    Raises MissingKey for a text whose key is not in the environment.
    """
    return sum(
        _renew(model, fields) for model in apps.get_models() if (fields := _encrypted(model))
    )


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
