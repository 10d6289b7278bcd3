"""An hears that something waits to be read, and Tom what became of what he told."""

from datetime import date

import pytest
from django.urls import reverse

from dossiers.praktijken.domain.delen import change_praktijk, withdraw_praktijk
from dossiers.praktijken.domain.nalezen import ask_back
from dossiers.praktijken.models import Stand
from start.domain.oefendossier import open_oefendossier
from start.herinneringen.domain.versturen import send_due
from tests.dossiers.praktijken.praktijken import VERTELD, on_the_shelf, told

pytestmark = pytest.mark.django_db

TODAY, NEXT_WEEK = date(2026, 11, 30), date(2026, 12, 7)
GEHEIM = "Geheim: Zita komt weer"


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")


def sent(mailoutbox) -> dict[str, str]:
    return {message.to[0]: message.body for message in mailoutbox}


def test_the_ankerfiguur_hears_once_that_something_waits(huis, ander_huis, mailoutbox):
    told(huis.dossier, huis.team, wat=GEHEIM)
    told(huis.dossier, huis.team, wat=f"{GEHEIM}, en nog iets")
    send_due(today=TODAY)
    send_due(today=NEXT_WEEK)

    (message,) = mailoutbox
    assert message.to == [huis.ankerfiguur.email]
    assert "2 praktijken van deze school wachten tot je ze leest." in message.body
    assert reverse("praktijken", args=[huis.dossier.pk]) in message.body
    assert "Geheim" not in message.body
    assert ander_huis.ankerfiguur.email not in sent(mailoutbox)


def test_tom_hears_that_a_question_came_back_and_that_it_is_shared(huis, mailoutbox):
    made = told(huis.dossier, huis.team, wat=GEHEIM)
    an = huis.ankerfiguur
    ask_back(praktijk=made, van=Stand.ANKERFIGUUR, vraag="Geheim?", seen=made.mark, door=an)
    on_the_shelf(huis.dossier, huis.team, wat=GEHEIM)
    send_due(today=TODAY)

    (message,) = mailoutbox
    assert message.to == [huis.team.email]
    assert "kwam een vraag terug" in message.body
    assert "Een praktijk van jullie school staat in de toolbox." in message.body
    assert "Geheim" not in message.body


def test_what_is_told_anew_is_news_again(huis, mailoutbox):
    made = told(huis.dossier, huis.team)
    send_due(today=TODAY)
    words = VERTELD | {"wat": "Anders"}
    change_praktijk(praktijk=made, woorden=words, seen=made.mark, door=huis.team)
    type(made).objects.update(gewijzigd_op="2026-12-05T12:00:00Z")
    send_due(today=NEXT_WEEK)

    assert len(mailoutbox) == 2


def test_nothing_is_told_of_what_was_taken_back_or_of_an_oefendossier(huis, mailoutbox):
    oefen = open_oefendossier(clb=huis.clb, today=TODAY, door=huis.ankerfiguur)
    told(oefen, huis.medewerker)
    withdraw_praktijk(praktijk=told(huis.dossier, huis.team), door=huis.team)
    send_due(today=TODAY)

    assert mailoutbox == []
