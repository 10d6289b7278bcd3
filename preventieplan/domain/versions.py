"""Adopting a newer version of the preventieplan in a dossier."""

from django.db import transaction

from dossiers.domain import hold_open
from dossiers.logboek.domain import log
from dossiers.logboek.models import Logregel
from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from dossiers.overnemen.domain import move_along
from dossiers.overnemen.queries import by_code
from preventieplan.models import (
    Antwoord,
    Checklistvraag,
    Doelstelling,
    Inschaling,
    Planactie,
    Prioriteit,
)


@transaction.atomic
def adopt_planversie(*, dossier: Dossier, nieuw: Materiaalversie, door: User) -> bool:
    """Switch a dossier to another version; answers, scores and actions move along by code.

    Returns False, without doing anything, when somebody else changed the version since `dossier`
    was loaded. Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """
    # Lock the dossier, so that no new answer is inserted on the old version while the rest moves.
    held = hold_open(dossier.pk)
    if held.planversie_id != dossier.planversie_id:
        return False
    Dossier.objects.filter(pk=dossier.pk).update(planversie=nieuw)
    dossier.planversie = nieuw
    vragen = by_code(Checklistvraag.objects.filter(doelstelling__versie=nieuw))
    doelen = by_code(Doelstelling.objects.filter(versie=nieuw))
    antwoorden = Antwoord.objects.filter(dossier=dossier)
    move_along(antwoorden, veld="vraag", targets=vragen, once=True)
    inschalingen = Inschaling.objects.filter(dossier=dossier)
    move_along(inschalingen, veld="doelstelling", targets=doelen, once=True)
    # Struck actions move too, so that a restored action is on the same version as the others.
    acties = Planactie.objects.filter(actie__dossier=dossier)
    move_along(acties, veld="doelstelling", targets=doelen, once=False)
    prioriteiten = Prioriteit.objects.filter(dossier=dossier)
    move_along(prioriteiten, veld="doelstelling", targets=doelen, once=False)
    log(door=door, handeling=Logregel.Handeling.VERSIE_OVERGENOMEN, record=dossier)
    return True
