"""The notes of the CLB of a school."""

from django.utils import timezone

from dialoogfiches.oudergesprekken.domain.retention import last_day
from dossiers.models import Dossier
from start.notities.models import Gidsnotitie


def notes_of(dossier: Dossier) -> Gidsnotitie:
    """The notes in a dossier of the CLB that its school is with; unsaved when there are none yet.

    dossier: as loaded by an access check, with its school. One query.
    """
    clb = dossier.school.clb
    pk = Gidsnotitie.key_of(dossier=dossier.pk, clb=clb.pk)
    last = last_day(schooljaar=dossier.schooljaar, begonnen=timezone.localdate())
    found = Gidsnotitie.objects.filter(pk=pk).first()
    notes = found or Gidsnotitie(pk=pk, clb=clb, wissen_op=last)
    notes.dossier = dossier
    return notes


def notes_of_last_year(dossier: Dossier) -> Gidsnotitie | None:
    """Those of the same CLB in the dossier that this one goes on from, if any. One query."""
    if dossier.vorig is None:
        return None
    pk = Gidsnotitie.key_of(dossier=dossier.vorig.pk, clb=dossier.school.clb_id)
    return Gidsnotitie.objects.filter(pk=pk).first()
