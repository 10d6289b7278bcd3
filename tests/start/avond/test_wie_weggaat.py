"""Who leads an evening loses her access in the middle of it: it goes on with who is left."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.mensen.domain.verhuizen import agree, offer_school
from dossiers.mensen.domain.wissen import ask_to_erase_account, erase_accounts_due
from start.avond.models import Avond
from stsdialoog.wislijst import WACHTTIJD
from tests.pages import whole_form
from tests.start.avond.avonden import TWEEDE, begun, minutes, page, phone

pytestmark = pytest.mark.django_db

VERDER, ROND_AF = {"knop": "verder"}, {"knop": "rond-af"}


def now_at(avond: Avond) -> str:
    return avond.punten.filter(begonnen_op__isnull=False).last().doel


def test_a_school_goes_to_another_clb(als, client, an, tom, dossier, huis, ander_huis):
    avond = begun(dossier, an)
    browser = als(an)
    seen = whole_form(browser.get(page(dossier)).text)
    agree(
        verhuis=offer_school(school=huis.school, naar=ander_huis.clb, door=an),
        door=ander_huis.ankerfiguur,
    )

    assert browser.post(page(dossier), seen | VERDER).status_code == HTTPStatus.NOT_FOUND
    assert browser.post(page(dossier), seen | ROND_AF).status_code == HTTPStatus.NOT_FOUND
    asked = browser.get(reverse("avond-nu", args=[dossier.pk]), headers={"HX-Request": "true"})
    assert asked.status_code == HTTPStatus.NOT_FOUND
    assert browser.get(minutes(avond)).status_code == HTTPStatus.NOT_FOUND

    assert now_at(avond) != TWEEDE
    new = als(ander_huis.ankerfiguur)
    new.post(page(dossier), whole_form(new.get(page(dossier)).text) | VERDER)
    assert now_at(avond) == TWEEDE
    assert client.get(phone(avond)).status_code == HTTPStatus.OK
    team = als(tom)
    ended = team.post(page(dossier), whole_form(team.get(page(dossier)).text) | ROND_AF)
    assert ended.url == minutes(avond)
    assert new.get(minutes(avond)).status_code == HTTPStatus.OK


def test_the_account_that_began_it_is_erased(als, client, an, oscar, tom, dossier):
    avond = begun(dossier, an)
    browser, today = als(an), timezone.localdate()
    seen = whole_form(browser.get(page(dossier)).text)
    ask_to_erase_account(user=an, door=oscar, today=today)

    assert browser.post(page(dossier), seen | VERDER).status_code == HTTPStatus.FORBIDDEN
    assert browser.get(page(dossier)).status_code == HTTPStatus.FOUND
    assert now_at(avond) != TWEEDE
    assert client.get(phone(avond)).status_code == HTTPStatus.OK
    team = als(tom)
    team.post(page(dossier), whole_form(team.get(page(dossier)).text) | ROND_AF)
    assert sum(erase_accounts_due(op=today + WACHTTIJD + timedelta(days=1))) == 1
    read = team.get(minutes(avond))
    assert read.status_code == HTTPStatus.OK
    assert an.email not in read.text
