"""Writing the audit log."""

from typing import TYPE_CHECKING

from django.db.models import Model

from dossiers.logboek.models import Logregel

if TYPE_CHECKING:
    # Not at runtime: the `mensen` app imports this one.
    from dossiers.mensen.models import User


def log(*, door: "User | None", handeling: Logregel.Handeling, record: Model) -> Logregel:
    """Log who did what to which record, never the content of that record.

    door: None for an automatic action.
    """
    return Logregel.objects.create(
        door=door,
        handeling=handeling,
        soort=record._meta.model_name or "",
        record_id=str(record.pk),
    )
