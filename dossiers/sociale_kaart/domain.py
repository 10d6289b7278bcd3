"""Keeping the sociale kaart of a CLB."""

from django.db import transaction

from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import CLB, User
from dossiers.sociale_kaart.models import Voorziening

# More is no map any more; and a page, a PDF and a reader can still do with so many.
MAX_VOORZIENINGEN = 500


class KaartVol(Exception):
    """There are as many as one map can hold."""


@transaction.atomic
def save_voorziening(*, voorziening: Voorziening, door: User) -> None:
    """Save one that is cleaned, new or changed. Raises KaartVol for one too many."""
    if voorziening._state.adding:
        # One at a time, so that two people together add no more than there is room for.
        CLB.objects.select_for_update(no_key=True).get(pk=voorziening.clb_id)
        if Voorziening.objects.filter(clb=voorziening.clb_id).count() >= MAX_VOORZIENINGEN:
            raise KaartVol
    voorziening.save()
    _log(voorziening, door)


@transaction.atomic
def remove_voorziening(*, voorziening: Voorziening, door: User) -> None:
    _log(voorziening, door)
    voorziening.delete()


def _log(voorziening: Voorziening, door: User) -> None:
    log(door=door, handeling=Logregel.Handeling.SOCIALE_KAART_GEWIJZIGD, record=voorziening)
