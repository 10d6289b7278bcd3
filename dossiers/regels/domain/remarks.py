"""Remarks beside a line of a material, among the members of its PLG.

They stand beside the material and outlive a version of it; no dossier, PDF or export has them.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from dossiers.materialen.models import Materiaal
from dossiers.mensen.models import User
from dossiers.regels.models import Regelopmerking
from stsdialoog.fields import key_from_form


class OpmerkingWeg(Exception):
    """The remark is not there (any more), stands elsewhere, or is somebody else's."""


@transaction.atomic
def write_opmerking(
    *, materiaal: Materiaal, code: str, tekst: str, sleutel: UUID, door: User
) -> Regelopmerking:
    """Write a first remark beside a line.

    tekst: must not be empty. sleutel: the key of the form it was typed in; when that sends the same
        again, the remark that is there is returned.
    """
    pk = key_from_form(sleutel, materiaal.pk, code, tekst)
    made, _ = Regelopmerking.objects.get_or_create(
        pk=pk, defaults={"materiaal": materiaal, "code": code, "tekst": tekst, "door": door}
    )
    return made


@transaction.atomic
def answer_opmerking(*, eerste: Regelopmerking, tekst: str, sleutel: UUID, door: User) -> None:
    """Answer a remark. One that was dealt with is open again: somebody still has something to say.

    eerste: a first remark. Other arguments: as for `write_opmerking`. Raises OpmerkingWeg.
    """
    held = _held(eerste)
    Regelopmerking.objects.get_or_create(
        pk=key_from_form(sleutel, held.pk, tekst),
        defaults={
            "materiaal_id": held.materiaal_id,
            "code": held.code,
            "antwoord_op": held,
            "tekst": tekst,
            "door": door,
        },
    )
    settle(eerste=held, op=None)


@transaction.atomic
def settle(*, eerste: Regelopmerking, op: date | None) -> None:
    """Say that a remark is dealt with, or not after all (None). Raises OpmerkingWeg."""
    held = _held(eerste)
    held.afgehandeld_op = op
    held.save(update_fields=["afgehandeld_op"])


@transaction.atomic
def take_away(*, opmerking: Regelopmerking, door: User) -> None:
    """Take away a remark of one's own; what others answered stays, and so does its place then.

    Raises OpmerkingWeg for that of somebody else.
    """
    own = Regelopmerking.objects.filter(pk=opmerking.pk, door=door)
    if own.filter(antwoorden__isnull=False).exists():
        own.update(tekst="")
    elif not own.delete()[0]:
        raise OpmerkingWeg
    # The place that was left for answers goes with the last of them.
    if place := opmerking.antwoord_op_id:
        Regelopmerking.objects.filter(pk=place, tekst="", antwoorden__isnull=True).delete()


def _held(eerste: Regelopmerking) -> Regelopmerking:
    held = Regelopmerking.objects.select_for_update().filter(pk=eerste.pk, antwoord_op=None).first()
    if held is None:
        raise OpmerkingWeg
    return held
