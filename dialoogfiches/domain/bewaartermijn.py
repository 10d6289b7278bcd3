"""How long a parents' talk is kept, and its end."""

from datetime import date

from django.db import transaction

from dialoogfiches.models import Oudergesprek
from dossiers.domain.dossiers import schooljaar_of
from dossiers.domain.logboek import log
from dossiers.models import Logregel, User


def last_day(*, schooljaar: int, begonnen: date) -> date:
    """31 August of the schooljaar after the one of the dossier (domein.md, Privacy).

    begonnen: when the talk was made; in the dossier of an older schooljaar that year counts.
    """
    return date(max(schooljaar, schooljaar_of(begonnen)) + 2, 8, 31)


def purge(*, op: date) -> int:
    """Delete every talk whose day has come, with all that was typed in it and who shared it.

    What was released to the school stays, and loses its tie. Gives how many talks there were.
    """
    due = Oudergesprek.objects.filter(wissen_op__lte=op).order_by("wissen_op", "pk")
    ids = list(due.values_list("pk", flat=True))
    return sum(_erase(Oudergesprek(pk=pk), door=None, due_on=op) for pk in ids)


def erase(*, oudergesprek: Oudergesprek, door: User) -> None:
    """Delete one talk now, also from a closed dossier. One that is gone already is no mistake."""
    _erase(Oudergesprek(pk=oudergesprek.pk), door=door)


@transaction.atomic
def _erase(oudergesprek: Oudergesprek, *, door: User | None, due_on: date | None = None) -> bool:
    """False when somebody else deleted it, or its author chose a later day in the meantime."""
    # Of its texts nothing is read: what nobody has a key for any more is deleted too.
    found = Oudergesprek.objects.filter(pk=oudergesprek.pk).only("pk")
    if due_on is not None:
        found = found.filter(wissen_op__lte=due_on)
    _, deleted = found.delete()
    if not deleted.get(Oudergesprek._meta.label):
        return False
    log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_GEWIST, record=oudergesprek)
    return True
