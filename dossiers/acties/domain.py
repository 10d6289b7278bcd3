"""Actions of a dossier: created once, edited field by field, struck but never deleted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from dossiers.acties.models import Actie, Actiestand, Besluit
from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import start_history
from dossiers.velden.domain.striking import restore


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
    """Create an action.

    wat: must not be empty (a database constraint).
    sleutel: idempotency key of the form it was typed in, generated with the page. When that form
        sends the same texts again, the existing action is returned, restored if it was struck.
    Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    # Lock the dossier: with two clicks at once, the second finds the action of the first.
    hold_open(dossier.pk)
    pk = _key(sleutel, dossier, wat, wie, wanneer) if sleutel else uuid4()
    if sleutel and (existing := Actie.objects.filter(pk=pk).first()):
        if existing.geschrapt_op:
            restore(record=existing, door=door)
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


def create_linked_actie(
    *,
    dossier: Dossier,
    wat: str,
    door: User,
    link: type[Model],
    place: Callable[[], Mapping[str, Any]],
    origin: Mapping[str, Any],
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
) -> Actie:
    """Create an action together with a row that links it to where it originated.

    link: the model of that row, owned by the app it originates in, with a one-to-one field `actie`.
    place: returns the other fields of the row. Called once the dossier is locked, because the
        dossier may have adopted a newer version of the content since the page was rendered.
    origin: the record the action originates from, by field name. A record gives at most one action
        (unique in `link`); for a second click the existing action is returned, restored if it was
        struck. Values that are None are ignored.
    sleutel: idempotency key of the form it was typed in, see `create_actie`. What somebody typed is
        never dropped: when the record has another action by then, this one is made without it.
    Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    source = {field: record for field, record in origin.items() if record is not None}
    try:
        with transaction.atomic():
            actie = create_actie(
                dossier=dossier, wat=wat, wie=wie, wanneer=wanneer, sleutel=sleutel, door=door
            )
            link._default_manager.get_or_create(actie=actie, defaults={**place(), **source})
            return actie
    except IntegrityError:
        linked = link._default_manager.filter(**source).select_related("actie")
        existing: Any = linked.first() if source else None
        if existing is None:
            raise
    if sleutel:
        return create_linked_actie(
            dossier=dossier,
            wat=wat,
            wie=wie,
            wanneer=wanneer,
            sleutel=sleutel,
            door=door,
            link=link,
            place=place,
            origin={},
        )
    if existing.actie.geschrapt_op:
        restore(record=existing.actie, door=door)
    return existing.actie


def is_overdue(actie: Actie, *, today: date) -> bool:
    """Whether an action is late: not done by its date, or not checked by its check date."""
    if actie.besluit == Besluit.STOPPEN:
        return False
    not_done = actie.stand != Actiestand.KLAAR and _is_past(actie.wanneer_op, today)
    not_checked = not actie.besluit and _is_past(actie.check_op, today)
    return not_done or not_checked


def _key(sleutel: UUID, dossier: Dossier, *words: str) -> UUID:
    """Derive the primary key of an action from the key of its form.

    The texts are part of it, because after Back a user can type a different action into the same
    form; the dossier is part of it, so that no form can reach an action of another dossier.
    """
    return uuid5(sleutel, "\0".join((str(dossier.pk), *words)))


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today
