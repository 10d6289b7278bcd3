"""What a team does at a check, for stories that are about something else."""

from typing import Any

from django.utils import timezone

from dossiers.acties.domain.checks import Vervolgstap, finish_check, moment_at
from dossiers.acties.models import Actie, Checkmoment
from dossiers.mensen.models import User
from dossiers.velden.domain.saving import save_veld


def look_back(
    actie: Actie, door: User, *, vervolg: Vervolgstap | None = None, **velden: Any
) -> Checkmoment:
    """Write in the check that is to be done, and round it off when there is a decision."""
    check = moment_at(Actie.objects.select_related("dossier__planversie").get(pk=actie.pk))
    assert check is not None
    for veld, waarde in velden.items():
        save_veld(record=check, veld=veld, waarde=waarde, basis=check.revisie(veld), door=door)
    if check.besluit:
        finish_check(check=check, door=door, today=timezone.localdate(), vervolg=vervolg)
    return check
