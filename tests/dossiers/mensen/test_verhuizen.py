"""The Sint-Jozefschool goes from CLB Ten Berg (An) to CLB De Brug (Anna): both have to agree."""

from functools import partial
from threading import Event

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain import organisaties
from dossiers.mensen.domain.bevestigen import keep
from dossiers.mensen.domain.lidmaatschappen import NietVoorJezelf, SchoolVerhuisd
from dossiers.mensen.domain.organisaties import change_school
from dossiers.mensen.domain.uitnodigingen import (
    Guest,
    UitnodigingOngeldig,
    accept,
    invite,
    invite_again,
    invite_many,
    open_uitnodigingen,
)
from dossiers.mensen.domain.verhuizen import (
    VerhuisGesloten,
    VerhuisKanNiet,
    VerhuisLoopt,
    agree,
    ask_for_school,
    offer_school,
    stop,
)
from dossiers.mensen.models import Aankondiging, Lidmaatschap, Rol, School, User, Verhuis
from tests.client import text_of
from tests.concurrency import WAIT, at_once
from tests.conftest import make_huis, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(huis):
    return huis.ankerfiguur


@pytest.fixture
def anna(ander_huis):
    return ander_huis.ankerfiguur


@pytest.fixture
def verhuis(huis, ander_huis, an) -> Verhuis:
    return offer_school(school=huis.school, naar=ander_huis.clb, door=an)


def clb_of(school: School):
    return School.objects.get(pk=school.pk).clb


def test_an_offers_her_school_and_anna_agrees(
    als, huis, ander_huis, an, anna, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = als(an).post(
            reverse("school-verhuizen", args=[huis.school.pk]),
            {"naar": ander_huis.clb.pk},
            follow=True,
        )
    assert "Nu is het aan een ankerfiguur van CLB De Brug" in response.text
    assert {one.to[0] for one in mail.outbox} == {an.email, anna.email}
    verhuis = Verhuis.objects.get()
    url = reverse("verhuis", args=[verhuis.pk])
    assert all(url in one.body for one in mail.outbox)
    assert "Bevestig de verhuis" not in als(an).get(url).text
    assert clb_of(huis.school) == huis.clb
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        response = als(anna).post(url, {"knop": "bevestig"}, follow=True)

    assert "Sint-Jozefschool is nu bij CLB De Brug" in response.text
    assert clb_of(huis.school) == ander_huis.clb
    assert {one.to[0] for one in mail.outbox} == {an.email, anna.email}
    dossier = reverse("dossier", args=[huis.dossier.pk])
    allowed = {
        user: als(user).get(dossier).status_code
        for user in (an, huis.medewerker, huis.team, huis.lezer, anna)
    }
    assert allowed == {an: 404, huis.medewerker: 404, huis.team: 200, huis.lezer: 200, anna: 200}
    lines = Logregel.objects.filter(handeling="school-verhuisd")
    assert {line.clb_id for line in lines} == {huis.clb.pk, ander_huis.clb.pk}
    assert als(an).get(url).status_code == 200
    again = als(anna).post(url, {"knop": "bevestig"}, follow=True)
    assert "intussen gestopt of afgehandeld" in again.text


def test_anna_asks_for_a_school_by_its_number_and_an_agrees(als, huis, ander_huis, an, anna):
    url = reverse("clb-verhuizen", args=[ander_huis.clb.pk])
    als(anna).post(url, {"instellingsnummer": huis.school.instellingsnummer})

    verhuis = Verhuis.objects.get()
    page = reverse("verhuis", args=[verhuis.pk])
    assert "wacht op jullie" in als(an).get(reverse("clb-verhuizen", args=[huis.clb.pk])).text
    als(anna).post(page, {"knop": "bevestig"})
    assert clb_of(huis.school) == huis.clb
    als(an).post(page, {"knop": "bevestig"})
    assert clb_of(huis.school) == ander_huis.clb


@pytest.mark.parametrize("number", ["000091", "999999"])
def test_a_school_of_ones_own_or_of_nobody_cannot_be_asked(als, ander_huis, anna, number):
    page = als(anna).post(
        reverse("clb-verhuizen", args=[ander_huis.clb.pk]), {"instellingsnummer": number}
    )

    assert "We kunnen deze school niet vragen" in page.text
    assert not Verhuis.objects.exists()


def test_a_clb_without_an_ankerfiguur_is_not_asked(huis, ander_huis, an, anna):
    User.objects.filter(pk__in=(an.pk, anna.pk)).update(is_active=False)

    with pytest.raises(VerhuisKanNiet):
        offer_school(school=huis.school, naar=ander_huis.clb, door=an)
    with pytest.raises(VerhuisKanNiet):
        ask_for_school(
            instellingsnummer=huis.school.instellingsnummer, naar=ander_huis.clb, door=anna
        )


def test_whoever_comes_back_to_a_school_that_moves_finds_the_question(als, huis, an, verhuis):
    response = als(an).get(reverse("school-verhuizen", args=[huis.school.pk]))

    assert response.status_code == 302
    assert response.url == reverse("verhuis", args=[verhuis.pk])
    stop(verhuis=verhuis, door=an)
    assert "Vraag het aan dat CLB" in als(an).get(response.wsgi_request.path).text


def test_who_has_to_agree_sees_it_with_her_schools(als, an, anna, ander_huis, verhuis):
    scholen = reverse("scholen")

    page = text_of(als(anna).get(scholen))

    assert "1 school verhuist als CLB De Brug dat bevestigt" in page
    way = reverse("clb-verhuizen", args=[ander_huis.clb.pk])
    assert way in als(anna).get(scholen).text
    assert "dat bevestigt" not in als(an).get(scholen).text
    assert "dat bevestigt" not in als(ander_huis.medewerker).get(scholen).text


def test_one_school_moves_once_at_a_time(huis, ander_huis, an, anna, verhuis):
    with pytest.raises(VerhuisLoopt):
        offer_school(school=huis.school, naar=ander_huis.clb, door=an)
    with pytest.raises(VerhuisLoopt):
        ask_for_school(
            instellingsnummer=huis.school.instellingsnummer, naar=ander_huis.clb, door=anna
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Verhuis.objects.create(
            school=huis.school,
            van=huis.clb,
            naar=ander_huis.clb,
            beslist=huis.clb,
            gevraagd_door=anna,
        )


def test_so_many_a_day_and_no_more(als, huis, ander_huis, an, monkeypatch):
    monkeypatch.setattr("dossiers.mensen.domain.verhuizen.MOST_A_DAY", 2)
    url, data = reverse("school-verhuizen", args=[huis.school.pk]), {"naar": ander_huis.clb.pk}
    for _ in range(2):
        assert als(an).post(url, data).status_code == 302
        stop(verhuis=Verhuis.objects.latest("gevraagd_op"), door=an)

    assert "Ga morgen verder" in als(an).post(url, data).text
    assert Verhuis.objects.count() == 2


def test_nobody_brings_a_school_to_herself(als, huis, ander_huis, an, verhuis):
    """An is ankerfiguur of both CLB's: it still takes two people."""
    Lidmaatschap.objects.create(user=an, clb=ander_huis.clb, rol=Rol.ANKERFIGUUR)

    page = als(an).post(reverse("verhuis", args=[verhuis.pk]), {"knop": "bevestig"})

    assert page.status_code == 403
    assert clb_of(huis.school) == huis.clb
    with pytest.raises(NietVoorJezelf):
        agree(verhuis=verhuis, door=an)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Verhuis.objects.update(bevestigd_door=an, bevestigd_op=now)


@pytest.mark.parametrize("wie", ["an", "anna"])
def test_either_side_stops_it(als, huis, ander_huis, an, anna, verhuis, wie):
    user = {"an": an, "anna": anna}[wie]

    page = als(user).post(reverse("verhuis", args=[verhuis.pk]), {"knop": "stop"}, follow=True)

    assert "Sint-Jozefschool blijft bij CLB Ten Berg" in page.text
    assert Aankondiging.objects.filter(regel__handeling="verhuis-gestopt").count() == 2
    for act in (agree, stop):
        with pytest.raises(VerhuisGesloten):
            act(verhuis=verhuis, door=anna)
    # And it can be asked anew.
    offer_school(school=huis.school, naar=ander_huis.clb, door=an)


def test_what_the_sts_team_moved_meanwhile_is_not_moved_again(
    huis, ander_huis, an, anna, oscar, verhuis
):
    third = make_huis("CLB Zuid", "Zuidschool", 110, ["Ann", "Max", "Tim", "Lea"])
    school = School.objects.get(pk=huis.school.pk)
    school.clb = third.clb
    change_school(school=school, door=oscar)

    with pytest.raises(VerhuisGesloten):
        agree(verhuis=verhuis, door=anna)
    assert clb_of(huis.school) == third.clb
    assert Verhuis.objects.get().gestopt_op is not None


def test_invitations_for_the_old_clb_go_and_those_of_the_school_stay(
    huis, ander_huis, an, anna, verhuis
):
    for email, rol in (("nieuw@clb.be", Rol.CLB_MEDEWERKER), ("nieuw@school.be", Rol.SCHOOLTEAM)):
        invite(school=huis.school, email=email, rol=rol, door=an)

    agree(verhuis=verhuis, door=anna)

    assert [one.email for one in open_uitnodigingen()] == ["nieuw@school.be"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_agree_at_once_one_does(huis, ander_huis, anna, verhuis):
    done = at_once(*[partial(_agree, verhuis, anna)] * 2)

    assert sorted(done) == [False, True]
    assert Logregel.objects.filter(handeling="school-verhuisd").count() == 2


def _agree(verhuis, anna) -> bool:
    try:
        agree(verhuis=verhuis, door=anna)
    except VerhuisGesloten:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_a_role_for_the_old_clb_while_its_school_goes(
    huis, ander_huis, an, anna, verhuis, monkeypatch
):
    """Karim clicks on his invitation at the moment that Anna agrees: it is not open any more."""
    karim, invited = make_user("Karim"), {"rol": Rol.CLB_MEDEWERKER, "door": an}
    uitnodiging, _ = invite(school=huis.school, email=karim.email, **invited)
    goes, came = Event(), Event()

    def in_the_middle():
        goes.set()
        came.wait(WAIT)
        return open_uitnodigingen()

    def accepts():
        goes.wait()
        try:
            accept(uitnodiging=uitnodiging, user=karim)
        except UitnodigingOngeldig:
            return False
        finally:
            came.set()
        return True

    monkeypatch.setattr(organisaties, "open_uitnodigingen", in_the_middle)
    at_once(partial(agree, verhuis=verhuis, door=anna), accepts)

    assert not Lidmaatschap.objects.active().filter(user=karim).exists()
    assert clb_of(huis.school) == ander_huis.clb


def test_who_looked_before_the_school_went_gives_nobody_a_role_in_it(huis, ander_huis, an, verhuis):
    role = Lidmaatschap.objects.select_related("school__clb", "clb").get(user=huis.medewerker)
    Lidmaatschap.objects.filter(pk=role.pk).update(eindigt_op=timezone.localdate())
    seen = School.objects.get(pk=huis.school.pk)
    uitnodiging, _ = invite(school=seen, email="nora@test.be", rol=Rol.SCHOOLTEAM, door=an)
    agree(verhuis=verhuis, door=ander_huis.ankerfiguur)

    late = {"rol": Rol.CLB_MEDEWERKER, "door": an}
    guests = [Guest("karim@test.be")]
    for work in (
        partial(invite, school=seen, email="karim@test.be", **late),
        partial(invite_many, school=seen, guests=guests, woord="", **late),
        partial(invite_again, uitnodiging=uitnodiging, door=an),
        partial(keep, lidmaatschap=role, door=an, today=timezone.localdate()),
    ):
        with pytest.raises(SchoolVerhuisd):
            work()
    # Whom the school itself waits for is welcome as before.
    nora = make_user("Nora")
    assert accept(uitnodiging=uitnodiging, user=nora).school == huis.school
