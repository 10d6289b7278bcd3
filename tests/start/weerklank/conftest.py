import pytest

from tests.start.regio.streek import Streek


@pytest.fixture
def streek(oscar):
    return Streek(oscar)
