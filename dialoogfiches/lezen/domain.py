"""Actions that arise from reading a material, or one of its tips."""

from uuid import UUID

from dialoogfiches.lezen.models import Leesactie
from dialoogfiches.models import Item, Onderdeel
from dossiers.acties.domain.acties import create_linked_actie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User
from dossiers.models import Dossier


def create_leesactie(
    *,
    dossier: Dossier,
    onderdeel: Onderdeel,
    wat: str,
    door: User,
    wie: str = "",
    wanneer: str = "",
    sleutel: UUID | None = None,
    herinner: bool = False,
    tip: Item | None = None,
) -> Actie:
    """Create an action that arose from a part of a material.

    sleutel, herinner: see `create_actie`.
    tip: the tip that it grew from, if any.
    Raises DossierAfgesloten if the dossier has been closed.
    """
    return create_linked_actie(
        dossier=dossier,
        wat=wat,
        wie=wie,
        wanneer=wanneer,
        sleutel=sleutel,
        herinner=herinner,
        door=door,
        link=Leesactie,
        hoort_bij=onderdeel.belongs_to,
        place=lambda: {"onderdeel": onderdeel, "tip": tip},
        origin={},
    )
