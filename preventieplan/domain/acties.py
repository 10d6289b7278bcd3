"""Actions that grow in the plan: out of a groeikans, out of the focus, or typed straight in."""

from uuid import UUID

from django.db import IntegrityError, transaction

from dossiers.domain.acties import create_actie, restore_actie
from dossiers.models import Actie, Dossier, User
from preventieplan.models import Antwoord, Doelstelling, Inschaling, Planactie


def create_planactie(
    *,
    dossier: Dossier,
    doelstelling: Doelstelling,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    antwoord: Antwoord | None = None,
    inschaling: Inschaling | None = None,
) -> Actie:
    """Plan an action for a goal.

    sleutel: of the form it was typed in, see `create_actie`.
    antwoord: the answer whose groeikans it grew from, or
    inschaling: the scoring whose focus it grew from; each gives at most one action.
    A second click gives the action that is already there, put back on the plan if it was struck.
    """
    origin = {"antwoord": antwoord} if antwoord else {"inschaling": inschaling}
    try:
        with transaction.atomic():
            actie = create_actie(
                dossier=dossier, wat=wat, wie=wie, wanneer=wanneer, sleutel=sleutel, door=door
            )
            # The dossier is held now; it may have taken another version since the page was made.
            here = Doelstelling.objects.filter(code=doelstelling.code, versie__dossiers=dossier.pk)
            Planactie.objects.get_or_create(
                actie=actie, defaults={"doelstelling": here.first() or doelstelling, **origin}
            )
    except IntegrityError:
        existing = Planactie.objects.filter(**origin).select_related("actie").first()
        if existing is None or not any(origin.values()):
            raise
        actie = existing.actie
        if actie.geschrapt_op:
            restore_actie(actie=actie, door=door)
    return actie
