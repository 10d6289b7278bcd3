"""Another member of the PLG of Els."""

import pytest

from dossiers.mensen.models import Plg, Plglid, User
from tests.conftest import make_user


@pytest.fixture
def jan(db) -> User:
    jan = make_user("Jan")
    Plglid.objects.create(user=jan, plg=Plg.LIMBURG)
    return jan
