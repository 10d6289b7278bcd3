"""Lets the people of the demo work beside each other, some time ago."""

from datetime import date, timedelta
from uuid import uuid4

from dossiers.logboek.models import Logregel
from dossiers.models import Dossier
from preventieplan.models import Antwoord
from preventieplan.opmerkingen.domain import answer_opmerking, write_opmerking
from preventieplan.opmerkingen.models import Opmerking
from preventieplan.uitzoeken.domain import give, seen_mark
from preventieplan.uitzoeken.models import Uitzoekvraag
from start.demo.pen import Outline, Pen, pen_of, set_log_back, write
from start.notities.queries import notes_of


def have_found_out(antwoord: Antwoord, found: Outline, pen: Pen, reference_day: date) -> None:
    """Give a question to somebody, at the time of the pen.

    found: who, and in how many days from the reference day.
    """
    given = give(
        dossier=antwoord.dossier,
        antwoord=antwoord,
        wie=found["wie"],
        tegen=reference_day + timedelta(days=found["tegen"]),
        seen=seen_mark(None),
        door=pen.door,
    )
    Uitzoekvraag.objects.filter(pk=given.pk).update(gegeven_op=pen.op)
    set_log_back(antwoord, Logregel.Handeling.UITZOEKEN_GEGEVEN, pen.op)


def work_beside_each_other(dossier: Dossier, outline: Outline, reference_day: date) -> None:
    """Write the remarks and the notes of a dossier, each at the time of its pen."""
    for found in outline.get("opmerkingen", ()):
        _remark(dossier, found, outline, reference_day)
    if "notities" in outline:
        found, notes = outline["notities"], notes_of(dossier)
        typed = {veld: found[veld] for veld in notes.VELDEN}
        write(notes, typed, pen_of(found, outline, reference_day))


def _remark(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Write a remark beside a question with its answers, each at the time of its pen.

    found: the remark, in the format that velpekouter.yaml explains. outline: its dossier.
    """
    first, *answers = found["zinnen"]
    pen = pen_of(first, outline, reference_day)
    eerste = write_opmerking(
        dossier=dossier,
        bij={"vraag": found["vraag"]},
        tekst=first["tekst"],
        sleutel=uuid4(),
        door=pen.door,
    )
    Opmerking.objects.filter(pk=eerste.pk).update(op=pen.op)
    for said in answers:
        pen = pen_of(said, outline, reference_day)
        made = answer_opmerking(eerste=eerste, tekst=said["tekst"], sleutel=uuid4(), door=pen.door)
        Opmerking.objects.filter(pk=made.pk).update(op=pen.op)
