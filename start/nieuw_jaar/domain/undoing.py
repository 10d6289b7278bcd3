"""A schooljaar that was started by mistake: gone at once, as long as nobody did anything in it."""

from functools import partial

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gesprekrevisie,
    VoorbereideVraag,
    Voorbereiding,
)
from dossiers.acties.models import Actie, Actierevisie, Trekker, Vervolg
from dossiers.domain import SchoolStopt, hold_school, reopen_dossier
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier, Voortzetting
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from start.domain.erasing import delete_records, paths_to_dossier
from stsdialoog.documents import kept

# What starting it made, and what goes with that.
MADE: tuple[type[Model], ...] = (
    *(Dossier, Voortzetting, Actierevisie, Vervolg, Trekker),
    *(Gesprekrevisie, VoorbereideVraag),
)


class AlGebruikt(Exception):
    """Somebody did something in the dossier, or it is closed: it stays."""


@transaction.atomic
def undo_start(*, dossier: Dossier, door: User) -> Dossier:
    """Delete a dossier that goes on from another, and open that one again if it was open.

    Whoever saves in it at this very moment comes first, and then it stays; or second, and then
    hears that it is not there to write in.

    dossier: from the access check. Returns the one that it went on from. Raises AlGebruikt, with
    nothing changed, also for a dossier that is gone or goes on from none.
    """
    try:
        hold_school(dossier.school)
    except SchoolStopt as error:
        raise AlGebruikt from error
    going_on = Voortzetting.objects.filter(dossier=dossier.pk).first()
    if going_on is None:
        raise AlGebruikt
    vorig = Dossier.objects.select_for_update(no_key=True).get(pk=going_on.vorig_id)
    # Locked for good: who is saving waits, and then finds it gone.
    if not Dossier.objects.filter(pk=dossier.pk, afgesloten_op=None).select_for_update():
        raise AlGebruikt
    if is_used(going_on):
        raise AlGebruikt
    delete_records(dossier)
    if going_on.sloot_af:
        reopen_dossier(dossier=vorig, door=door)
    log(door=door, handeling=Logregel.Handeling.SCHOOLJAAR_ONGEDAAN, record=vorig)
    transaction.on_commit(partial(kept.forget, str(dossier.pk)))
    return vorig


def is_used(going_on: Voortzetting) -> bool:
    """Whether anybody did anything in a dossier since it went on from another.

    One query for each kind of record that a dossier can have. A routekaart that was fixed in it
    outlives it, but a board that was sent it would find its link over.
    """
    if VastgesteldeRoutekaart.objects.filter(dossier=going_on.dossier_id).exists():
        return True
    return any(
        _of_others(model, going_on).filter(**{path: going_on.dossier_id}).exists()
        for model, paths in paths_to_dossier().items()
        if model not in MADE
        for path in paths[:1]
    )


def _of_others(model: type[Model], going_on: Voortzetting) -> QuerySet[Model]:
    """The records of a model that starting did not make, or that were touched since."""
    rows = model._base_manager.all()
    if model is Actie:
        # Also an action that was struck, or only got another day.
        untouched = Q(gewijzigd_op=going_on.op, vervolg_van__eerdere__dossier=going_on.vorig_id)
        return rows.exclude(untouched)
    if model in (Gesprek, Voorbereiding):
        # What somebody writes in one, or prepares for it, is a record or a moment of its own.
        return rows.exclude(gewijzigd_op=going_on.op)
    return rows
