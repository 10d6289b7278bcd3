"""Keeping the sociale kaart of a CLB."""

from uuid import UUID

from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, User
from dossiers.sociale_kaart.models import Voorziening
from stsdialoog.fields import key_from_form
from stsdialoog.seen import check_seen

# More is no map any more; and a page, a PDF and a reader can still do with so many.
MAX_VOORZIENINGEN = 500


class KaartVol(Exception):
    """There are as many as one map can hold."""


@transaction.atomic
def add_voorziening(*, voorziening: Voorziening, sleutel: UUID, door: User) -> None:
    """Save a new one that is cleaned.

    sleutel: of the form it was typed in, generated with the page. When that sends the same words
        again (a second click, a reload), the map already has them, and nothing is added.
    Raises KaartVol for one too many.
    """
    # One at a time: two people together add no more than there is room for, two clicks add one.
    CLB.objects.select_for_update(no_key=True).get(pk=voorziening.clb_id)
    voorziening.pk = key_from_form(sleutel, voorziening.clb_id, *voorziening.shown)
    there = Voorziening.objects.filter(clb=voorziening.clb_id)
    if there.filter(pk=voorziening.pk).exists():
        return
    if there.count() >= MAX_VOORZIENINGEN:
        raise KaartVol
    voorziening.save(force_insert=True)
    _log(voorziening, door)


@transaction.atomic
def change_voorziening(*, voorziening: Voorziening, seen: str, door: User) -> None:
    """Save the changed data of one, cleaned.

    seen: its `mark` on the page where they were typed.
    Raises IntussenGewijzigd, and changes nothing, if it has another one now, and
    Voorziening.DoesNotExist if somebody took it off the map in the meantime.
    """
    now = Voorziening.objects.select_for_update(no_key=True).get(pk=voorziening.pk)
    check_seen(seen, *now.shown)
    voorziening.save(force_update=True)
    _log(voorziening, door)


@transaction.atomic
def remove_voorziening(*, voorziening: Voorziening, door: User) -> None:
    _log(voorziening, door)
    voorziening.delete()


def _log(voorziening: Voorziening, door: User) -> None:
    log(door=door, handeling=Logregel.Handeling.SOCIALE_KAART_GEWIJZIGD, record=voorziening)
