"""A schooljaar that was started too early: undone at once, as long as nobody did anything in it."""

from threading import Event

import pytest
from django.db import transaction

from dossiers.acties.models import Actie, Vervolg
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.models import Dossier, DossierAfgesloten, Voortzetting
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.domain.last_year import confirm
from preventieplan.models import Antwoord
from start.domain.erasing import paths_to_dossier
from start.nieuw_jaar.domain.undoing import AlGebruikt, undo_start
from tests.concurrency import WAIT, at_once
from tests.conftest import SCHOOLJAAR
from tests.preventieplan.bestuur.vast import keep
from tests.start.nieuw_jaar.conftest import address, start, write
from tests.start.oefendossier.records import fill

pytestmark = pytest.mark.django_db


def counts(dossier: Dossier) -> dict[str, int]:
    return {
        f"{model._meta.label} {path}": model._base_manager.filter(**{path: dossier.pk}).count()
        for model, paths in paths_to_dossier().items()
        for path in paths
    }


def test_an_undoes_it_and_everything_is_as_it_was(als, huis, gevuld):
    before = counts(gevuld)
    nieuw = start(gevuld, huis.ankerfiguur)
    assert counts(gevuld) != before
    an = als(huis.ankerfiguur)
    assert address("nieuw_schooljaar_ongedaan", nieuw) in an.get(address("dossier", nieuw)).text

    arrived = an.post(address("nieuw_schooljaar_ongedaan", nieuw), follow=True)

    assert arrived.redirect_chain[-1][0] == address("dossier", gevuld)
    assert "is ongedaan gemaakt" in arrived.text
    assert not Dossier.objects.filter(pk=nieuw.pk).exists()
    assert not Vervolg.objects.exists()
    assert counts(gevuld) == before
    gevuld.refresh_from_db()
    assert gevuld.is_open
    line = Logregel.objects.filter(handeling="schooljaar-ongedaan").get()
    assert (line.door, line.dossier_id) == (huis.ankerfiguur, gevuld.pk)
    # It can be started again.
    assert start(gevuld, huis.ankerfiguur).acties.count() == 3


def test_one_that_was_closed_before_stays_closed(huis, gevuld):
    close_dossier(dossier=gevuld, door=huis.ankerfiguur)
    nieuw = start(gevuld, huis.ankerfiguur)

    undo_start(dossier=nieuw, door=huis.ankerfiguur)

    gevuld.refresh_from_db()
    assert not gevuld.is_open


def type_something(nieuw, tom):
    vraag = nieuw.planversie.doelstellingen.get(code="f0-1").vragen.get(code="f0-1-v03")
    write(Antwoord(dossier=nieuw, vraag=vraag), tom, toelichting="Nieuw.")


def change_an_action(nieuw, tom):
    write(nieuw.acties.first(), tom, wie="Tom en An")


def strike_an_action(nieuw, tom):
    strike(record=nieuw.acties.first(), door=tom)


def make_an_action(nieuw, tom):
    Actie.objects.create(dossier=nieuw, wat="Zelf bedacht")


def confirm_all(nieuw, tom):
    assert confirm(dossier=nieuw, door=tom)


def fix_the_routekaart(nieuw, tom):
    # The actions that came along are enough to fix one, and its board is mailed a link.
    keep(nieuw, door=tom)


@pytest.mark.parametrize(
    "act",
    [
        *(type_something, change_an_action, strike_an_action, make_an_action, confirm_all),
        fix_the_routekaart,
    ],
)
def test_once_anybody_did_anything_it_stays(als, huis, gevuld, nieuw, act):
    act(nieuw, huis.team)
    an = als(huis.ankerfiguur)

    refused = an.post(address("nieuw_schooljaar_ongedaan", nieuw), follow=True)

    assert "dus het blijft" in refused.text
    assert Dossier.objects.filter(pk=nieuw.pk).exists()
    gevuld.refresh_from_db()
    assert not gevuld.is_open


def test_every_kind_of_record_keeps_it(huis, gevuld, nieuw):
    """Also those of other rooms: found by their keys, so a new one can't be forgotten."""
    fill(nieuw, huis.ankerfiguur)
    nieuw.acties.all().update(gewijzigd_op=Voortzetting.objects.get().op)
    with pytest.raises(AlGebruikt):
        undo_start(dossier=nieuw, door=huis.ankerfiguur)


def test_a_closed_one_stays(huis, ander_huis, nieuw):
    # Which others are open says nothing of it.
    assert ander_huis.dossier.is_open
    close_dossier(dossier=nieuw, door=huis.ankerfiguur)
    with pytest.raises(AlGebruikt):
        undo_start(dossier=nieuw, door=huis.ankerfiguur)


def test_one_that_goes_on_from_none_has_nothing_to_undo(als, huis):
    page = als(huis.ankerfiguur).get(address("nieuw_schooljaar_ongedaan", huis.dossier))
    assert page.status_code == 404
    with pytest.raises(AlGebruikt):
        undo_start(dossier=huis.dossier, door=huis.ankerfiguur)


# --- at the same moment ---------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_save_that_is_first_keeps_the_dossier(huis, gevuld):
    nieuw = start(gevuld, huis.ankerfiguur)
    saved, asked = Event(), Event()

    def save():
        with transaction.atomic():
            type_something(nieuw, huis.team)
            saved.set()
            asked.wait(WAIT)

    def undo():
        saved.wait(10)
        asked.set()
        try:
            undo_start(dossier=nieuw, door=huis.ankerfiguur)
        except AlGebruikt:
            return "stays"
        return "gone"

    assert at_once(save, undo) == [None, "stays"]
    assert Antwoord.objects.get(dossier=nieuw).toelichting == "Nieuw."


@pytest.mark.django_db(transaction=True)
def test_an_undo_that_is_first_tells_who_saves(huis, gevuld):
    nieuw = start(gevuld, huis.ankerfiguur)
    vraag = nieuw.planversie.doelstellingen.get(code="f0-1").vragen.get(code="f0-1-v03")
    gone, asked = Event(), Event()

    def undo():
        with transaction.atomic():
            undo_start(dossier=nieuw, door=huis.ankerfiguur)
            gone.set()
            asked.wait(WAIT)

    def save():
        gone.wait(10)
        asked.set()
        record = Antwoord(dossier=nieuw, vraag=vraag)
        try:
            save_veld(record=record, veld="stand", waarde="deels", basis=0, door=huis.team)
        except DossierAfgesloten:
            return "told"
        return "saved"

    assert at_once(undo, save) == [None, "told"]
    assert not Antwoord.objects.filter(dossier=nieuw.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_start_it_at_once_arrive_at_one_dossier(huis, gevuld):
    def begin():
        return start(gevuld, huis.ankerfiguur).pk

    first, second = at_once(begin, begin)

    assert first == second
    assert Dossier.objects.get(schooljaar=SCHOOLJAAR).acties.count() == 3
