"""How long a parents' talk and what was released of it are kept, and their end."""

from datetime import date

from django.db import connection, transaction

from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from dossiers.domain import schooljaar_of
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User


def last_day(*, schooljaar: int, begonnen: date) -> date:
    """31 August of the schooljaar after the one of the dossier (docs/facts.md, Privacy).

    begonnen: when the talk was made; in the dossier of an older schooljaar that year counts.
    """
    return date(max(schooljaar, schooljaar_of(begonnen)) + 2, 8, 31)


def purge(*, op: date) -> int:
    """Delete every talk whose day has come, with all that was typed in it and who shared it.

    What was released to the school has a day of its own. Gives how many talks there were.
    """
    due = Oudergesprek.objects.filter(wissen_op__lte=op).order_by("wissen_op", "pk")
    ids = list(due.values_list("pk", flat=True))
    count = sum(_erase(Oudergesprek(pk=pk), door=None, due_on=op) for pk in ids)
    leave_no_trace()
    return count


@transaction.atomic
def purge_vrijgaven(*, op: date) -> int:
    """Delete every released text whose day has come; gives how many the school could still read.

    A released action stays in the dossier, and nothing says any more that it was released.
    """
    due = Vrijgave.objects.filter(wissen_op__lte=op)
    texts = list(due.filter(actie__isnull=True, ingetrokken_op__isnull=True).only("pk"))
    due.delete()
    for vrijgave in texts:
        log(door=None, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=vrijgave)
    leave_no_trace()
    return len(texts)


def erase(*, oudergesprek: Oudergesprek, door: User) -> None:
    """Delete one talk now, also from a closed dossier. One that is gone already is no mistake."""
    _erase(Oudergesprek(pk=oudergesprek.pk), door=door)
    leave_no_trace()


def leave_no_trace() -> None:
    """Empty the file in which SQLite keeps what was written before it, once that is committed.

    What is deleted in the database itself is overwritten (`secure_delete` in the settings).
    PostgreSQL leaves both to VACUUM.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_truncate_wal)


def _truncate_wal() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()


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
