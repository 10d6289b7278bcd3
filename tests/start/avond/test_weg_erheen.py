"""Where one looks for an evening: among one's schools, before one enters, and at a talk."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.velden.domain.striking import strike
from start.avond.domain.avonden import begin_avond, end_avond
from start.avond.models import Avond
from tests.start.avond.avonden import begun, earlier, page, prepared
from tests.start.conftest import add_gesprek

pytestmark = pytest.mark.django_db

SCHOLEN = reverse("scholen")


def leads_there(browser, address: str, dossier) -> bool:
    return f'href="{page(dossier)}"' in browser.get(address).text


def test_mijn_scholen_leads_to_the_evening_that_comes_and_that_goes_on(als, an, huis, dossier):
    browser, today = als(an), timezone.localdate()
    assert not leads_there(browser, SCHOLEN, dossier)
    avond = prepared(dossier, dag=today)
    assert leads_there(browser, SCHOLEN, dossier)
    assert leads_there(als(huis.team), SCHOLEN, dossier)
    # Who reads along reads minutes afterwards.
    assert not leads_there(als(huis.lezer), SCHOLEN, dossier)

    rows = Avond.objects.filter(pk=avond.pk)
    rows.update(dag=today - timedelta(days=1))
    assert not leads_there(browser, SCHOLEN, dossier)
    begin_avond(avond=avond, beloften=False, door=an)
    assert leads_there(browser, SCHOLEN, dossier)
    avond.refresh_from_db()
    earlier(avond, days=1)
    assert not leads_there(browser, SCHOLEN, dossier)
    rows.update(dag=today)
    end_avond(avond=avond)
    assert not leads_there(browser, SCHOLEN, dossier)


def test_not_to_one_that_was_ended_this_evening(als, an, dossier):
    avond = begun(dossier, an)
    assert leads_there(als(an), SCHOLEN, dossier)
    end_avond(avond=avond)

    assert not leads_there(als(an), SCHOLEN, dossier)


def test_not_to_that_of_a_dossier_that_was_closed(als, an, dossier):
    prepared(dossier)
    close_dossier(dossier=dossier, door=an)

    assert not leads_there(als(an), SCHOLEN, dossier)


def test_before_one_enters_and_at_a_talk_stands_the_way_there(als, an, huis, dossier):
    gesprek = add_gesprek(dossier, "Samen aan de slag")
    talk = reverse("gesprek", args=[dossier.pk, gesprek.pk])
    visit = reverse("voor-je-binnengaat", args=[dossier.pk])

    assert leads_there(als(an), visit, dossier)
    assert leads_there(als(an), talk, dossier)
    assert not leads_there(als(huis.lezer), talk, dossier)
    strike(record=gesprek, door=an)
    assert not leads_there(als(an), talk, dossier)
    close_dossier(dossier=dossier, door=an)
    assert not leads_there(als(an), visit, dossier)
