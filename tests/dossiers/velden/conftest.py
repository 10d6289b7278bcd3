"""Typing in the fields of the goal page: the stories of how a field saves itself."""

import pytest

from dossiers.mensen.models import User
from tests.preventieplan.conftest import tik, url

__all__ = ["tik", "url"]


@pytest.fixture
def tom(huis) -> User:
    return huis.team
