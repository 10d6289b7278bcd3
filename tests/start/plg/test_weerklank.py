"""A member of a PLG reads beside a line what five schools made of it."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.reacties.models import Reactie
from tests.client import text_of
from tests.conftest import load_material
from tests.start.plg.plgs import CODE, SLUG

pytestmark = pytest.mark.django_db

LIJST = reverse("plg-materiaal", args=[SLUG])
REGEL = reverse("plg-regel", args=[SLUG, CODE])
TE_LANG = "Te lang om op een klassenraad voor te lezen."


@pytest.fixture(autouse=True)
def _bevraging(db):
    load_material(SLUG)


def test_what_was_told_stands_in_the_list_and_beside_the_line(als, plglid):
    Reactie.objects.create(
        verwijzing=f"{SLUG}/{CODE}", werkt=False, omdat=TE_LANG, maand=date(2026, 10, 1)
    )

    assert TE_LANG in text_of(als(plglid).get(LIJST))
    assert TE_LANG in text_of(als(plglid).get(REGEL))


def test_what_waits_for_five_schools_stands_nowhere(als, plglid):
    Reactie.objects.create(verwijzing=f"{SLUG}/{CODE}", werkt=False, omdat=TE_LANG)

    assert TE_LANG not in text_of(als(plglid).get(LIJST))
    page = text_of(als(plglid).get(REGEL))
    assert TE_LANG not in page
    assert "Nog te weinig scholen zeiden hier iets over." in page
