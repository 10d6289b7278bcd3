"""Where nothing stands yet, a page shows the first step: a drawing, a sentence and one button."""

import re

import pytest
from django.urls import reverse

from dossiers.domain import close_dossier

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<div class="leeg leeg-begin">.*?<p>(.*?)</p>', re.DOTALL)
FILLED = re.compile(r'class="btn btn-primary"\s+href="([^"]*)"')
OF_A_DOSSIER = {
    "bevragingen": "bevraging-nieuw",
    "spiegels": "spiegel-nieuw",
    "oudergesprekken": "oudergesprek-nieuw",
    "gesprekken": None,
}


@pytest.mark.parametrize(("name", "first"), OF_A_DOSSIER.items())
def test_an_empty_list_of_a_dossier_has_one_first_step(als, huis, dossier, name, first):
    url = reverse(name, args=[dossier.pk])

    page = als(huis.medewerker).get(url).text

    assert "<svg" in BLOCK.search(page)[0]
    assert len(BLOCK.search(page)[1]) > 40
    expected = reverse(first, args=[dossier.pk]) if first else "#nieuw-gesprek"
    assert FILLED.findall(page) == [expected]
    if not first:
        assert f'id="{expected[1:]}"' in page
    # In a closed dossier there is no first step any more.
    close_dossier(dossier=dossier, door=huis.ankerfiguur)
    page = als(huis.medewerker).get(url).text
    assert "<svg" in BLOCK.search(page)[0]
    assert FILLED.findall(page) == []


def test_an_empty_sociale_kaart_has_one_too_for_who_keeps_it(als, huis):
    url = reverse("sociale-kaart", args=[huis.clb.pk])

    for who, buttons in (
        (huis.medewerker, [reverse("voorziening-nieuw", args=[huis.clb.pk])]),
        (huis.team, []),
    ):
        page = als(who).get(url).text
        assert "<svg" in BLOCK.search(page)[0]
        assert FILLED.findall(page) == buttons
