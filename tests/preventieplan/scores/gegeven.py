"""Scores that a team gave on the days that a story names."""

from datetime import datetime

from django.utils import timezone

from dossiers.domain import open_dossier
from dossiers.models import Dossier
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Doelstelling, Inschaling


def give(dossier: Dossier, code: str, op: str, door, **velden) -> Inschaling:
    """Save these fields of the score of a goal as somebody did on a day, at noon."""
    doel = Doelstelling.objects.get(versie=dossier.planversie_id, code=code)
    record = Inschaling.objects.filter(dossier=dossier, doelstelling=doel).first() or Inschaling(
        dossier=dossier, doelstelling=doel
    )
    moment = timezone.make_aware(datetime.fromisoformat(f"{op}T12:00"))
    for veld, waarde in velden.items():
        save_veld(record=record, veld=veld, waarde=waarde, basis=record.revisie(veld), door=door)
        record.history().filter(veld=veld, revisie=record.revisie(veld)).update(op=moment)
    return record


def year_before(dossier: Dossier, door, years: int = 1) -> Dossier:
    """A dossier of the same school, so many schooljaren earlier."""
    jaar = dossier.schooljaar - years
    return open_dossier(school=dossier.school, schooljaar=jaar, door=door)
