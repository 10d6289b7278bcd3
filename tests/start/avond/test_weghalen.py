"""An evening that does not take place is removed; one of which something is left stays."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from start.avond.domain.avonden import (
    AvondVoorbij,
    begin_avond,
    end_avond,
    note_aanwezig,
    remove_empty,
    remove_prepared,
)
from start.avond.domain.mailen import mail_link
from start.avond.models import Agendapunt, Avond
from stsdialoog.seen import mark_of
from tests.client import Browser
from tests.pages import whole_form
from tests.start.avond.avonden import TWEEDE, Keuze, begun, minutes, page, phone, prepared

pytestmark = pytest.mark.django_db

WEG = {"knop": "weg"}


def lines() -> int:
    return Logregel.objects.filter(handeling="avond-weggehaald").count()


def removes(browser: Browser, where: str) -> str:
    return browser.post(where, whole_form(browser.get(where).text) | WEG, follow=True).text


@pytest.fixture
def gehouden(dossier, tom) -> Avond:
    """One that was ended before anything was written."""
    avond = begun(dossier, tom)
    end_avond(avond=avond)
    return avond


def test_an_evening_that_is_called_off_is_removed_and_another_one_prepared(als, tom, dossier):
    prepared(dossier)
    browser = als(tom)

    answer = removes(browser, page(dossier))

    assert "De avond is weggehaald." in answer
    assert "hoogstens drie punten" in answer
    assert not Agendapunt.objects.exists()
    assert Logregel.objects.get(handeling="avond-weggehaald").dossier_id == dossier.pk
    assert removes(browser, page(dossier))
    assert lines() == 1
    prepared(dossier)


def test_what_a_colleague_changed_meanwhile_is_not_removed(als, tom, dossier):
    prepared(dossier)
    browser = als(tom)
    seen = whole_form(browser.get(page(dossier)).text)
    prepared(dossier, Keuze(20, doel=TWEEDE))

    answer = browser.post(page(dossier), seen | WEG, follow=True).text

    assert "kijk na wat er nu staat" in answer
    assert Avond.objects.get().punten.filter(doel=TWEEDE).exists()
    assert not lines()


def test_one_that_goes_on_is_ended_first_so_that_its_phones_hear_it(als, client, tom, dossier):
    avond = prepared(dossier)
    browser = als(tom)
    seen = whole_form(browser.get(page(dossier)).text)
    begin_avond(avond=avond, beloften=False, door=tom)
    avond.refresh_from_db()

    assert 'value="weg"' not in browser.get(page(dossier)).text
    assert 'value="weg"' not in browser.get(minutes(avond)).text
    browser.post(page(dossier), seen | WEG)
    browser.post(minutes(avond), WEG)

    assert client.get(phone(avond)).status_code == HTTPStatus.OK
    with pytest.raises(AvondVoorbij):
        remove_empty(avond=avond, leeg=True, door=tom)


def test_one_that_was_begun_by_mistake_leaves_no_empty_minutes(als, tom, dossier, gehouden):
    answer = removes(als(tom), minutes(gehouden))

    assert "Er stond niets in." in answer
    assert "Verslag van" not in answer
    assert lines() == 1
    assert als(tom).get(minutes(gehouden)).status_code == HTTPStatus.NOT_FOUND
    with pytest.raises(AvondVoorbij):
        remove_empty(avond=gehouden, leeg=True, door=tom)
    with pytest.raises(AvondVoorbij):
        remove_prepared(avond=gehouden, seen="", door=tom)


@pytest.mark.parametrize(
    "left", ["an action", "who was there", "a link in a mail", "a mail under way"]
)
def test_minutes_that_say_something_stay(als, tom, an, dossier, left):
    avond = begun(dossier, tom)
    if left == "an action":
        create_actie(dossier=dossier, wat="Elke maandag bellen", door=tom)
    end_avond(avond=avond)
    avond.refresh_from_db()
    avond.dossier = dossier
    if left == "who was there":
        note_aanwezig(avond=avond, seen=mark_of(""), aanwezig="zes leerkrachten")
    if left == "a link in a mail":
        mail_link(avond=avond, door=an)
    if left == "a mail under way":
        Avond.objects.update(geclaimd_op=timezone.now())
    browser = als(tom)

    assert 'value="weg"' not in browser.get(minutes(avond)).text
    answer = browser.post(minutes(avond), WEG, follow=True).text

    assert "Dit verslag blijft" in answer
    assert Avond.objects.filter(pk=avond.pk).exists()
    assert not lines()


def test_who_reads_along_removes_nothing(als, huis, gehouden):
    browser = als(huis.lezer)

    assert 'value="weg"' not in browser.get(minutes(gehouden)).text
    assert browser.post(minutes(gehouden), WEG).status_code == HTTPStatus.FORBIDDEN
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert als(huis.team).post(minutes(gehouden), WEG).status_code == HTTPStatus.FORBIDDEN
    where = reverse("avond", args=[huis.dossier.pk])
    assert als(huis.team).post(where, WEG).status_code == HTTPStatus.FORBIDDEN
    assert Avond.objects.exists()
