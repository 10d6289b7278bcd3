"""Lets the teams of the demo prepare an evening with their CLB, and hold one."""

from datetime import date, time, timedelta

from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from start.avond.domain.avonden import (
    Keuze,
    begin_avond,
    end_avond,
    note_aanwezig,
    preparation_mark,
    prepare_avond,
)
from start.avond.models import Agendapunt, Avond
from start.demo.pen import Outline, Pen, moment_of, pen_of, set_log_back
from stsdialoog.seen import mark_of

# Before the moment at which all is written that was said that day, and after it.
BEFORE, AFTER = timedelta(minutes=10), timedelta(minutes=65)


def make_avond(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Prepare an evening that is to come, or hold one at the time of the pen.

    found: the evening, in the format that velpekouter.yaml explains.
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    is_to_come = "over" in found
    dagen = -found["over"] if is_to_come else found["dagen"]
    avond = prepare_avond(
        dossier=dossier,
        seen=preparation_mark(None),
        dag=moment_of(reference_day, dagen).date(),
        uur=time.fromisoformat(found["uur"]) if is_to_come else None,
        beloften=found["beloften"],
        punten=[Keuze(**punt) for punt in found["punten"]],
    )
    if not is_to_come:
        _hold(avond, found, pen_of(found, outline, reference_day))


def _hold(avond: Avond, found: Outline, pen: Pen) -> None:
    begin_avond(avond=avond, beloften=False, door=pen.door)
    end_avond(avond=avond)
    note_aanwezig(avond=avond, seen=mark_of(""), aanwezig=found["aanwezig"])
    begun = pen.op - BEFORE
    for punt in avond.punten.all():
        Agendapunt.objects.filter(pk=punt.pk).update(begonnen_op=begun)
        begun += timedelta(minutes=punt.minuten)
    Avond.objects.filter(pk=avond.pk).update(
        begonnen_op=pen.op - BEFORE, beeindigd_op=pen.op + AFTER, code=None
    )
    set_log_back(avond, Logregel.Handeling.AVOND_BEGONNEN, pen.op)
