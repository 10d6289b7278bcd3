"""The sociale kaart of the CLB beside a step of a talk whose content asks for it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from dialoogfiches.gesprekken.domain.gesprekken import start_gesprek
from dialoogfiches.models import Onderdeel
from tests.conftest import load_material
from tests.dossiers.sociale_kaart.kaart import place

pytestmark = pytest.mark.django_db


def test_it_stands_beside_the_step_that_asks_for_it_and_no_other(als, huis, ander_huis):
    place(huis.clb)
    place(ander_huis.clb, naam="Elders")
    versie = load_material("dialoogdocument")
    Onderdeel.objects.filter(versie=versie, code="samenwerking").update(toont="sociale-kaart")
    gesprek = start_gesprek(
        dossier=huis.dossier, versie=versie, sleutel=uuid4(), titel="Netwerk", door=huis.team
    )
    browser = als(huis.team)

    for code, stands in (("samenwerking", True), ("registratie", False)):
        url = reverse("gesprekstap", args=[huis.dossier.pk, gesprek.pk, code])
        for view in ("lijst", "bespreken"):
            page = browser.get(url, {"weergave": view}).text
            assert ("De Schakelplek" in page) == stands, (code, view)
            assert ("css/sociale_kaart.css" in page) == stands
            assert "Elders" not in page
