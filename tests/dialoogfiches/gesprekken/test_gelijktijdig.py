"""Concurrent users in one talk, each with their own connection."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from dialoogfiches.gesprekken.domain.acties import create_gespreksactie
from dialoogfiches.gesprekken.domain.gesprekken import finish_stap, start_gesprek
from dialoogfiches.gesprekken.models import Gesprek, Gespreksactie, Gesprekstap, Notitie
from dossiers.acties.models import Actie
from dossiers.mensen.models import User
from dossiers.velden.domain.saving import save_veld

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6


def together(work):
    """Run `work()` concurrently for each person, and return their results."""
    barrier = Barrier(PEOPLE)

    def one(_):
        try:
            barrier.wait()
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(one, range(PEOPLE)))


def test_many_clicks_on_one_note_make_one_action(gesprek, dossier, tom):
    item = gesprek.versie.items.get(code="registratie-b01")
    notitie = Notitie(dossier=dossier, gesprek=gesprek, item=item)
    save_veld(record=notitie, veld="tekst", waarde="één lijn", basis=0, door=tom)

    def work():
        return create_gespreksactie(
            onderdeel=item.rubriek.onderdeel,
            gesprek=gesprek,
            notitie=Notitie.objects.get(),
            wat="één lijn",
            door=User.objects.get(pk=tom.pk),
        ).pk

    assert len(set(together(work))) == 1
    assert Actie.objects.count() == Gespreksactie.objects.count() == 1


def test_many_clicks_on_round_off_make_one_step(gesprek, tom):
    onderdeel = gesprek.versie.onderdelen.get(code="data")

    together(lambda: finish_stap(gesprek=gesprek, onderdeel=onderdeel, door=tom))

    assert Gesprekstap.objects.get().afgerond_door == tom


def test_many_clicks_on_start_make_one_talk(dossier, dialoogdocument, tom):
    sleutel = uuid4()

    def work():
        return start_gesprek(
            dossier=dossier, versie=dialoogdocument, sleutel=sleutel, titel="Samen", door=tom
        ).pk

    assert set(together(work)) == {Gesprek.objects.get().pk}
    assert Gesprek.objects.get().revisies.count() == 1
