"""A fixed routekaart has a term of its own: its dossier may go before it, its school may not."""

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.mensen.models import School
from dossiers.models import Dossier
from preventieplan.bestuur.models import Bestuursantwoord, Bestuurslink, VastgesteldeRoutekaart
from start.domain.erasing import erase_dossier
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from start.domain.vertrek import ask_to_leave, erase_schools_due
from stsdialoog.wislijst import WACHTTIJD
from tests.preventieplan.bestuur.vast import answer, invite, keep, prove

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


@pytest.fixture
def answered(huis, client, mailoutbox) -> VastgesteldeRoutekaart:
    kaart = keep(huis.dossier, door=huis.team, vragen=["Twee lesuren?"])
    _, url = invite(kaart, door=huis.team)
    prove(client, url, mailoutbox)
    answer(client, url, keuze_1="ja", zin_1="Vanaf januari.")
    return kaart


def test_the_dossier_goes_and_the_routekaart_stays_with_the_school(als, huis, answered, client):
    erase_dossier(huis.dossier, among=Dossier.objects.all(), door=huis.ankerfiguur)
    assert not Dossier.objects.filter(pk=huis.dossier.pk).exists()

    for user in huis.people.values():
        page = als(user).get(reverse("school-vastgesteld", args=[huis.school.pk])).text
        address = reverse("school-vastgesteld-pdf", args=[huis.school.pk, answered.pk])
        assert address in page
        assert "1 van 1 antwoordde" in page
        assert als(user).get(address).content == bytes(answered.document)
    assert Bestuursantwoord.objects.get().zin == "Vanaf januari."
    of_dossier = reverse("vastgesteld", args=[huis.dossier.pk])
    assert als(huis.team).get(of_dossier).status_code == 404


def test_with_the_dossier_every_link_ends(huis, client, mailoutbox):
    kaart = keep(huis.dossier, door=huis.team)
    _, url = invite(kaart, door=huis.team)
    assert client.get(url).status_code == 200

    erase_dossier(huis.dossier, among=Dossier.objects.all(), door=None)

    assert client.get(url).status_code == 410
    assert client.get(f"{url}routekaart.pdf").status_code == 410


def test_a_school_that_stops_takes_all_of_it_along(huis, answered):
    today = timezone.localdate()
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)
    day = today + WACHTTIJD
    erase_dossier(huis.dossier, among=Dossier.objects.all(), door=None)

    assert sum(erase_schools_due(op=day)) == 1

    assert not School.objects.filter(pk=huis.school.pk).exists()
    for model in (VastgesteldeRoutekaart, Bestuurslink, Bestuursantwoord):
        assert not model.objects.exists()


def test_an_oefendossier_that_is_emptied_is_empty(huis):
    oefen = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=huis.ankerfiguur)
    kaart = keep(oefen, door=huis.ankerfiguur)
    invite(kaart, door=huis.ankerfiguur)

    empty_oefendossier(dossier=oefen, door=huis.ankerfiguur)

    assert not VastgesteldeRoutekaart.objects.exists()
