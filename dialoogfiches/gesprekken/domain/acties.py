"""Actions that arise in a talk: typed in a step, or created from a note."""

from uuid import UUID

from dialoogfiches.gesprekken.domain.versions import part_in_use
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Notitie
from dialoogfiches.models import Onderdeel
from dossiers.acties.domain import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User


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
    notitie: the note of that talk it was created from; a note results in at most one action.
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
