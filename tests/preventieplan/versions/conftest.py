"""The team of Sint-Jozef moves to a newer version of the preventieplan."""

import pytest
from django.urls import reverse

from dossiers.materialen.models import Materiaalversie
from tests.dossiers.materialen.nieuweversie import next_version
from tests.preventieplan.versions.reworded import reworded


@pytest.fixture
def nieuw(versie, an) -> Materiaalversie:
    return next_version(versie, an, reworded)


@pytest.fixture
def ga_over(als, tom, dossier):
    """Adopt the newer version on its page."""

    def accept(versie: str = "2027.1", user=tom):
        return als(user).post(
            reverse("planversie", args=[dossier.pk]), {"versie": versie}, follow=True
        )

    return accept
