"""Two dossiers in which Marie may write; the other one has each record, and shows it to her."""

import pytest

from dossiers.domain import open_dossier
from dossiers.mensen.models import Lidmaatschap, Rol, User
from dossiers.velden.domain.striking import strike
from tests.conftest import SCHOOLJAAR, Huis
from tests.elders import Vol
from tests.paper import lay_out_by


@pytest.fixture
def marie(huis, ander_huis) -> User:
    """She follows both schools."""
    Lidmaatschap.objects.create(
        user=huis.medewerker, school=ander_huis.school, rol=Rol.CLB_MEDEWERKER
    )
    return huis.medewerker


@pytest.fixture
def hier(huis, marie) -> Vol:
    return Vol(huis.dossier, marie)


@pytest.fixture(params=["another school", "another schooljaar"])
def elders(request, huis: Huis, ander_huis: Huis, marie) -> Vol:
    if request.param == "another school":
        return Vol(ander_huis.dossier, marie)
    later = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR + 1, door=huis.ankerfiguur)
    return Vol(later, marie)


@pytest.fixture(autouse=True)
def _no_pdf_is_laid_out(monkeypatch):
    """Its words are looked for in the page that it is made of."""
    lay_out_by(lambda document: document.html.encode(), monkeypatch)


def struck(vol: Vol) -> Vol:
    for record in (vol.actie, vol.gesprek):
        strike(record=record, door=vol.door)
    return vol
