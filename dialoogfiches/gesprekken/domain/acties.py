"""Actions that arise in a talk: made under a question, or typed in a step."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dialoogfiches.gesprekken.domain.versions import part_in_use
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Notitie
from dialoogfiches.models import Onderdeel
from dossiers.acties.domain import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User


@dataclass(frozen=True)
class PlaceInTalk:
    """Where an action is made: in a step of a talk, or under the note on one of its questions."""

    gesprek: Gesprek
    onderdeel: Onderdeel
    notitie: Notitie | None = None


def plan_at(place: PlaceInTalk, *, door: User, **words: Any) -> Actie:
    """Create the action that somebody typed at a place.

    words: as for `create_gespreksactie`.
    """
    return create_gespreksactie(
        gesprek=place.gesprek,
        onderdeel=place.onderdeel,
        door=door,
        # A note that nobody saved yet has no row to link to; the action is there all the same.
        notitie=place.notitie if place.notitie and place.notitie.pk else None,
        **words,
    )


def create_gespreksactie(
    *,
    gesprek: Gesprek,
    onderdeel: Onderdeel,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    notitie: Notitie | None = None,
) -> Actie:
    """Create an action that arose in a step of a talk.

    gesprek: with its dossier loaded.
    sleutel: the key of the form it was typed in, see `create_actie`.
    notitie: the note of that talk it was made under, if any. A note results in at most one action;
        what is typed under one that has its action already becomes an action of the step.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    return create_linked_actie(
        dossier=gesprek.dossier,
        wat=wat,
        wie=wie,
        wanneer=wanneer,
        sleutel=sleutel,
        door=door,
        link=Gespreksactie,
        place=lambda: {
            "gesprek": gesprek,
            "onderdeel": part_in_use(gesprek=gesprek, onderdeel=onderdeel),
        },
        origin={"notitie": notitie},
    )
