"""Erasing a dossier with all that hangs on it, for good.

The wislijst keeps a restored backup from bringing it back. A talk with parents that another CLB
held in it, before the school moved, stays until its own day: the dossier waits for it.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db import router, transaction
from django.db.models import Exists, Max, Model, OuterRef, QuerySet

from dialoogfiches.oudergesprekken.domain.retention import leave_no_trace
from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers import domain
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier, GeleegdDossier
from preventieplan.bestuur.domain.vaststellen import erase_with_school
from stsdialoog.documents import kept
from stsdialoog.wislijst import WACHTTIJD, erase_and_remember, erased_keys


def day_to_erase(dossier: Dossier, *, today: date) -> date:
    """The day on which a dossier goes when it is asked today: after the wait, and not before the
    day of a talk with parents that another CLB held in it. One query.
    """
    held = Oudergesprek.objects.stayed().filter(dossier=dossier).aggregate(dag=Max("wissen_op"))
    return max(today + WACHTTIJD, held["dag"] or today)


def ask_to_erase(*, dossier: Dossier, door: User | None, today: date) -> None:
    """Have a dossier erased on that day, as `ask_to_erase` of the dossier itself does."""
    niet_voor = day_to_erase(dossier, today=today)
    domain.ask_to_erase(dossier=dossier, door=door, today=today, niet_voor=niet_voor)


def erase_dossier(dossier: Dossier, *, among: QuerySet[Dossier], door: User | None) -> None:
    """Erase a dossier, and remember it. No error when it is gone, or not one of those any more.

    dossier: with its school. among: those that may be erased, asked again when it is locked.
    Raises NotRemembered, with nothing erased.
    """
    erase = partial(_delete, dossier, among=among, door=door)
    if erase_and_remember(records=[dossier], erase=erase):
        kept.forget(str(dossier.pk))
        leave_no_trace()


def erase_due(*, op: date) -> Iterator[int]:
    """Erase the dossiers of which the waiting time is over, each by itself; yields 1 after each."""
    _hold_back(op=op)
    due = due_dossiers(op)
    for dossier in list(due.select_related("school")):
        erase_dossier(dossier, among=due, door=None)
        yield 1


@transaction.atomic
def catch_up(*, op: date) -> None:
    """Erase from a restored database the dossiers that were erased since its backup.

    Of the others that were to be, somebody may have taken it back meanwhile: they wait anew.
    """
    gone = Dossier.objects.filter(pk__in=erased_keys(Dossier))
    for dossier in gone.select_related("school"):
        _delete(dossier, among=gone, door=None)
    _waited_until(op + WACHTTIJD).update(wissen_op=op + WACHTTIJD)


def due_dossiers(op: date) -> QuerySet[Dossier]:
    """The dossiers of which the waiting time is over, the longest first."""
    return _waited_until(op).filter(~_held_elsewhere(op)).order_by("wissen_op", "pk")


def _hold_back(*, op: date) -> None:
    """Give a dossier that would be due the day of a talk that another CLB held in it.

    It had that day when it was asked, unless its school moved while it waited.
    """
    for dossier in _waited_until(op).filter(_held_elsewhere(op)):
        held = Oudergesprek.objects.stayed().filter(dossier=dossier).aggregate(dag=Max("wissen_op"))
        _waited_until(op).filter(pk=dossier.pk).update(wissen_op=held["dag"])


def _waited_until(op: date) -> QuerySet[Dossier]:
    return Dossier.objects.filter(wissen_op__lte=op)


def _held_elsewhere(op: date) -> Exists:
    """Whether a talk in a dossier stayed with another CLB, and has its day after this one."""
    stayed = Oudergesprek.objects.stayed()
    return Exists(stayed.filter(dossier=OuterRef("pk"), wissen_op__gt=op))


def _delete(dossier: Dossier, *, among: QuerySet[Dossier], door: User | None) -> bool:
    """Delete a dossier and all that hangs on it; of an oefendossier the key stays, for pages that
    are still open. A routekaart that was fixed in it has a term of its own, and is no part of it.

    Returns False when it is not among these any more.

    """
    # Locked for good: who is saving waits, and then finds it gone.
    if not among.filter(pk=dossier.pk).select_for_update(of=("self",)):
        return False
    delete_records(dossier)
    handeling = Logregel.Handeling.DOSSIER_GEWIST
    if dossier.school.oefen:
        handeling = Logregel.Handeling.OEFENDOSSIER_GELEEGD
        GeleegdDossier.objects.create(pk=dossier.pk, school=dossier.school)
        # Of any other school they stay until their own day.
        erase_with_school(dossier.school)
    log(door=door, handeling=handeling, record=dossier)
    return True


def delete_records(dossier: Dossier) -> None:
    """Delete a dossier that is locked, with all that hangs on it, inside a transaction.

    Each path takes one statement, and no text is read: those of parents may be in a lost key. The
    database checks at the end of the transaction that nothing was left behind.
    """
    for model, paths in reversed(paths_to_dossier().items()):
        for path in paths:
            rows = model._base_manager.filter(**{path: dossier.pk})
            rows._raw_delete(using=router.db_for_write(model))


def paths_to_dossier() -> dict[type[Model], list[str]]:
    """Each model whose records are of one dossier, behind those it hangs on, with how to get there.

    Found by their foreign keys, so that a new model can't be forgotten. Most have one path; a
    record that ties two others together, of which one can be in another dossier, has two.
    """
    paths: dict[type[Model], list[str]] = {Dossier: ["pk"]}
    walk: list[type[Model]] = [Dossier]
    direct = {child for child, _ in _children(Dossier)}
    for parent in walk:  # which grows on the way
        for child, name in _children(parent):
            if parent is not Dossier and child in direct:
                continue  # its own key says where it is
            if child not in paths:
                walk.append(child)
            here = [name] if parent is Dossier else [f"{name}__{path}" for path in paths[parent]]
            paths.setdefault(child, []).extend(here)
    return paths


def _children(parent: type[Model]) -> list[tuple[type[Model], str]]:
    """The models with a foreign key to another that is never empty, and the name of that key."""
    back: list[Any] = parent._meta.get_fields(include_hidden=True)
    return [
        (one.related_model, one.field.name)
        for one in back
        if one.auto_created and not one.concrete and not one.field.null
    ]
