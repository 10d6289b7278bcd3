"""Erasing a dossier with all that hangs on it, for good.

The wislijst keeps a restored backup from bringing it back.
"""

from datetime import date
from functools import partial
from typing import Any

from django.db import router, transaction
from django.db.models import Model, QuerySet

from dialoogfiches.oudergesprekken.domain.retention import leave_no_trace
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier, GeleegdDossier
from stsdialoog.documents import kept
from stsdialoog.wislijst import WACHTTIJD, erase_and_remember, erased_keys


def erase_dossier(dossier: Dossier, *, among: QuerySet[Dossier], door: User | None) -> None:
    """Erase a dossier, and remember it. No error when it is gone, or not one of those any more.

    dossier: with its school. among: those that may be erased, asked again when it is locked.
    Raises NotRemembered, with nothing erased.
    """
    erase = partial(_delete, dossier, among=among, door=door)
    if erase_and_remember(records=[dossier], erase=erase):
        kept.forget(str(dossier.pk))
        leave_no_trace()


def erase_due(*, op: date) -> int:
    """Erase the dossiers of which the waiting time is over, each by itself; returns how many."""
    due = _due(op)
    found = list(due.select_related("school"))
    for dossier in found:
        erase_dossier(dossier, among=due, door=None)
    return len(found)


@transaction.atomic
def catch_up(*, op: date) -> None:
    """Erase from a restored database the dossiers that were erased since its backup.

    Of the others that were to be, somebody may have taken it back meanwhile: they wait anew.
    """
    gone = Dossier.objects.filter(pk__in=erased_keys(Dossier))
    for dossier in gone.select_related("school"):
        _delete(dossier, among=gone, door=None)
    _due(op + WACHTTIJD).update(wissen_op=op + WACHTTIJD)


def _due(op: date) -> QuerySet[Dossier]:
    return Dossier.objects.filter(wissen_op__lte=op).order_by("wissen_op", "pk")


def _delete(dossier: Dossier, *, among: QuerySet[Dossier], door: User | None) -> bool:
    """Delete a dossier and all that hangs on it; of an oefendossier the key stays, for pages that
    are still open.

    Returns False when it is not among these any more.

    Each model takes one statement, and no text is read: those of parents may be in a lost key. The
    database checks at the end of the transaction that nothing was left behind.
    """
    # Locked for good: who is saving waits, and then finds it gone.
    if not among.filter(pk=dossier.pk).select_for_update(of=("self",)):
        return False
    for model, path in reversed(_paths_to_dossier().items()):
        rows = model._base_manager.filter(**{path: dossier.pk})
        rows._raw_delete(using=router.db_for_write(model))
    handeling = Logregel.Handeling.DOSSIER_GEWIST
    if dossier.school.oefen:
        handeling = Logregel.Handeling.OEFENDOSSIER_GELEEGD
        GeleegdDossier.objects.create(pk=dossier.pk, school=dossier.school)
    log(door=door, handeling=handeling, record=dossier)
    return True


def _paths_to_dossier() -> dict[type[Model], str]:
    """Each model whose records are of one dossier, behind those it hangs on, with how to get there.

    Found by their foreign keys, so that a new model can't be forgotten.
    """
    paths: dict[type[Model], str] = {Dossier: "pk"}
    walk: list[type[Model]] = [Dossier]
    for parent in walk:  # which grows on the way
        for child, name in _children(parent):
            if child not in paths:
                paths[child] = name if parent is Dossier else f"{name}__{paths[parent]}"
                walk.append(child)
    return paths


def _children(parent: type[Model]) -> list[tuple[type[Model], str]]:
    """The models with a foreign key to another that is never empty, and the name of that key."""
    back: list[Any] = parent._meta.get_fields(include_hidden=True)
    return [
        (one.related_model, one.field.name)
        for one in back
        if one.auto_created and not one.concrete and not one.field.null
    ]
