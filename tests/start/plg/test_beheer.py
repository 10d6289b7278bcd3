"""An editor in the admin and a member of a PLG work in one concept."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from dialoogfiches.models import Onderdeel
from dossiers.mensen.models import User
from tests.client import text_of
from tests.conftest import load_material
from tests.start.plg.plgs import CODE, SLUG, decided, do

pytestmark = pytest.mark.django_db

TYPED = "Hoe gaat het met afwezige leerlingen?"


@pytest.fixture
def redacteur(db):
    return User.objects.create_user(
        "sofie@test.be", naam="Sofie", is_staff=True, beheert_materialen=True
    )


def test_what_was_typed_in_a_part_that_a_member_decided_on_meanwhile_comes_back(
    als, plglid, redacteur
):
    load_material(SLUG)
    decided(plglid)
    part = Onderdeel.objects.get(versie__materiaal__slug=SLUG, versie__status="concept")
    url = reverse("admin:dialoogfiches_onderdeel_change", args=[part.pk])
    sofie = als(redacteur)
    assert sofie.get(url).status_code == HTTPStatus.OK
    do("reword", CODE, plglid, words=["Richting, graad of doelgroep"])

    answer = sofie.post(url, {"titel": TYPED})

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert TYPED in text_of(answer)
    assert sofie.get(url).status_code == HTTPStatus.FOUND
