"""Every record says who wrote it last and when, and the log who did what."""

from functools import cached_property

import pytest
from django.apps import apps
from django.utils import timezone

from dialoogfiches.oudergesprekken.models import Oudergesprek
from dossiers.acties.models import Actie
from dossiers.logboek.models import Logregel
from dossiers.velden.domain.striking import strike
from dossiers.velden.models import Veldrecord
from preventieplan.domain.acties import create_planactie
from tests.dialoogfiches.oudergesprekken.ouders import make_gesprek
from tests.elders import WOORDEN, Vol

pytestmark = pytest.mark.django_db

RECORDS = [model for model in apps.get_models() if issubclass(model, Veldrecord)]


@pytest.fixture
def filled(huis):
    """All that Marie can make in a dossier; returns the moment before."""
    before = timezone.now()
    vol = Vol(huis.dossier, huis.medewerker)
    for name, made in vars(Vol).items():
        # One survey runs at a time in a school, and the mini-bevraging does already.
        if isinstance(made, cached_property) and name not in ("spiegel", "spiegel_loopt"):
            getattr(vol, name)
    return before


def test_a_new_record_says_who_made_it_and_when(filled, huis):
    for model in RECORDS:
        rows = model._default_manager.values_list("gewijzigd_door", "gewijzigd_op")
        assert rows, model
        for door, op in rows:
            assert door == huis.medewerker.pk, model
            assert op, model
            assert filled <= op <= timezone.now(), model


def test_the_log_says_who_did_it(filled, huis):
    logged = Logregel.objects.filter(op__gte=filled)

    assert {"oudergesprek-gemaakt", "bevraging-geopend"} <= {one.handeling for one in logged}
    assert {one.door for one in logged} == {huis.medewerker}


def test_a_talk_with_parents_in_which_nothing_was_typed_yet_says_so_too(huis):
    gesprek = Oudergesprek.objects.get(pk=make_gesprek(huis).pk)

    assert gesprek.gewijzigd_door == huis.medewerker
    assert gesprek.gewijzigd_op is not None


def test_an_action_that_comes_back_by_a_second_click_says_who_clicked(huis):
    vol = Vol(huis.dossier, huis.medewerker)
    for door in (huis.medewerker, huis.team):
        actie = create_planactie(
            dossier=vol.dossier,
            doelstelling=vol.doel,
            antwoord=vol.antwoord,
            wat=WOORDEN,
            door=door,
        )
        if door == huis.medewerker:
            strike(record=actie, door=door)

    actie = Actie.objects.get()
    assert not actie.geschrapt_op
    assert (actie.wat, actie.wie, actie.wanneer) == (WOORDEN, "", "")
    assert Logregel.objects.get(handeling="actie-teruggezet").door == huis.team
