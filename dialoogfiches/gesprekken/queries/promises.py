"""What the team of a talk agreed on in an earlier one, and did not do yet."""

from dataclasses import dataclass
from datetime import date

from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie
from dossiers.acties.domain.acties import is_finished
from dossiers.acties.queries.trekkers import OpenActie, has_trekker, name_trekkers, open_lines


@dataclass(frozen=True)
class LastTalk:
    """An earlier talk, and what was agreed in it that is still open."""

    gesprek: Gesprek
    acties: tuple[OpenActie, ...]


def last_promises(gesprek: Gesprek, *, today: date, may_write: bool) -> LastTalk | None:
    """The last talk before this one that something is still open of; None without one.

    gesprek: with its dossier loaded.
    may_write: whether the reader may look back on what was agreed.
    One query, and one for the names where only the team that is reminded says who does something.
    """
    rows = (
        Gespreksactie.objects.filter(
            gesprek__dossier=gesprek.dossier_id,
            gesprek__geschrapt_op__isnull=True,
            gesprek__gemaakt_op__lt=gesprek.gemaakt_op,
            actie__geschrapt_op__isnull=True,
        )
        .select_related("gesprek", "actie")
        .annotate(heeft_trekker=has_trekker("actie"))
        .order_by("-gesprek__gemaakt_op", "gesprek", "actie__gemaakt_op", "actie")
    )
    still_open = [row for row in rows if not is_finished(row.actie)]
    if not still_open:
        return None
    last = still_open[0].gesprek
    here = [row for row in still_open if row.gesprek_id == last.pk]
    for row in here:
        row.actie.heeft_trekker = row.heeft_trekker
    acties = [row.actie for row in here]
    name_trekkers(acties)
    return LastTalk(last, open_lines(acties, today=today, may_write=may_write))
