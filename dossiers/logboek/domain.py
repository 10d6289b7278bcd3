"""Writing the audit log."""

from typing import TYPE_CHECKING

from django.db.models import Model

from dossiers.logboek.models import Logregel

if TYPE_CHECKING:
    # Below the people, who write in it too.
    from dossiers.mensen.models import User


def log(*, door: "User | None", handeling: Logregel.Handeling, record: Model) -> None:
    """Note who did what to which record; never what was typed in it.

    door: None for what the machine does by itself.
    """
    Logregel.objects.create(
        door=door,
        handeling=handeling,
        soort=record._meta.model_name or "",
        record_id=str(record.pk),
    )
