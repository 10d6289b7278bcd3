"""CLB Ten Berg practises: An and Marie in the oefendossier of their CLB, out of everybody's way.

An is the ankerfiguur; Marie is a CLB-medewerker of one school, and of the oefenschool nothing.
"""

from datetime import date

import pytest

from dossiers.models import Dossier
from start.domain.oefendossier import open_oefendossier
from tests.conftest import SCHOOLJAAR


@pytest.fixture(autouse=True)
def _a_list_of_its_own(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture(autouse=True)
def _this_schooljaar(vandaag):
    pass


@pytest.fixture
def marie(huis):
    return huis.medewerker


@pytest.fixture
def oefen(huis, an) -> Dossier:
    return open_oefendossier(clb=huis.clb, today=date(SCHOOLJAAR, 11, 29), door=an)
