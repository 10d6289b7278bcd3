"""Moving what is encrypted to the first key of the environment."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from dialoogfiches.oudergesprekken.encryption import VersleuteldField

BATCH = 500  # rows


def renew_all() -> int:
    """Encrypt every text of every table again, with the first key. Gives how many rows had some.

    A batch stands or falls as a whole, and can be done twice without harm.
    Raises SleutelOntbreekt at a text of which the key is not in the environment.
    """
    return sum(
        _renew(model, fields) for model in apps.get_models() if (fields := _encrypted(model))
    )


def _encrypted(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, VersleuteldField)]


def _renew(model: type[Model], fields: list[str]) -> int:
    count, last = 0, None
    while True:
        with transaction.atomic():
            # Held until they are written back: a text that is saved meanwhile waits, and wins.
            rows = model._default_manager.select_for_update().order_by("pk")
            batch = list(rows.filter(pk__gt=last)[:BATCH] if last is not None else rows[:BATCH])
            if not batch:
                return count
            model._default_manager.bulk_update(batch, fields)
        count, last = count + len(batch), batch[-1].pk
