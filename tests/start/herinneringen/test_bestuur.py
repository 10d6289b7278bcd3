"""Tom asked a board, and hears in his mail and among his tasks that it answered."""

from datetime import date

import pytest
from django.urls import reverse

from preventieplan.bestuur.models import Bestuursantwoord, VastgesteldeRoutekaart
from start.herinneringen.domain.versturen import send_due
from tests.preventieplan.bestuur.vast import invite, keep

pytestmark = pytest.mark.django_db

TODAY, NEXT_WEEK = date(2026, 11, 30), date(2026, 12, 7)
ZIN = "Geheim van het bestuur: Zita blijft thuis"


@pytest.fixture
def kaart(huis) -> VastgesteldeRoutekaart:
    return keep(huis.dossier, door=huis.team, vragen=["Twee lesuren?", "Een vaste plaats?"])


def answered(kaart, door, *, email="voorzitter@bestuur.be", nummer=1, keer=1, link=None):
    link = link or invite(kaart, door=door, email=email)[0]
    Bestuursantwoord.objects.create(link=link, nummer=nummer, keer=keer, keuze="ja", zin=ZIN)
    return link


def page_of(kaart) -> str:
    return reverse("vastgesteld-een", args=[kaart.dossier_id, kaart.pk])


def test_who_asked_hears_it_once_and_nobody_else(kaart, huis, mailoutbox):
    answered(kaart, huis.team)
    answered(kaart, huis.team, email="lid@bestuur.be")
    send_due(today=TODAY)
    send_due(today=NEXT_WEEK)

    (message,) = mailoutbox
    assert message.to == [huis.team.email]
    assert "2 mensen van het bestuur antwoordden" in message.body
    assert page_of(kaart) in message.body
    assert "Geheim" not in message.body


def test_what_she_answers_later_is_news_again(kaart, huis, mailoutbox):
    link = answered(kaart, huis.team)
    send_due(today=TODAY)
    answered(kaart, huis.team, keer=2, link=link)
    send_due(today=NEXT_WEEK)

    assert len(mailoutbox) == 2
    assert "Iemand van het bestuur antwoordde" in mailoutbox[1].body


def test_it_stands_on_top_of_his_tasks(kaart, huis, als):
    answered(kaart, huis.team)

    page = als(huis.team).get(reverse("taken")).text
    assert "Het bestuur antwoordde" in page
    assert "1 ja" in page
    assert page_of(kaart) in page
    assert "Er wacht niets op je" not in page
    assert "Het bestuur antwoordde" not in als(huis.ankerfiguur).get(reverse("taken")).text
