"""Actions that grow in the plan: out of a groeikans, out of the focus, or typed straight in."""

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
    """Plan an action for a goal.

    sleutel: of the form it was typed in, see `create_actie`.
    antwoord: the answer whose groeikans it grew from, or
    inschaling: the scoring whose focus it grew from; each gives at most one action.
    Raises DossierAfgesloten when the dossier is closed by now.
    """

    def place() -> dict[str, Any]:
        # The dossier is held now; it may have taken another version since the page was made.
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
