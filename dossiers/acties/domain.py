"""Actions of a dossier: made once, edited field by field, struck but never thrown away."""

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
    """Make an action together with the row that says where it grew.

    link: the model of that row, with a one-to-one `actie`; the room an action grows in owns it.
    place: gives the other fields of the row. Asked when the dossier is held: it may have taken a
        newer version of the content since the page was made.
    origin: the record it grew from, by field: it gives at most one action (unique in `link`). A
        second click gives the action that is already there, put back if it was struck. A value
        that is None counts for nothing.
    sleutel: of the form it was typed in, see `create_actie`.
    Raises DossierAfgesloten when the dossier is closed by now.
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
    if existing.actie.geschrapt_op:
        restore(record=existing.actie, door=door)
    return existing.actie


def is_overdue(actie: Actie, *, today: date) -> bool:
    """Whether an action asks for attention: not done by its date, or not checked by its date."""
    if actie.besluit == Besluit.STOPPEN:
        return False
    not_done = actie.stand != Actiestand.KLAAR and _is_past(actie.wanneer_op, today)
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
