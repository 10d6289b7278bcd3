"""The oefendossier of a CLB: to practise in and to show with. It can be emptied at any time.

There is one, of this schooljaar. What is emptied is erased for good: a new dossier takes its place,
so nothing of before can be saved in it any more, and the wislijst keeps a restored backup from
bringing it back.
"""

from datetime import date
from functools import partial
from typing import Any

from django.db import router, transaction
from django.db.models import Model

from dialoogfiches.oudergesprekken.domain.retention import leave_no_trace
from dossiers.domain import DossierBestaat, open_dossier, schooljaar_of
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.organisaties import oefenschool_of
from dossiers.mensen.models import CLB, School, User
from dossiers.models import Dossier, GeleegdDossier
from stsdialoog.documents import kept
from stsdialoog.wislijst import erase_and_remember, erased_keys


def open_oefendossier(*, clb: CLB, today: date, door: User) -> Dossier:
    """The oefendossier of this schooljaar, made if there is none; that of another year is erased.

    Raises NotRemembered when that one cannot be erased, GeenMateriaal when there is no published
    preventieplan.
    """
    school = oefenschool_of(clb=clb)
    schooljaar = schooljaar_of(today)
    for old in school.dossiers.exclude(schooljaar=schooljaar):
        _erase(old, door=door)
    return _find_or_open(school=school, schooljaar=schooljaar, door=door)


def empty_oefendossier(*, dossier: Dossier, door: User) -> Dossier:
    """Erase an oefendossier with all that was made in it, and give the empty one in its place.

    When a colleague emptied it a moment ago, that is hers.
    Raises NotRemembered, with nothing erased.
    """
    _erase(dossier, door=door)
    return _find_or_open(school=dossier.school, schooljaar=dossier.schooljaar, door=door)


@transaction.atomic
def catch_up() -> None:
    """Erase from a restored database the oefendossiers that were emptied since its backup."""
    erased = erased_keys(Dossier)
    for dossier in Dossier.objects.filter(school__oefen=True):
        if str(dossier.pk) in erased:
            _delete(dossier, door=None)


def _find_or_open(*, school: School, schooljaar: int, door: User) -> Dossier:
    """Of two people at once, one opens it and the other finds it."""
    try:
        return open_dossier(school=school, schooljaar=schooljaar, door=door)
    except DossierBestaat:
        return school.dossiers.get(schooljaar=schooljaar)


def _erase(dossier: Dossier, *, door: User) -> None:
    if erase_and_remember(records=[dossier], erase=partial(_delete, dossier, door=door)):
        kept.forget(str(dossier.pk))
        leave_no_trace()


def _delete(dossier: Dossier, *, door: User | None) -> bool:
    """Delete a dossier and all that hangs on it, and keep its key: pages of it can still be open.

    Returns False when somebody else did so before.

    Each model takes one statement, and no text is read: those of parents may be in a lost key. The
    database checks at the end of the transaction that nothing was left behind.
    """
    # Locked for good: who is saving waits, and then finds it gone.
    if not Dossier.objects.filter(pk=dossier.pk, school__oefen=True).select_for_update(
        of=("self",)
    ):
        return False
    for model, path in reversed(_paths_to_dossier().items()):
        rows = model._base_manager.filter(**{path: dossier.pk})
        rows._raw_delete(using=router.db_for_write(model))
    GeleegdDossier.objects.create(pk=dossier.pk, school=dossier.school)
    log(door=door, handeling=Logregel.Handeling.OEFENDOSSIER_GELEEGD, record=dossier)
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
