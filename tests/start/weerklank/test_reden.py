"""A name slips past the guard and is told: whoever reads it takes the reason away, for good."""

import logging
from datetime import date
from threading import Event
from time import sleep

import pytest
from django.urls import reverse

from dossiers.logboek.models import Handelingen, Logregel
from dossiers.mensen.domain.plgleden import end_plglid
from dossiers.mensen.models import Plg, Plglid
from dossiers.reacties.domain.redenen import erase_reden
from dossiers.reacties.domain.settling import settle_reacties
from dossiers.reacties.domain.zeggen import say
from dossiers.reacties.models import Reactie
from start.weerklank.queries.regels import weerklank_of
from start.weerklank.views import AL_WEG, GEWIST, NIET_GEWIST
from stsdialoog.wislijst import erased_keys
from tests.client import text_of
from tests.concurrency import WAIT, at_once
from tests.conftest import SCHOOLJAAR, load_material, make_user
from tests.start.plg.plgs import CODE, SLUG
from tests.start.plg.plgs import materiaal as plg_materiaal

pytestmark = pytest.mark.django_db

LIJST = reverse("plg-materiaal", args=[SLUG])
WEERKLANK = reverse("weerklank", args=[SLUG])
OKTOBER, NOVEMBER = date(SCHOOLJAAR, 10, 1), date(SCHOOLJAAR, 11, 1)
NAAM = "de papa van Noor uit 4B er kwaad om werd"


@pytest.fixture(autouse=True)
def wislijst(settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    load_material(SLUG)
    return tmp_path / "wislijst.jsonl"


@pytest.fixture
def sofie(db):
    """An editor, who is a member of no PLG."""
    sofie = make_user("Sofie")
    sofie.is_staff = sofie.beheert_materialen = True
    sofie.save()
    return sofie


@pytest.fixture
def reden(db) -> Reactie:
    lijn = f"{SLUG}/{CODE}"
    Reactie.objects.create(verwijzing=lijn, werkt=True, omdat="Het opent", maand=OKTOBER)
    return Reactie.objects.create(verwijzing=lijn, werkt=False, omdat=NAAM, maand=OKTOBER)


def page_of(reden: Reactie) -> str:
    return reverse("weerklank-reden", args=[reden.pk])


@pytest.mark.parametrize(("wie", "waar"), [("plglid", LIJST), ("sofie", WEERKLANK)])
def test_who_reads_a_name_takes_the_reason_away(als, request, reden, wie, waar):
    client = als(request.getfixturevalue(wie))
    assert f'href="{page_of(reden)}"' in client.get(waar).text
    assert NAAM in text_of(client.get(page_of(reden)))

    answer = client.post(page_of(reden), follow=True)

    assert answer.redirect_chain[0][0].startswith(waar)
    words = text_of(answer)
    assert GEWIST in words
    assert NAAM not in words
    # That it did not work still counts, and what others said stands there.
    assert "1 keer ‘dit werkt’, 1 keer ‘dit werkt niet’." in words
    assert "Het opent" in words
    reden.refresh_from_db()
    assert (reden.omdat, reden.werkt) == ("", False)


def test_it_is_logged_without_the_words(als, plglid, reden, wislijst, caplog):
    with caplog.at_level(logging.DEBUG):
        als(plglid).post(page_of(reden))

    line = Logregel.objects.get(handeling=Handelingen.REDEN_GEWIST)
    assert (line.door, line.record_id) == (plglid, str(reden.pk))
    assert (line.school_id, line.dossier_id, line.clb_id) == (None, None, None)
    assert "Noor" not in wislijst.read_text() + caplog.text
    assert erased_keys(Reactie) == {str(reden.pk)}


def test_twice_is_once(als, plglid, reden):
    client = als(plglid)
    client.get(page_of(reden))
    client.post(page_of(reden))

    assert AL_WEG in text_of(client.get(page_of(reden), follow=True))

    assert Logregel.objects.filter(handeling=Handelingen.REDEN_GEWIST).count() == 1


def test_of_two_who_do_it_at_once_one_does(als, plglid, sofie, reden):
    els = als(plglid)
    els.get(page_of(reden))
    sofies = als(sofie)
    sofies.get(page_of(reden))
    sofies.post(page_of(reden))

    assert AL_WEG in text_of(els.post(page_of(reden), follow=True))

    assert Logregel.objects.filter(handeling=Handelingen.REDEN_GEWIST).count() == 1
    assert erased_keys(Reactie) == {str(reden.pk)}


def test_without_a_list_of_what_went_nothing_goes(als, plglid, reden, settings, tmp_path):
    client = als(plglid)
    client.get(page_of(reden))
    settings.WISLIJST = str(tmp_path / "nergens" / "wislijst.jsonl")

    assert NIET_GEWIST in text_of(client.post(page_of(reden), follow=True))

    reden.refresh_from_db()
    assert reden.omdat == NAAM


def test_whoever_does_not_read_it_does_not_take_it_away(als, huis, oscar, plglid, reden):
    elsewhere = make_user("Lid van elders")
    Plglid.objects.create(user=elsewhere, plg=next(plg for plg in Plg if plg != Plg.LIMBURG))
    former = make_user("Vroeger lid")
    was = Plglid.objects.create(user=former, plg=Plg.LIMBURG)
    end_plglid(plglid=was, door=None)
    staf = make_user("Staf")
    staf.is_staff = True
    staf.save()
    assert als(plglid).get(page_of(reden)).status_code == 200
    for user in (oscar, elsewhere, former, staf, *huis.people.values()):
        assert als(user).get(page_of(reden)).status_code == 403


def test_what_waits_for_five_schools_has_no_page(als, plglid, reden):
    Reactie.objects.filter(pk=reden.pk).update(maand=None)

    assert als(plglid).get(page_of(reden)).status_code == 404


def test_nor_does_it_go_by_another_way(plglid, reden):
    Reactie.objects.filter(pk=reden.pk).update(maand=None)

    assert not erase_reden(reactie=reden, door=plglid)

    reden.refresh_from_db()
    assert reden.omdat == NAAM


@pytest.mark.django_db(transaction=True)
def test_while_the_night_writes_what_was_told_again(plglid, streek, monkeypatch):
    schools = [one.school for one in streek.schools([3] * 5)]
    materiaal = plg_materiaal()
    for omdat, maand in ((NAAM, OKTOBER), ("Te lang", NOVEMBER)):
        for school in schools:
            say(materiaal=materiaal, code=CODE, werkt=False, omdat=omdat, school=school)
        if maand == OKTOBER:
            settle_reacties(maand=maand)
    reden = Reactie.objects.filter(omdat=NAAM).first()
    assert reden is not None
    halfway = Event()

    def waits(_: list[Reactie]) -> None:
        halfway.set()
        sleep(WAIT)

    def erase() -> bool:
        halfway.wait(30)
        return erase_reden(reactie=reden, door=plglid)

    monkeypatch.setattr("stsdialoog.shuffling._chance.shuffle", waits)
    at_once(lambda: settle_reacties(maand=NOVEMBER), erase)

    reden.refresh_from_db()
    assert reden.omdat == ""


def test_next_month_it_does_not_come_back(als, plglid, streek):
    schools = [one.school for one in streek.schools([3] * 5)]
    materiaal = plg_materiaal()

    def all_say(omdat: str) -> None:
        for school in schools:
            say(materiaal=materiaal, code=CODE, werkt=False, omdat=omdat, school=school)

    all_say(NAAM)
    settle_reacties(maand=OKTOBER)
    for reden in Reactie.objects.all():
        client = als(plglid)
        client.get(page_of(reden))
        client.post(page_of(reden))
    all_say("Te lang")
    settle_reacties(maand=NOVEMBER)

    found = weerklank_of(materiaal)[CODE]

    assert found.werkt_niet == 10
    assert {one.omdat for one in found.redenen} == {"Te lang"}
