"""A team tells what worked, changes its words, and takes them back."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.praktijken.models import Praktijk, Stand
from stsdialoog.fields import key_from_form
from stsdialoog.seen import check_seen
from stsdialoog.wislijst import erase_and_remember, erased_keys


class PraktijkWeg(Exception):
    """The team took the practice back in the meantime."""


@transaction.atomic
def share_praktijk(
    *,
    dossier: Dossier,
    woorden: Mapping[str, Any],
    sleutel: UUID,
    door: User,
    actie: Actie | None = None,
) -> Praktijk:
    """Tell what worked: the ankerfiguur reads it first.

    woorden: the cleaned fields of the form, by name.
    sleutel: of that form, so that a second click gives the same practice.
    actie: the action of this dossier that it came from. It gives one practice: when it has one by
        now, that is returned as it is.
    Raises DossierAfgesloten.
    """
    hold_open(dossier.pk)
    pk = key_from_form(sleutel, dossier.pk, *woorden.values())
    there = Praktijk.objects.filter(dossier=dossier)
    found = there.filter(pk=pk).first() or (actie and there.filter(actie=actie).first())
    if found:
        return found
    made = Praktijk.objects.create(pk=pk, dossier=dossier, actie=actie, **woorden)
    log(door=door, handeling=Logregel.Handeling.PRAKTIJK_VERTELD, record=made)
    return made


@transaction.atomic
def change_praktijk(
    *, praktijk: Praktijk, woorden: Mapping[str, Any], seen: str, door: User
) -> None:
    """Replace the words of a practice; the ankerfiguur reads it again, also when it was shared.

    seen: its `mark` on the page where they were typed.
    Raises PraktijkWeg, IntussenGewijzigd, and DossierAfgesloten.
    """
    hold_open(praktijk.dossier_id)
    held = hold_praktijk(praktijk.pk)
    check_seen(seen, *held.shown)
    before = held.mark
    for naam, waarde in woorden.items():
        setattr(held, naam, waarde)
    if held.mark == before and held.stand != Stand.VRAAG:
        return
    move(held, Stand.ANKERFIGUUR)
    log(door=door, handeling=Logregel.Handeling.PRAKTIJK_VERTELD, record=held)


def withdraw_praktijk(*, praktijk: Praktijk, door: User) -> bool:
    """Erase a practice with all that hangs on it, also of a closed dossier, and remember that.

    Who made an action after it keeps the action, in her own words.
    Returns False when it was gone already. Raises NotRemembered, with nothing erased.
    """
    erase = partial(_delete, praktijk, door)
    return erase_and_remember(records=[praktijk], erase=erase)


@transaction.atomic
def catch_up() -> None:
    """Erase from a restored database what was taken back since its backup."""
    Praktijk.objects.filter(pk__in=erased_keys(Praktijk)).delete()


def hold_praktijk(pk: UUID) -> Praktijk:
    """Lock a practice until the end of the transaction. Raises PraktijkWeg."""
    locked = Praktijk.objects.select_for_update(of=("self",), no_key=True)
    held = locked.select_related("dossier__school").filter(pk=pk).first()
    if held is None:
        raise PraktijkWeg
    return held


def move(held: Praktijk, stand: Stand, *, vraag: str = "") -> None:
    """Save a locked practice with another stand."""
    held.stand, held.vraag, held.gewijzigd_op = stand, vraag, timezone.now()
    held.gedeeld_op = timezone.localdate() if stand == Stand.GEDEELD else None
    held.save(force_update=True)


def _delete(praktijk: Praktijk, door: User) -> bool:
    held = Praktijk.objects.select_for_update(of=("self",)).filter(pk=praktijk.pk)
    if not held:
        return False
    log(door=door, handeling=Logregel.Handeling.PRAKTIJK_INGETROKKEN, record=praktijk)
    held.delete()
    return True
