"""Looking back on an action: a check is rounded off, opened again, and planned once more."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Actiestand, Besluit, Checkmoment, Trekker, Vervolg
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.velden.domain.saving import save_veld


class ActieGeschrapt(Exception):
    """The action was struck in the meantime."""


class NogGeenBesluit(Exception):
    """A check can't be rounded off before there is a decision."""


@dataclass(frozen=True)
class Vervolgstap:
    """The words of the action that goes on from one that is adjusted.

    check_op: the day on which the team looks back on that one, if it chose one.
    sleutel: idempotency key of the form it was typed in, see `create_actie`.
    herinner: as for `create_actie`.
    """

    wat: str
    wie: str = ""
    wanneer: str = ""
    check_op: date | None = None
    sleutel: UUID | None = None
    herinner: bool = False


@dataclass(frozen=True)
class RoundedOff:
    """A check that is rounded off.

    is_new: whether this did it; else it was done before.
    vervolg: the action that was made to go on with.
    """

    check: Checkmoment
    is_new: bool
    vervolg: Actie | None = None


def moment_at(actie: Actie, nummer: int | None = None) -> Checkmoment | None:
    """A check of an action: the one with this number, or else the one to do now.

    That one is unsaved as long as nobody typed in it: its first save makes it. None for a number
    that the action does not have, and is not the next one either. One query.
    """
    checks = {one.nummer: one for one in Checkmoment.objects.filter(actie=actie)}
    last = checks.get(len(checks))
    to_do = len(checks) + (last is None or last.is_afgerond)
    found = checks.get(nummer or to_do)
    if found is None:
        if nummer not in (None, to_do):
            return None
        found = Checkmoment(nummer=to_do)
    found.dossier, found.actie = actie.dossier, actie
    return found


@transaction.atomic
def finish_check(
    *, check: Checkmoment, door: User, today: date, vervolg: Vervolgstap | None = None
) -> RoundedOff:
    """Round a check off: its decision becomes that of the action, and the action goes on from it.

    An action that is kept is done; one that is adjusted is too, once another one goes on from it.
    What was rounded off before stays as it is, with the action that goes on from it; other words
    for that become an action of their own, because nothing that somebody typed is dropped.

    today: the day of a check that has none, and on which the words of `vervolg` are said.
    vervolg: only used when the decision is to adjust.
    Raises NogGeenBesluit, ActieGeschrapt, and DossierAfgesloten when the dossier has been closed in
    the meantime.
    """
    hold_open(check.dossier_id)
    actie = _held(check.actie_id)
    held = Checkmoment.objects.select_for_update(no_key=True).filter(pk=check.pk).first()
    if held is None or not held.besluit:
        raise NogGeenBesluit
    is_new = not held.is_afgerond
    if is_new:
        if held.dag is None:
            save_veld(record=held, veld="dag", waarde=today, basis=held.dag_revisie, door=door)
        held.afgerond_op = timezone.now()
        held.save(update_fields=["afgerond_op"])
        _save(actie, "besluit", held.besluit, door)
    made = None
    if vervolg is not None and held.besluit == Besluit.BIJSTUREN:
        made = _go_on(actie, vervolg, door, today)
    if is_new and (made or held.besluit == Besluit.BORGEN):
        _save(actie, "stand", Actiestand.KLAAR, door)
    return RoundedOff(held, is_new, made)


@transaction.atomic
def reopen_check(*, check: Checkmoment, door: User) -> bool:
    """Open the last check of an action again, because the team decided otherwise.

    The action has no decision until it is rounded off once more; one that goes on from it stays.
    Returns False for a check that is open, or that another one came after. Raises ActieGeschrapt,
    and DossierAfgesloten when the dossier has been closed in the meantime.
    """
    hold_open(check.dossier_id)
    actie = _held(check.actie_id)
    last = Checkmoment.objects.filter(actie=actie).last()
    if last is None or last.pk != check.pk or not last.is_afgerond:
        return False
    last.afgerond_op = None
    last.save(update_fields=["afgerond_op"])
    _save(actie, "besluit", "", door)
    return True


@transaction.atomic
def plan_next_check(*, actie: Actie, dag: date, door: User) -> bool:
    """Look back once more on an action that was decided on.

    Returns False for one without a decision: a colleague planned a check meanwhile, or opened the
    last one again. Raises ActieGeschrapt, and DossierAfgesloten when the dossier has been closed in
    the meantime.
    """
    hold_open(actie.dossier_id)
    held = _held(actie.pk)
    if not held.besluit:
        return False
    _save(held, "check_op", dag, door)
    _save(held, "besluit", "", door)
    return True


def look_back_again(*, actie: Actie, door: User) -> None:
    """Empty the decision of an action when a check was planned that comes after that decision."""
    last = Checkmoment.objects.filter(actie=actie, afgerond_op__isnull=False).last()
    if actie.besluit and actie.check_op and last and last.dag and actie.check_op > last.dag:
        _save(actie, "besluit", "", door)


def _held(pk: UUID) -> Actie:
    actie = Actie.objects.select_for_update(no_key=True).select_related("dossier").get(pk=pk)
    if actie.geschrapt_op:
        raise ActieGeschrapt
    return actie


def _save(actie: Actie, veld: str, waarde: object, door: User) -> None:
    basis = actie.revisie(veld)
    save_veld(record=actie, veld=veld, waarde=waarde, basis=basis, door=door)


def _go_on(actie: Actie, vervolg: Vervolgstap, door: User, today: date) -> Actie:
    """Make the action that goes on from this one, at the same place in the plan."""
    made = create_actie(
        dossier=actie.dossier,
        wat=vervolg.wat,
        wie=vervolg.wie,
        wanneer=vervolg.wanneer,
        check_op=vervolg.check_op,
        sleutel=vervolg.sleutel,
        hoort_bij=actie.hoort_bij,
        herinner=vervolg.herinner,
        today=today,
        door=door,
    )
    if not Vervolg.objects.filter(actie=made).exists():
        # An action goes on in one other at most: in this one when that was struck.
        goes_on = Vervolg.objects.filter(eerdere=actie)
        struck = goes_on.filter(actie__geschrapt_op__isnull=False)
        if struck.update(actie=made) or not goes_on.exists():
            Vervolg.objects.get_or_create(actie=made, defaults={"eerdere": actie})
            _take_along(actie, made)
    return made


def _take_along(actie: Actie, made: Actie) -> None:
    """Who does an action goes on with the next one, when that names the same people."""
    if made.wie == actie.wie:
        going = [one.goes_on_with(made) for one in Trekker.objects.filter(actie=actie)]
        # Who stands in Wie may have been chosen already.
        Trekker.objects.bulk_create(going, ignore_conflicts=True)
