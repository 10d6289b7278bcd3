"""Talks that are still to come and go on in the next schooljaar: a new talk each, as prepared."""

from datetime import date, datetime
from uuid import uuid4

from dialoogfiches.gesprekken.models import (
    Gesprek,
    Gesprekrevisie,
    VoorbereideVraag,
    Voorbereiding,
)
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.velden.models import as_text


def planned_gesprekken(dossier: Dossier, *, today: date) -> list[Gesprek]:
    """The talks of a dossier that are still to come, the first one first. One query.

    Each with its `voorbereiding`, if it has one.
    """
    planned = Gesprek.objects.filter(dossier=dossier, geschrapt_op=None, datum__gte=today)
    return list(planned.select_related("voorbereiding").order_by("datum", "gemaakt_op", "pk"))


def copy_planned_gesprekken(
    *, van: Dossier, naar: Dossier, door: User, today: date, op: datetime
) -> None:
    """Make the talks that are still to come anew in the next dossier, which is where they are held.

    With what was prepared: the day, the place, the time and the questions, in the version that they
    were chosen from. What was written in one already stays in the old dossier, as the old talk
    itself does. Both dossiers are locked. A constant number of statements.

    op: the moment that the copies bear as that of their last change.
    """
    old = planned_gesprekken(van, today=today)
    copy_of = {gesprek.pk: _copy(gesprek, naar, door=door, op=op) for gesprek in old}
    Gesprek.objects.bulk_create(copy_of.values())
    Gesprekrevisie.objects.bulk_create(
        Gesprekrevisie(
            record=gesprek,
            veld=veld,
            revisie=1,
            waarde=as_text(getattr(gesprek, veld)),
            door=door,
            op=op,
        )
        for gesprek in copy_of.values()
        for veld in Gesprek.VELDEN
        if gesprek.revisie(veld)
    )
    Voorbereiding.objects.bulk_create(
        Voorbereiding(
            gesprek=copy_of[gesprek.pk],
            uur=gesprek.voorbereiding.uur,
            minuten=gesprek.voorbereiding.minuten,
            plaats=gesprek.voorbereiding.plaats,
            volgnummer=1,
            gewijzigd_op=op,
            gewijzigd_door=door,
        )
        for gesprek in old
        if hasattr(gesprek, "voorbereiding")
    )
    VoorbereideVraag.objects.bulk_create(
        VoorbereideVraag(gesprek=copy_of[key], item_id=item, minuten=minuten)
        for key, item, minuten in VoorbereideVraag.objects.filter(gesprek__in=old).values_list(
            "gesprek", "item", "minuten"
        )
    )


def _copy(gesprek: Gesprek, naar: Dossier, *, door: User, op: datetime) -> Gesprek:
    along = {naam: getattr(gesprek, naam) for naam in Gesprek.VELDEN}
    revisions = {f"{naam}_revisie": int(bool(waarde)) for naam, waarde in along.items()}
    return Gesprek(
        pk=uuid4(),
        dossier=naar,
        versie_id=gesprek.versie_id,
        gemaakt_op=op,
        gewijzigd_op=op,
        gewijzigd_door=door,
        **along,
        **revisions,
    )
