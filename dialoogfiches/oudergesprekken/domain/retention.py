"""The retention and deletion of parents' talks and of what was released from them.

What is erased here is remembered in the wislijst, so that no backup brings it back.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dialoogfiches.oudergesprekken.models import Oudergesprek, Vrijgave
from dossiers.domain import schooljaar_of
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier
from stsdialoog.wislijst import erase_and_remember, erased_keys, name_of, settle, unsettled


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
    count = sum(_erase(Oudergesprek(pk=pk), door=None, due_on=op) for pk in _due_talks(op))
    leave_no_trace()
    return count


def purge_vrijgaven(*, op: date) -> int:
    """Delete every expired Vrijgave; returns how many texts the school could still read.

    A released action stays in the dossier, with no record left that it was released.
    """
    texts = list(_due_texts(op))
    erase_and_remember(records=texts, erase=lambda: _delete_vrijgaven(op, texts))
    leave_no_trace()
    return len(texts)


def erase(*, oudergesprek: Oudergesprek, door: User) -> None:
    """Delete a talk now, also from a closed dossier. No error if it was already deleted."""
    _erase(Oudergesprek(pk=oudergesprek.pk), door=door)
    leave_no_trace()


def withdraw_vrijgave(*, vrijgave: Vrijgave, door: User) -> None:
    """Withdraw a released text from the school and erase it; also in a closed dossier.

    vrijgave: one that was already withdrawn is not changed; a released action is not withdrawn here
        but struck in the plan.
    """
    if erase_and_remember(records=[vrijgave], erase=lambda: _withdraw(vrijgave, door=door)):
        leave_no_trace()


def settle_erasures() -> None:
    """Write in the wislijst how those erasures ended whose process was killed meanwhile."""
    names = unsettled()
    left = {
        *(name_of(Oudergesprek, pk) for pk in Oudergesprek.objects.values_list("pk", flat=True)),
        *(name_of(Vrijgave, pk) for pk in _readable_texts().values_list("pk", flat=True)),
        # Only an oefendossier is ever erased as a whole.
        *(name_of(Dossier, pk) for pk in _oefendossiers().values_list("pk", flat=True)),
    }
    settle([name for name in names if name not in left], erased=True)
    settle([name for name in names if name in left], erased=False)


@transaction.atomic
def catch_up(*, op: date) -> tuple[int, int]:
    """Erase from a restored database what was erased since its backup, or has had its day by now.

    Nothing of this goes into the wislijst: the same backup may be restored elsewhere, to try it
    out, and there the day of a talk may be an earlier one than here.
    Returns the number of talks, and of texts that the school could read.
    """
    talks = {*_due_talks(op), *_erased_before(Oudergesprek.objects.all())}
    for pk in talks:
        _delete_talk(Oudergesprek(pk=pk), door=None)
    withdrawn = _erased_before(_readable_texts())
    for pk in withdrawn:
        _withdraw(Vrijgave(pk=pk), door=None)
    texts = list(_due_texts(op))
    _delete_vrijgaven(op, texts)
    return len(talks), len(withdrawn) + len(texts)


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


def _due_talks(op: date) -> list[UUID]:
    due = Oudergesprek.objects.filter(wissen_op__lte=op).order_by("wissen_op", "pk")
    return list(due.values_list("pk", flat=True))


def _erased_before(rows: QuerySet[Any]) -> list[UUID]:
    """The keys of those rows of which the wislijst says that they were erased."""
    erased = erased_keys(rows.model)
    return [pk for pk in rows.values_list("pk", flat=True) if str(pk) in erased]


def _readable_texts() -> QuerySet[Vrijgave]:
    return Vrijgave.objects.filter(actie__isnull=True, ingetrokken_op__isnull=True).only("pk")


def _oefendossiers() -> QuerySet[Dossier]:
    return Dossier.objects.filter(school__oefen=True)


def _due_texts(op: date) -> QuerySet[Vrijgave]:
    return _readable_texts().filter(wissen_op__lte=op)


def _erase(oudergesprek: Oudergesprek, *, door: User | None, due_on: date | None = None) -> bool:
    """Returns False if it was already deleted, or its author chose a later day in the meantime."""
    return erase_and_remember(
        records=[oudergesprek],
        erase=lambda: _delete_talk(oudergesprek, door=door, due_on=due_on),
    )


def _delete_talk(
    oudergesprek: Oudergesprek, *, door: User | None, due_on: date | None = None
) -> bool:
    # The texts are not loaded, so that a talk whose key was lost can be deleted too.
    found = Oudergesprek.objects.filter(pk=oudergesprek.pk).only("pk")
    if due_on is not None:
        found = found.filter(wissen_op__lte=due_on)
    _, deleted = found.delete()
    if not deleted.get(Oudergesprek._meta.label):
        return False
    log(door=door, handeling=Logregel.Handeling.OUDERGESPREK_GEWIST, record=oudergesprek)
    return True


def _delete_vrijgaven(op: date, texts: Iterable[Vrijgave]) -> bool:
    """texts: those among them that the school could still read."""
    Vrijgave.objects.filter(wissen_op__lte=op).delete()
    for vrijgave in texts:
        log(door=None, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=vrijgave)
    return True


def _withdraw(vrijgave: Vrijgave, *, door: User | None) -> bool:
    found = _readable_texts().filter(pk=vrijgave.pk)
    if not found.update(ingetrokken_op=timezone.now(), tekst=""):
        return False
    log(door=door, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=vrijgave)
    return True
