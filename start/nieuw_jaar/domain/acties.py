"""Actions that go on in the next schooljaar: a new row each, with the old one left as it was."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from dossiers.acties.domain.acties import is_finished
from dossiers.acties.models import Actie, Actierevisie, Actiestand, Trekker, Vervolg
from dossiers.mensen.models import User
from dossiers.mensen.queries import team_of
from dossiers.models import Dossier
from dossiers.velden.models import as_text

WORDS = ("wat", "wie", "wanneer", "hoort_bij")
DAYS = ("wanneer_op", "check_op")
# So that they keep their order, which is that in which they were made.
STEP = timedelta(microseconds=1)


def open_acties(dossier: Dossier) -> list[Actie]:
    """The actions of a dossier that still ask for something, in their order. One query.

    Not those that were struck, nor those that went on in another one already.
    """
    acties = Actie.objects.filter(dossier=dossier, geschrapt_op__isnull=True, vervolg__isnull=True)
    return [actie for actie in acties if not is_finished(actie)]


def days_behind(acties: Sequence[Actie], *, today: date) -> int:
    """How many of these have a day that is past, which does not come along."""
    return sum(
        any((day := getattr(actie, naam)) and day < today for naam in DAYS) for actie in acties
    )


def copy_open_acties(
    *, van: Dossier, naar: Dossier, door: User, today: date, op: datetime
) -> list[Actie]:
    """Make the open actions of a dossier anew in the next one, each following on from the old row.

    A decision and what was found stay with the old row; a day that is past does too, with its words
    kept. Who does it comes along as long as she works there. Both dossiers are locked. A constant
    number of statements.

    op: the moment that the copies bear as that of their last change.
    """
    old = open_acties(van)
    copies = [
        _copy(actie, naar, door=door, today=today, op=op, gemaakt_op=op + nummer * STEP)
        for nummer, actie in enumerate(old)
    ]
    Actie.objects.bulk_create(copies)
    Actierevisie.objects.bulk_create(
        Actierevisie(
            record=actie,
            veld=veld,
            revisie=1,
            waarde=as_text(getattr(actie, veld)),
            door=door,
            op=op,
        )
        for actie in copies
        for veld in Actie.VELDEN
        if actie.revisie(veld)
    )
    pairs = list(zip(old, copies, strict=True))
    Vervolg.objects.bulk_create(Vervolg(actie=new, eerdere=eerdere) for eerdere, new in pairs)
    _copy_trekkers({eerdere.pk: new for eerdere, new in pairs}, naar)
    return copies


def _copy(
    actie: Actie, naar: Dossier, *, door: User, today: date, op: datetime, gemaakt_op: datetime
) -> Actie:
    along: dict[str, Any] = {naam: getattr(actie, naam) for naam in WORDS}
    along |= {
        naam: day for naam in DAYS if (day := getattr(actie, naam)) is not None and day >= today
    }
    if actie.stand != Actiestand.GEPLAND:
        along["stand"] = actie.stand
    revisions = {f"{naam}_revisie": int(bool(waarde)) for naam, waarde in along.items()}
    return Actie(
        pk=uuid4(),
        dossier=naar,
        gemaakt_op=gemaakt_op,
        gewijzigd_op=op,
        gewijzigd_door=door,
        **along,
        **revisions,
    )


def _copy_trekkers(new_of: dict[Any, Actie], naar: Dossier) -> None:
    here = {lid.user_id for lid in team_of(naar.school)}
    known = Trekker.objects.filter(actie__dossier__voortgezet__dossier=naar)
    Trekker.objects.bulk_create(
        one.goes_on_with(new_of[one.actie_id])
        for one in known
        if one.actie_id in new_of and one.gebruiker_id in here
    )
