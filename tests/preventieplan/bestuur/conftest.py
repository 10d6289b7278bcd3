from typing import Any

import pytest

from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Inschaling
from preventieplan.routekaart.models import Routezinnen
from tests.paper import lay_out_by

VRAGEN = "Twee lesuren voor wie belt.\n- Een vaste plaats op de agenda van het bestuur?"


@pytest.fixture
def no_layout(monkeypatch) -> None:
    """Its own HTML is the document: these stories are about what becomes of it."""
    lay_out_by(lambda document: b"%PDF-1.7 " + document.html.encode(), monkeypatch)


@pytest.fixture
def scored(dossier, doel, tom) -> Any:
    """Tom gave a score, planned something with a name in it, and asks the board two things."""
    inschaling = Inschaling(dossier=dossier, doelstelling=doel)
    save_veld(record=inschaling, veld="score", waarde=4, basis=0, door=tom)
    actie = create_planactie(
        dossier=dossier, doelstelling=doel, wat="Onthaaldag", wie="Els en Mia", door=tom
    )
    zinnen = Routezinnen(dossier=dossier)
    save_veld(record=zinnen, veld="wat_vragen_we", waarde=VRAGEN, basis=0, door=tom)
    return actie
