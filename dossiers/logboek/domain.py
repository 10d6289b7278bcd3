"""Writing the audit log."""

from django.db.models import Model

from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User


def log(*, door: User | None, handeling: Logregel.Handeling, record: Model) -> None:
    """Note who did what to which record; never what was typed in it.

    door: None for what the machine does by itself.
    """
    Logregel.objects.create(
        door=door,
        handeling=handeling,
        soort=record._meta.model_name or "",
        record_id=str(record.pk),
    )
