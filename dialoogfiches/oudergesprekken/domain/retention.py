"""The retention and deletion of parents' talks and of what was released from them."""

from datetime import date

from django.db import connection, transaction

from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from dossiers.domain import schooljaar_of
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User


def last_day(*, schooljaar: int, begonnen: date) -> date:
    """The last day allowed: 31 August of the schooljaar after that of the dossier.

    See docs/facts.md, "Privacy".
    begonnen: the day the talk was created; if that falls in a later schooljaar than the dossier's,
        that schooljaar counts.
    """
    return date(max(schooljaar, schooljaar_of(begonnen)) + 2, 8, 31)


def purge(*, op: date) -> int:
    """Delete every expired talk, with everything typed in it and its sharing.

    What was released to the school expires separately. Returns the number of deleted talks.
    """
    due = Oudergesprek.objects.filter(wissen_op__lte=op).order_by("wissen_op", "pk")
    ids = list(due.values_list("pk", flat=True))
    count = sum(_erase(Oudergesprek(pk=pk), door=None, due_on=op) for pk in ids)
    leave_no_trace()
    return count


@transaction.atomic
def purge_vrijgaven(*, op: date) -> int:
    """Delete every expired Vrijgave; returns how many texts the school could still read.

    A released action stays in the dossier, with no record left that it was released.
    """
    due = Vrijgave.objects.filter(wissen_op__lte=op)
    texts = list(due.filter(actie__isnull=True, ingetrokken_op__isnull=True).only("pk"))
    due.delete()
    for vrijgave in texts:
        log(door=None, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=vrijgave)
    leave_no_trace()
    return len(texts)


def erase(*, oudergesprek: Oudergesprek, door: User) -> None:
    """Delete a talk now, also from a closed dossier. No error if it was already deleted."""
    _erase(Oudergesprek(pk=oudergesprek.pk), door=door)
    leave_no_trace()


def leave_no_trace() -> None:
    """Truncate SQLite's write-ahead log, which still holds deleted text, after the commit.

    In the database file itself, deleted content is overwritten (`secure_delete` in the settings).
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
    """Returns False if it was already deleted, or its author chose a later day in the meantime."""
    # The texts are not loaded, so that a talk whose key was lost can be deleted too.
    found = Oudergesprek.objects.filter(pk=oudergesprek.pk).only("pk")
    if due_on is not None:
        found = found.filter(wissen_op__lte=due_on)
    _, deleted = found.delete()
    if not deleted.get(Oudergesprek._meta.label):
        return False
    log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_GEWIST, record=oudergesprek)
    return True
