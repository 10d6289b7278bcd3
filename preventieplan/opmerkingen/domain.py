"""Writing a remark, answering it, dealing with it, and taking one's own away.

Remarks are for whoever writes in the dossier: a board does not read them, and does not see that
there are any. They stand beside the plan, so no PDF, routekaart or export has them.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dossiers.domain import hold_open
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.opmerkingen.models import Opmerking
from stsdialoog.fields import key_from_form


class OpmerkingWeg(Exception):
    """The remark is not there (any more), or stands elsewhere."""


@transaction.atomic
def write_opmerking(
    *, dossier: Dossier, bij: Mapping[str, object], tekst: str, sleutel: UUID, door: User
) -> Opmerking:
    """Write a first remark.

    bij: where it stands: a `vraag` (a code) or an `actie`.
    tekst: must not be empty. sleutel: the key of the form it was typed in; when that sends the same
        again, the remark that is there is returned.
    Raises DossierAfgesloten when the dossier was closed in the meantime.
    """
    hold_open(dossier.pk)
    pk = key_from_form(sleutel, dossier.pk, *bij.values(), tekst)
    return _once(Opmerking(pk=pk, dossier=dossier, tekst=tekst, door=door, **bij))


@transaction.atomic
def answer_opmerking(*, eerste: Opmerking, tekst: str, sleutel: UUID, door: User) -> Opmerking:
    """Answer a remark. One that was dealt with is open again: somebody still has something to say.

    eerste: a first remark. Arguments and what is raised: as for `write_opmerking`; OpmerkingWeg
        when it was taken away meanwhile.
    """
    held = _held(eerste)
    pk = key_from_form(sleutel, held.pk, tekst)
    made = _once(
        Opmerking(pk=pk, dossier_id=held.dossier_id, antwoord_op=held, tekst=tekst, door=door)
    )
    _settle(held, None)
    return made


@transaction.atomic
def settle(*, eerste: Opmerking, door: User) -> None:
    """Say that a remark is dealt with. Raises what `answer_opmerking` raises."""
    held = _held(eerste)
    if not held.is_afgehandeld:
        _settle(held, door)


@transaction.atomic
def reopen(*, eerste: Opmerking) -> None:
    """Say that a remark is not dealt with after all. Raises what `answer_opmerking` raises."""
    _settle(_held(eerste), None)


@transaction.atomic
def take_away(*, opmerking: Opmerking, door: User) -> None:
    """Take away a remark of one's own; what others answered stays, and so does its place then.

    Raises OpmerkingWeg for that of somebody else, and DossierAfgesloten when the dossier was closed
    in the meantime.
    """
    hold_open(opmerking.dossier_id)
    own = Opmerking.objects.filter(pk=opmerking.pk, door=door)
    if own.filter(antwoorden__isnull=False).exists():
        own.update(tekst="")
    elif not own.delete()[0]:
        raise OpmerkingWeg
    # The place that was left for answers goes with the last of them.
    if place := opmerking.antwoord_op_id:
        Opmerking.objects.filter(pk=place, tekst="", antwoorden__isnull=True).delete()


def _once(made: Opmerking) -> Opmerking:
    return Opmerking.objects.filter(pk=made.pk).first() or _saved(made)


def _saved(made: Opmerking) -> Opmerking:
    made.save(force_insert=True)
    return made


def _held(eerste: Opmerking) -> Opmerking:
    hold_open(eerste.dossier_id)
    held = Opmerking.objects.filter(pk=eerste.pk, antwoord_op=None).first()
    if held is None:
        raise OpmerkingWeg
    return held


def _settle(held: Opmerking, door: User | None) -> None:
    held.afgehandeld_door, held.afgehandeld_op = door, timezone.now() if door else None
    held.save(update_fields=["afgehandeld_door", "afgehandeld_op"])
