"""Lets the teams of the demo tell what worked; some of it is on the shelf for a while already."""

from datetime import date
from uuid import uuid4

from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.praktijken.domain.delen import share_praktijk
from dossiers.praktijken.domain.nalezen import approve, pass_on
from dossiers.praktijken.models import WOORDEN, Praktijk
from start.demo.pen import Outline, pen_of, set_log_back


def tell(dossier: Dossier, found: Outline, outline: Outline, reference_day: date) -> None:
    """Tell what worked at the time of the pen, and let it be read where somebody did.

    found: the practice, in the format that velpekouter.yaml explains.
    outline: its dossier, in the same format.
    reference_day: the day from which the file counts back its days.
    """
    pen, told = pen_of(found, outline, reference_day), {"hoort_bij": found["doel"]}
    told |= {naam: found[naam] for naam in (*WOORDEN, "toon_school") if naam in found}
    praktijk = share_praktijk(dossier=dossier, woorden=told, sleutel=uuid4(), door=pen.door)
    handelingen = [Logregel.Handeling.PRAKTIJK_VERTELD]
    readers = [User.objects.get(email=f"{naam}@demo.test") for naam in found.get("gelezen", ())]
    steps = (
        (pass_on, Logregel.Handeling.PRAKTIJK_DOORGESTUURD),
        (approve, Logregel.Handeling.PRAKTIJK_GOEDGEKEURD),
    )
    for (decide, handeling), door in zip(steps, readers, strict=False):
        decide(praktijk=praktijk, seen=praktijk.mark, door=door)
        handelingen.append(handeling)
    Praktijk.objects.filter(pk=praktijk.pk).update(gewijzigd_op=pen.op)
    on_shelf = Praktijk.objects.filter(pk=praktijk.pk, gedeeld_op__isnull=False)
    on_shelf.update(gedeeld_op=timezone.localdate(pen.op))
    for handeling in handelingen:
        set_log_back(praktijk, handeling, pen.op)
