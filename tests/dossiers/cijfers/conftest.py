"""Tom is in the team of the Sint-Jozefschool here, as in the stories of the plan."""

import pytest

from dossiers.mensen.models import User


@pytest.fixture
def tom(huis) -> User:
    return huis.team
