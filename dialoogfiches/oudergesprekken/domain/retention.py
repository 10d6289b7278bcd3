"""The retention and deletion of parents' talks and of what was released from them.

What is erased here is remembered in the wislijst, so that no backup brings it back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from dialoogfiches.oudergesprekken.models import Deling, Oudergesprek, Vrijgave
from dossiers.domain import schooljaar_of
from dossiers.logboek.domain import log, place_of
from dossiers.logboek.models import Logregel
from dossiers.mensen.access import clb_staff_of
from dossiers.mensen.models import CLB, School, User
from dossiers.models import Dossier
from stsdialoog.small_steps import STEP
from stsdialoog.wislijst import (
    WACHTTIJD,
    erase_and_remember,
    erased_keys,
    name_of,
    settle,
    unsettled,
)


def last_day(*, schooljaar: int, begonnen: date) -> date:
    """The last day allowed: 31 August of the schooljaar after that of the dossier.

    See docs/facts.md, "Privacy".
    begonnen: the day the talk was created; if that falls in a later schooljaar than the dossier's,
        that schooljaar counts.
    """
    return date(max(schooljaar, schooljaar_of(begonnen)) + 2, 8, 31)


def due_talks(op: date) -> QuerySet[Oudergesprek]:
    """The talks whose last day has come."""
    return Oudergesprek.objects.filter(wissen_op__lte=op)


def purge(*, op: date) -> Iterator[int]:
    """Delete every expired talk, with everything typed in it and its sharing.

    What was released to the school expires separately. Yields after each talk how many went.
    """
    due = due_talks(op)
    for pk in _keys(due):
        yield int(_erase(Oudergesprek(pk=pk), door=None, among=due))
    leave_no_trace()


def due_left_behind(op: date) -> QuerySet[Oudergesprek]:
    """The talks that nobody could open, and of which an ankerfiguur asked it long enough ago."""
    return Oudergesprek.objects.filter(achtergebleven_wissen_op__lte=op)


def purge_left_behind(*, op: date) -> Iterator[int]:
    """Delete the talks that were left behind and of which the waiting time is over.

    One that somebody can open again by then stays. Yields after each talk how many went.
    """
    waiting = due_left_behind(op)
    dossiers = Dossier.objects.filter(pk__in=waiting.values("dossier"))
    for dossier in dossiers.select_related("school"):
        due = left_behind_in(dossier).filter(achtergebleven_wissen_op__lte=op)
        for talk in list(due):
            yield int(_erase(talk, door=None, among=due))
        waiting.filter(dossier=dossier).update(achtergebleven_wissen_op=None)
    leave_no_trace()


def due_vrijgaven(op: date) -> QuerySet[Vrijgave]:
    """What was released and has had its day: texts, withdrawn or not, and actions."""
    return Vrijgave.objects.filter(wissen_op__lte=op)


def purge_vrijgaven(*, op: date) -> Iterator[int]:
    """Delete every expired Vrijgave; yields after each step how many those were.

    A released action stays in the dossier, with no record left that it was released.
    """
    while batch := list(due_vrijgaven(op).order_by("pk").values_list("pk", flat=True)[:STEP]):
        few = due_vrijgaven(op).filter(pk__in=batch)
        texts = list(_readable_texts().filter(pk__in=few))
        erase_and_remember(records=texts, erase=partial(_delete_vrijgaven, few, texts))
        yield len(batch)
    leave_no_trace()


def erase(*, oudergesprek: Oudergesprek, door: User) -> None:
    """Delete a talk now, also from a closed dossier. No error if it was already deleted."""
    _erase(Oudergesprek(pk=oudergesprek.pk), door=door, among=Oudergesprek.objects.all())
    leave_no_trace()


def erase_held_by(clbs: QuerySet[CLB]) -> None:
    """Delete the talks that CLB's held, wherever their schools are by now: they go themselves.

    clbs: asked again before each talk, so that one that is kept meanwhile keeps what it has left.
    """
    held = Oudergesprek.objects.filter(clb__in=clbs)
    for pk in _keys(held):
        _erase(Oudergesprek(pk=pk), door=None, among=held)
    leave_no_trace()


def withdraw_vrijgave(*, vrijgave: Vrijgave, door: User) -> None:
    """Withdraw a released text from the school and erase it; also in a closed dossier.

    vrijgave: one that was already withdrawn is not changed; a released action is not withdrawn here
        but struck in the plan.
    """
    if erase_and_remember(records=[vrijgave], erase=lambda: _withdraw(vrijgave, door=door)):
        leave_no_trace()


def left_behind_in(dossier: Dossier) -> QuerySet[Oudergesprek]:
    """The talks that nobody can open, without their texts.

    That is: the author has left the CLB, and the talk is not shared with current staff. Those that
    another CLB held before the school came to this one are not for this one to see.
    """
    staff = clb_staff_of(dossier.school)
    shared = Deling.objects.in_force().filter(met__in=staff)
    return (
        Oudergesprek.objects.with_school()
        .filter(dossier=dossier)
        .exclude(auteur__in=staff)
        .exclude(pk__in=shared.values("oudergesprek"))
        .only("wissen_op")
    )


def settle_erasures() -> None:
    """Write in the wislijst how those erasures ended whose process was killed meanwhile."""
    names = unsettled()
    left = {
        *(name_of(Oudergesprek, pk) for pk in Oudergesprek.objects.values_list("pk", flat=True)),
        *(name_of(Vrijgave, pk) for pk in _readable_texts().values_list("pk", flat=True)),
        *(name_of(Dossier, pk) for pk in Dossier.objects.values_list("pk", flat=True)),
        *(name_of(CLB, pk) for pk in CLB.objects.values_list("pk", flat=True)),
        *(name_of(School, pk) for pk in School.objects.values_list("pk", flat=True)),
        *(name_of(User, pk) for pk in User.objects.known().values_list("pk", flat=True)),
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
    everything = Oudergesprek.objects.all()
    talks = {*_keys(everything.filter(wissen_op__lte=op)), *_erased_before(everything)}
    for pk in talks:
        _delete_talk(Oudergesprek(pk=pk), door=None, among=everything)
    # Somebody may have taken it back since the backup: they wait anew.
    waits = everything.filter(achtergebleven_wissen_op__lt=op + WACHTTIJD)
    waits.update(achtergebleven_wissen_op=op + WACHTTIJD)
    withdrawn = _erased_before(_readable_texts())
    for pk in withdrawn:
        _withdraw(Vrijgave(pk=pk), door=None)
    texts = list(_readable_texts().filter(wissen_op__lte=op))
    _delete_vrijgaven(due_vrijgaven(op), texts)
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


def _keys(talks: QuerySet[Oudergesprek]) -> list[UUID]:
    return list(talks.order_by("wissen_op", "pk").values_list("pk", flat=True))


def _erased_before(rows: QuerySet[Any]) -> list[UUID]:
    """The keys of those rows of which the wislijst says that they were erased."""
    erased = erased_keys(rows.model)
    return [pk for pk in rows.values_list("pk", flat=True) if str(pk) in erased]


def _readable_texts() -> QuerySet[Vrijgave]:
    """With their place, and without what they say."""
    texts = Vrijgave.objects.filter(actie__isnull=True, ingetrokken_op__isnull=True)
    return texts.select_related("dossier__school").only("dossier__school__clb")


def _erase(oudergesprek: Oudergesprek, *, door: User | None, among: QuerySet[Oudergesprek]) -> bool:
    """Returns False if it is not among these any more: it was already deleted, or its author chose
    a later day in the meantime, or can open it again.
    """
    return erase_and_remember(
        records=[oudergesprek],
        erase=lambda: _delete_talk(oudergesprek, door=door, among=among),
    )


def _delete_talk(
    oudergesprek: Oudergesprek, *, door: User | None, among: QuerySet[Oudergesprek]
) -> bool:
    # The texts are not loaded, so that a talk whose key was lost can be deleted too.
    found = among.filter(pk=oudergesprek.pk).only("pk")
    dossier = (
        Dossier.objects.filter(pk__in=found.values("dossier")).select_related("school").first()
    )
    holder = found.values_list("clb", flat=True).first()
    _, deleted = found.delete()
    if dossier is None or not deleted.get(Oudergesprek._meta.label):
        return False
    log(
        door=door,
        handeling=Logregel.Handeling.OUDERGESPREK_GEWIST,
        record=oudergesprek,
        place=replace(place_of(dossier), clb_id=holder or dossier.school.clb_id),
    )
    return True


def _delete_vrijgaven(due: QuerySet[Vrijgave], texts: Iterable[Vrijgave]) -> bool:
    """texts: those among them that the school could still read."""
    due.delete()
    for vrijgave in texts:
        log(door=None, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=vrijgave)
    return True


def _withdraw(vrijgave: Vrijgave, *, door: User | None) -> bool:
    found = _readable_texts().filter(pk=vrijgave.pk)
    text = found.first()
    if text is None or not found.update(ingetrokken_op=timezone.now(), tekst=""):
        return False
    log(door=door, handeling=Logregel.Handeling.VRIJGAVE_INGETROKKEN, record=text)
    return True
