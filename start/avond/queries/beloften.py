"""What a team agreed on before, and that asks for something by now."""

from datetime import date

from dossiers.acties.models import Actie
from dossiers.acties.queries.trekkers import (
    OpenActie,
    agreed_before,
    name_trekkers,
    open_lines,
    with_trekkers,
)
from dossiers.models import Dossier


def open_promises(dossier: Dossier, *, today: date, may_write: bool) -> tuple[OpenActie, ...]:
    """What was agreed before today and is late, or due today; the late ones first.

    may_write: whether the reader may look back on them.
    One query, and one where only the team that is reminded says who does an action.
    """
    acties = list(with_trekkers(Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True)))
    lines = open_lines(agreed_before(acties, today=today), today=today, may_write=may_write)
    due = tuple(one for one in lines if one.dag and one.dag <= today)
    name_trekkers(one.actie for one in due)
    return due
