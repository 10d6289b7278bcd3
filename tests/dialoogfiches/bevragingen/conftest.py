"""A survey among the teachers of Sint-Jozef."""

import pytest
from django.urls import reverse

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging
from tests.dialoogfiches.bevragingen.bevraging import day


@pytest.fixture
def mini(laad):
    return laad("mini-bevraging")


@pytest.fixture
def bevraging(dossier, mini, tom) -> Bevraging:
    return open_bevraging(dossier=dossier, versie=mini, titel="Leerkrachten", tot=day(14), door=tom)


@pytest.fixture
def url(bevraging):
    return reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])
