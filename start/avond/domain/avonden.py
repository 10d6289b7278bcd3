"""An evening itself: it is prepared, begun, led from point to point, and ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.inschalen.domain.codes import free_code
from start.avond.models import CODE_LENGTH, DUUR, Agendapunt, Avond
from stsdialoog.seen import check_seen, mark_of


class AvondVoorbij(Exception):
    """The evening was ended, begun, replaced or removed since the page was read."""


class ErIsIetsVan(Exception):
    """Something was written in the evening, or its minutes were mailed: it stays."""


@dataclass(frozen=True)
class Keuze:
    """A point that was chosen: a goal by its code, or a step of a talk by that and its code."""

    minuten: int
    doel: str = ""
    gesprek: UUID | None = None
    stap: str = ""
    briefjes: bool = False
    blad: bool = False


def open_avond(dossier: Dossier) -> Avond | None:
    """The evening of a dossier that is prepared or runs, with its points. Two queries."""
    avonden = dossier.avonden.filter(beeindigd_op__isnull=True)
    return avonden.prefetch_related("punten__gesprek__versie__materiaal").first()


def preparation_mark(avond: Avond | None) -> str:
    """What changes whenever somebody saves the preparation. No query when its points are read."""
    return mark_of(*_shown(avond))


@transaction.atomic
def prepare_avond(
    *,
    dossier: Dossier,
    seen: str,
    dag: date,
    uur: time | None,
    beloften: int,
    punten: Sequence[Keuze],
) -> Avond:
    """Prepare the next evening of a dossier, or replace what was prepared.

    seen: the `preparation_mark` of the page that it was typed on. What stands there already is left
        as it is, whatever the mark: a save that arrives twice.
    beloften: the minutes for what was agreed before. punten: 1 to 3 of them, in order.
    Raises IntussenGewijzigd for another mark, AvondVoorbij when one runs by now, and
    DossierAfgesloten when the dossier has been closed in the meantime.
    """
    hold_open(dossier.pk)
    avond = open_avond(dossier)
    if avond is not None and avond.is_begonnen:
        raise AvondVoorbij
    wanted = [
        Agendapunt(volgorde=Agendapunt.BELOFTEN, minuten=beloften),
        *(
            Agendapunt(
                volgorde=volgorde,
                doel=keuze.doel,
                gesprek_id=keuze.gesprek,
                stap=keuze.stap,
                minuten=keuze.minuten,
                briefjes=keuze.briefjes,
                blad=keuze.blad,
            )
            for volgorde, keuze in enumerate(punten, 1)
        ),
    ]
    if avond is not None and _shown(avond) == (avond.pk, *_chosen(dag, uur, wanted)):
        return avond
    check_seen(seen, *_shown(avond))
    avond, _ = Avond.objects.update_or_create(
        dossier=dossier, beeindigd_op=None, defaults={"dag": dag, "uur": uur}
    )
    avond.punten.all().delete()
    for punt in wanted:
        punt.avond = avond
    Agendapunt.objects.bulk_create(wanted)
    return avond


@transaction.atomic
def begin_avond(*, avond: Avond, beloften: bool, door: User) -> Avond:
    """Begin with the first point; one that was begun already goes on.

    beloften: whether anything of what was agreed before is due. If not, that point falls away.
    Raises AvondVoorbij, and DossierAfgesloten when the dossier has been closed in the meantime.
    """
    held = _held(avond)
    if held.is_begonnen:
        return held
    if not beloften:
        held.punten.filter(volgorde=Agendapunt.BELOFTEN).delete()
    now = timezone.now()
    over = Avond.objects.filter(begonnen_op__lte=now - DUUR)
    held.begonnen_op, held.code = now, free_code(over, length=CODE_LENGTH)
    held.save(update_fields=["begonnen_op", "code"])
    first = held.punten.first()
    # The form asks for one at least.
    assert first is not None  # noqa: S101
    _begin(first)
    log(door=door, handeling=Logregel.Handeling.AVOND_BEGONNEN, record=held)
    return held


@transaction.atomic
def go_on(*, avond: Avond, punt: int) -> Agendapunt | None:
    """Go on from a point to the next one, and return the one that it is at then.

    punt: the key of the point that whoever goes on saw. When somebody else went on from it already,
        the evening stays where it is: two who press at once do not skip a point.
    Returns None when it was at its last point. Raises AvondVoorbij and DossierAfgesloten.
    """
    held = _held(avond)
    if not held.loopt:
        raise AvondVoorbij
    punten = list(held.punten.all())
    current = [one for one in punten if one.begonnen_op][-1]
    if current.pk != punt:
        return current
    following = next((one for one in punten if not one.begonnen_op), None)
    if following is not None:
        _begin(following)
    return following


@transaction.atomic
def end_avond(*, avond: Avond) -> None:
    """End an evening: its code only says so, and its minutes are what was said until now.

    One that nobody ended in a day, ended then. One that was ended already is untouched.
    Raises AvondVoorbij for one that did not begin or is gone, and DossierAfgesloten.
    """
    hold_open(avond.dossier_id)
    held = Avond.objects.select_for_update(no_key=True).filter(pk=avond.pk).first()
    if held is None or held.laatste is None:
        raise AvondVoorbij
    if held.is_beeindigd:
        return
    held.beeindigd_op = min(timezone.now(), held.laatste)
    held.save(update_fields=["beeindigd_op"])


@transaction.atomic
def remove_prepared(*, avond: Avond, seen: str, door: User) -> None:
    """Remove an evening that is prepared.

    seen: the `preparation_mark` of the page.
    Raises IntussenGewijzigd for another mark, AvondVoorbij for one that began or is gone, and
    DossierAfgesloten.
    """
    held = _held(avond)
    if held.is_begonnen:
        raise AvondVoorbij
    check_seen(seen, *_shown(held))
    _remove(held, door)


@transaction.atomic
def remove_empty(*, avond: Avond, leeg: bool, door: User) -> None:
    """Remove an evening that was ended and left nothing, such as one that was begun by mistake.

    One that goes on has to be ended first, so that its phones hear that it is over.
    leeg: whether its minutes say nothing.
    Raises ErIsIetsVan for one that left something, also who was there or a link in a mail;
    AvondVoorbij for one that goes on or is gone, and DossierAfgesloten.
    """
    dossier = hold_open(avond.dossier_id)
    ended = Avond.objects.select_for_update(no_key=True).filter(beeindigd_op__isnull=False)
    held = ended.filter(pk=avond.pk).first()
    if held is None:
        raise AvondVoorbij
    if not leeg or held.aanwezig or held.geclaimd_op or held.gemaild_op:
        raise ErIsIetsVan
    held.dossier = dossier
    _remove(held, door)


@transaction.atomic
def note_aanwezig(*, avond: Avond, seen: str, aanwezig: str) -> None:
    """Note who was there.

    seen: the mark of what stood there when the page was made (`stsdialoog/seen.py`).
    Raises IntussenGewijzigd, DossierAfgesloten, and AvondVoorbij for one that is gone.
    """
    hold_open(avond.dossier_id)
    held = Avond.objects.select_for_update(no_key=True).filter(pk=avond.pk).first()
    if held is None:
        raise AvondVoorbij
    if held.aanwezig != aanwezig:
        check_seen(seen, held.aanwezig)
    held.aanwezig = aanwezig
    held.save(update_fields=["aanwezig"])


def _shown(avond: Avond | None) -> tuple[object, ...]:
    if avond is None:
        return ()
    return (avond.pk, *_chosen(avond.dag, avond.uur, avond.punten.all()))


def _chosen(dag: date, uur: time | None, punten: Iterable[Agendapunt]) -> tuple[object, ...]:
    rows = (
        (one.doel, str(one.gesprek_id), one.stap, one.minuten, one.briefjes, one.blad)
        for one in punten
    )
    return (dag, uur, *rows)


def _held(avond: Avond) -> Avond:
    """Lock an evening that is not ended, with its dossier first, as every save does."""
    dossier = hold_open(avond.dossier_id)
    open_now = Avond.objects.select_for_update(no_key=True).filter(beeindigd_op__isnull=True)
    held = open_now.filter(pk=avond.pk).first()
    if held is None:
        raise AvondVoorbij
    held.dossier = dossier
    return held


def _remove(avond: Avond, door: User) -> None:
    log(door=door, handeling=Logregel.Handeling.AVOND_WEGGEHAALD, record=avond)
    avond.delete()


def _begin(punt: Agendapunt) -> None:
    punt.begonnen_op = timezone.now()
    punt.save(update_fields=["begonnen_op"])
