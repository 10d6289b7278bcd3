"""Starts a dossier of the demo from that of the schooljaar before, then backdates it."""

from datetime import date, timedelta

from dossiers.acties.models import Actie, Actierevisie
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import School
from dossiers.models import Dossier, Voortzetting
from start.demo.pen import Pen, set_log_back
from start.nieuw_jaar.domain.starting import start_schooljaar


def go_on(school: School, schooljaar: int, pen: Pen) -> Dossier:
    """Let the dossier of a school go on in a schooljaar, at the time of the pen."""
    vorig = school.dossiers.get(schooljaar=schooljaar - 1)
    first_day = date(schooljaar, 9, 1)
    dossier = start_schooljaar(vorig=vorig, door=pen.door, today=first_day).dossier
    Voortzetting.objects.filter(dossier=dossier).update(op=pen.op)
    Dossier.objects.filter(pk=vorig.pk).update(afgesloten_op=pen.op)
    for nummer, actie in enumerate(Actie.objects.filter(dossier=dossier).order_by("gemaakt_op")):
        made = pen.op + timedelta(microseconds=nummer)
        Actie.objects.filter(pk=actie.pk).update(gemaakt_op=made, gewijzigd_op=pen.op)
    Actierevisie.objects.filter(record__dossier=dossier).update(op=pen.op)
    set_log_back(vorig, Logregel.Handeling.DOSSIER_AFGESLOTEN, pen.op)
    set_log_back(dossier, Logregel.Handeling.SCHOOLJAAR_GESTART, pen.op)
    return dossier
