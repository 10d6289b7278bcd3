"""Evenings as an ankerfiguur prepares and leads them."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Veldrecord
from start.avond.domain.avonden import (
    Keuze,
    begin_avond,
    open_avond,
    preparation_mark,
    prepare_avond,
)
from start.avond.models import Avond

DOEL, TWEEDE = "f0-1", "f1-1"


def page(dossier: Dossier) -> str:
    return reverse("avond", args=[dossier.pk])


def minutes(avond: Avond, name: str = "avond-verslag") -> str:
    return reverse(name, args=[avond.dossier_id, avond.pk])


def phone(avond: Avond) -> str:
    return reverse("avond-telefoon", args=[avond.code])


def prepared(dossier: Dossier, *punten: Keuze, **when: Any) -> Avond:
    """An evening about two goals, or about these points."""
    made = prepare_avond(
        dossier=dossier,
        punten=punten or (Keuze(20, doel=DOEL), Keuze(30, doel=TWEEDE)),
        **{
            "seen": preparation_mark(open_avond(dossier)),
            "dag": timezone.localdate(),
            "uur": None,
            "beloften": 10,
            **when,
        },
    )
    made.dossier = dossier
    return made


def begun(dossier: Dossier, door: User, *punten: Keuze, beloften: bool = False) -> Avond:
    made = begin_avond(avond=prepared(dossier, *punten), beloften=beloften, door=door)
    made.dossier = dossier
    return made


def earlier(avond: Avond, **ago: int) -> None:
    """As if it all began so long ago."""
    gone = timedelta(**ago)
    for rows in (avond.punten.filter(begonnen_op__isnull=False), Avond.objects.filter(pk=avond.pk)):
        rows.update(begonnen_op=F("begonnen_op") - gone)
    avond.refresh_from_db()


def agreed_last_month(actie: Actie, **velden: Any) -> None:
    """An action that was made in an earlier talk, and is late."""
    now = timezone.now()
    values = {"wanneer_op": timezone.localdate() - timedelta(days=3), **velden}
    Actie.objects.filter(pk=actie.pk).update(gemaakt_op=now - timedelta(days=30), **values)


def says(record: Veldrecord, veld: str, waarde: Any, door: User) -> None:
    """Type in a field, whatever stands there."""
    if record.pk:
        record.refresh_from_db()
    save_veld(record=record, veld=veld, waarde=waarde, basis=record.revisie(veld), door=door)
