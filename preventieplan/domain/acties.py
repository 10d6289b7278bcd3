"""Actions of the plan, made from a groeikans or a focus, or typed in directly."""

from typing import Any
from uuid import UUID

from dossiers.acties.domain import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User
from dossiers.models import Dossier
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
    """Create an action for a goal.

    sleutel: idempotency key of the form it was typed in, see `create_actie`.
    antwoord: the answer whose groeikans the action comes from, if any.
    inschaling: the inschaling whose focus the action comes from, if any. Give at most one of these
        two; each gives at most one action.
    Raises DossierAfgesloten when the dossier has been closed in the meantime.
    """

    def place() -> dict[str, Any]:
        # The dossier is locked by now, and may have adopted another version since the page was
        # rendered.
        here = Doelstelling.objects.filter(code=doelstelling.code, versie__dossiers=dossier.pk)
        return {"doelstelling": here.first() or doelstelling}

    return create_linked_actie(
        dossier=dossier,
        wat=wat,
        wie=wie,
        wanneer=wanneer,
        sleutel=sleutel,
        door=door,
        link=Planactie,
        place=place,
        origin={"antwoord": antwoord, "inschaling": inschaling},
    )
