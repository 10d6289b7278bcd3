"""Mijn scholen as An sees it, with a school or more."""

import pytest
from django.urls import reverse

from dossiers.domain import open_dossier
from dossiers.models import Dossier
from tests.conftest import SCHOOLJAAR
from tests.start.conftest import make_school
from tests.start.scholen import shown

SCHOLEN = reverse("scholen")


@pytest.fixture
def pagina(als, an):
    """The page as seen by An."""

    def get(**query):
        return als(an).get(SCHOLEN, query).content.decode()

    return get


@pytest.fixture
def rij(pagina):
    """The only school on An's page."""

    def get(**query):
        (one,) = shown(pagina(**query))
        return one

    return get


@pytest.fixture
def add(huis, an):
    """Add a school with a dossier to An's CLB."""

    def make(naam: str, schooljaar: int = SCHOOLJAAR) -> Dossier:
        nummer = 600_000 + Dossier.objects.count()
        school = make_school(huis.clb, nummer, naam=naam)
        return open_dossier(school=school, schooljaar=schooljaar, door=an)

    return make
