"""What of its own a dossier shows beside a goal or a phase."""

from datetime import date

from dossiers.ernaast import asks_for
from dossiers.materialen.models import Fase, Toont
from dossiers.models import Dossier
from dossiers.sociale_kaart.queries import KaartBeside

# From here on others than the school and its CLB help along.
WITH_OTHERS = (Fase.UITBREIDING, Fase.CURRICULUM)


def kaart_beside(
    dossier: Dossier, fase: Fase, *, today: date, toont: str = ""
) -> KaartBeside | None:
    """The sociale kaart beside a phase, and beside a goal of which the content asks for it.

    toont: as in `Doelstelling.toont`.
    """
    asked = fase in WITH_OTHERS or asks_for(Toont.SOCIALE_KAART, toont)
    return KaartBeside(dossier.school.clb, today) if asked else None
