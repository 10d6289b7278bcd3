"""Fixtures of the goal page, to test how its fields are saved."""

import pytest

from dossiers.mensen.models import User
from tests.preventieplan.conftest import tik, url

__all__ = ["tik", "url"]


@pytest.fixture
def tom(huis) -> User:
    return huis.team
