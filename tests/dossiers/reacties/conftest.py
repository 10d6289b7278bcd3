import pytest

from tests.dossiers.reacties.gebied import Gebied


@pytest.fixture
def gebied(versie):
    return Gebied()
