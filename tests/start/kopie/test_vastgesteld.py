"""A fixed routekaart is in a backup, byte for byte, and goes again with a school that went."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from dossiers.mensen.models import School
from dossiers.models import Dossier
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from start.domain.erasing import erase_dossier
from start.domain.vertrek import ask_to_leave, erase_schools_due
from stsdialoog.wislijst import WACHTTIJD
from tests.database import connected_to
from tests.preventieplan.bestuur.vast import keep
from tests.start.kopie.elders import bewaar, zet_terug

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_comes_back_as_it_was_and_stands_fast(huis, folder, leeg):
    kaart = keep(huis.dossier, door=huis.team)
    kopie = bewaar(folder)

    with connected_to(leeg):
        zet_terug(kopie)
        back = VastgesteldeRoutekaart.objects.get()
        assert bytes(back.document) == kaart.document
        assert hashlib.sha256(bytes(back.document)).hexdigest() == kaart.document_sha256
        with pytest.raises(IntegrityError), transaction.atomic():
            back.delete()


def test_of_a_school_that_was_erased_since_nothing_comes_back(huis, folder, leeg):
    keep(huis.dossier, door=huis.team)
    kopie = bewaar(folder)
    today = timezone.localdate()
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=today)
    erase_dossier(huis.dossier, among=Dossier.objects.all(), door=None)
    assert sum(erase_schools_due(op=today + WACHTTIJD + timedelta(days=1))) == 1

    with connected_to(leeg):
        zet_terug(kopie)
        assert not School.objects.filter(pk=huis.school.pk).exists()
        assert not VastgesteldeRoutekaart.objects.exists()
