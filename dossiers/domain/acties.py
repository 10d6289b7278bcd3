"""Actions of a dossier: made once, edited field by field, struck but never thrown away."""

from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from dossiers.domain.dossiers import hold_open
from dossiers.domain.logboek import log
from dossiers.domain.velden import start_history
from dossiers.models import Actie, Dossier, Logregel, User
from dossiers.models.acties import Besluit, Stand


@transaction.atomic
def create_actie(
    *,
    dossier: Dossier,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
) -> Actie:
    """Make an action.

    wat: may not be empty (a check in the database).
    sleutel: of the form it was typed in, chosen by the page. The same words that arrive once more
        from that form give the action that is already there, put back on the plan if it was struck.
    Raises DossierAfgesloten when the dossier is closed by now.
    """
    # Holds the dossier: of two clicks at once, the second one finds the action of the first.
    hold_open(dossier.pk)
    pk = _key(sleutel, dossier, wat, wie, wanneer) if sleutel else uuid4()
    if sleutel and (existing := Actie.objects.filter(pk=pk).first()):
        if existing.geschrapt_op:
            restore_actie(actie=existing, door=door)
        return existing
    actie = Actie.objects.create(
        pk=pk,
        dossier=dossier,
        wat=wat,
        wat_revisie=1,
        wie=wie,
        wie_revisie=int(bool(wie)),
        wanneer=wanneer,
        wanneer_revisie=int(bool(wanneer)),
        gewijzigd_op=timezone.now(),
        gewijzigd_door=door,
    )
    start_history(record=actie, door=door)
    return actie


@transaction.atomic
def strike_actie(*, actie: Actie, door: User) -> None:
    """Take an action off the plan; it can be put back with everything that was typed in it.

    actie: one that is struck already stays as it is.
    Raises DossierAfgesloten when its dossier is closed by now.
    """
    if _set_struck(actie, timezone.now(), door):
        log(door=door, handeling=Logregel.Handeling.ACTIE_GESCHRAPT, record=actie)


@transaction.atomic
def restore_actie(*, actie: Actie, door: User) -> None:
    """Put a struck action back on the plan.

    actie: one that is on the plan already stays as it is.
    Raises DossierAfgesloten when its dossier is closed by now.
    """
    if _set_struck(actie, None, door):
        log(door=door, handeling=Logregel.Handeling.ACTIE_TERUGGEZET, record=actie)


def is_overdue(actie: Actie, *, today: date) -> bool:
    """Whether an action asks for attention: not done by its date, or not checked by its date."""
    if actie.besluit == Besluit.STOPPEN:
        return False
    not_done = actie.stand != Stand.KLAAR and _is_past(actie.wanneer_op, today)
    not_checked = not actie.besluit and _is_past(actie.check_op, today)
    return not_done or not_checked


def _key(sleutel: UUID, dossier: Dossier, *words: str) -> UUID:
    """The key of an action that was typed in a form.

    With the words in it, since after Back one can also type another action over the first; with
    the dossier in it, so that no form reaches an action elsewhere.
    """
    return uuid5(sleutel, "\0".join((str(dossier.pk), *words)))


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def _set_struck(actie: Actie, moment: datetime | None, door: User) -> bool:
    """Strike an action at a moment, or put it back (None); False when that was done already."""
    hold_open(actie.dossier_id)
    changed = Actie.objects.filter(pk=actie.pk, geschrapt_op__isnull=moment is not None).update(
        geschrapt_op=moment, gewijzigd_op=timezone.now(), gewijzigd_door=door
    )
    actie.refresh_from_db(fields=["geschrapt_op", "gewijzigd_op", "gewijzigd_door"])
    return bool(changed)
