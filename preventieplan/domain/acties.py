"""Actions of the plan, made from a groeikans or a focus, or typed in directly."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from dossiers.acties.domain.acties import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User
from dossiers.models import Dossier
from preventieplan.models import Antwoord, Doelstelling, Inschaling, Planactie


@dataclass(frozen=True)
class PlaceInPlan:
    """Where an action is made: at a goal, or at the groeikans or focus that it comes from."""

    doelstelling: Doelstelling
    antwoord: Antwoord | None = None
    inschaling: Inschaling | None = None


def plan_at(place: PlaceInPlan, *, dossier: Dossier, door: User, **words: Any) -> Actie:
    """Create the action that somebody typed at a place.

    words: as for `create_planactie`.
    """
    return create_planactie(
        dossier=dossier,
        doelstelling=place.doelstelling,
        door=door,
        # A groeikans that nobody saved yet has no row to link to; the action is there all the same.
        antwoord=place.antwoord if place.antwoord and place.antwoord.pk else None,
        inschaling=place.inschaling if place.inschaling and place.inschaling.pk else None,
        **words,
    )


def create_planactie(
    *,
    dossier: Dossier,
    doelstelling: Doelstelling,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    herinner: bool = False,
    antwoord: Antwoord | None = None,
    inschaling: Inschaling | None = None,
    today: date | None = None,
) -> Actie:
    """Create an action for a goal.

    sleutel, herinner, today: see `create_actie`.
    antwoord: the answer whose groeikans the action comes from, if any.
    inschaling: the inschaling whose focus the action comes from, if any. Give at most one of these
        two; each gives at most one action, and what is typed at one that has its action already
        becomes an action of the goal.
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
        herinner=herinner,
        today=today,
        door=door,
        link=Planactie,
        place=place,
        hoort_bij=doelstelling.code,
        origin={"antwoord": antwoord, "inschaling": inschaling},
    )
