"""What of its own a dossier shows beside a goal or a phase."""

from datetime import date

from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from dossiers.sociale_kaart.queries import KaartBeside, kaart_asked

# From here on others than the school and its CLB help along.
WITH_OTHERS = (Fase.UITBREIDING, Fase.CURRICULUM)


def kaart_beside(
    dossier: Dossier, fase: Fase, *, today: date, toont: str = ""
) -> KaartBeside | None:
    """The sociale kaart beside a phase, and beside a goal of which the content asks for it.

    toont: as in `Doelstelling.toont`.
    """
    clb = dossier.school.clb
    return KaartBeside(clb, today) if fase in WITH_OTHERS else kaart_asked(clb, toont, today=today)
