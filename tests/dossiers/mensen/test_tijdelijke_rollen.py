"""Karim stands in for An for a while: he is ankerfiguur until a day, and then no more."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.mensen.access import Recht, clbs_of_ankerfiguur, places_of, works_for_clb
from dossiers.mensen.domain.lidmaatschappen import (
    AlLid,
    GeenBlijvende,
    NietVoorJezelf,
    add_ankerfiguur,
    give_rol,
)
from dossiers.mensen.domain.nacht import ask_and_end
from dossiers.mensen.domain.tweede_stap import needs_second_step
from dossiers.mensen.models import Aankondiging, Lidmaatschap, Rol
from dossiers.mensen.queries import team_of
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def karim(huis):
    """A CLB-medewerker of the same school."""
    user = make_user("Karim")
    Lidmaatschap.objects.create(user=user, school=huis.school, rol=Rol.CLB_MEDEWERKER)
    return user


@pytest.fixture
def vervanger(huis, karim, today):
    add_ankerfiguur(clb=huis.clb, user=karim, door=huis.ankerfiguur, eindigt_op=today)
    return karim


def as_ankerfiguur(user) -> Lidmaatschap:
    return Lidmaatschap.objects.get(user=user, rol=Rol.ANKERFIGUUR, actief_tot__isnull=True)


def test_an_lets_a_colleague_stand_in(als, huis, karim, today, django_capture_on_commit_callbacks):
    browser, url = als(huis.ankerfiguur), reverse("clb-ankerfiguren", args=[huis.clb.pk])
    assert ">Karim<" in browser.get(url).text
    end = today + timedelta(days=30)

    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(url, {"user": karim.pk, "eindigt_op": end.isoformat()}, follow=True)

    assert "Karim is nu ankerfiguur" in response.text
    assert as_ankerfiguur(karim).eindigt_op == end
    (told,) = mail.outbox
    assert told.to == [huis.ankerfiguur.email]
    assert "An (an@test.be) maakte Karim" in told.body
    assert "in het beheer" not in told.body
    assert Aankondiging.objects.filter(clb=huis.clb).count() == 1
    assert als(karim).get(url).status_code == 200
    of_the_school = als(huis.team).get(reverse("school", args=[huis.school.pk])).text
    assert f"tot en met {date_format(end, 'j F Y')}" in of_the_school


@pytest.mark.parametrize("wie", ["stranger", "team", "herself"])
def test_an_chooses_among_known_colleagues_only(als, huis, ander_huis, wie):
    chosen = {
        "stranger": ander_huis.medewerker,
        "team": huis.team,
        "herself": huis.ankerfiguur,
    }[wie]
    url = reverse("clb-ankerfiguren", args=[huis.clb.pk])

    response = als(huis.ankerfiguur).post(url, {"user": chosen.pk})

    assert response.status_code == 200
    assert Lidmaatschap.objects.filter(clb=huis.clb).count() == 1


def test_a_day_that_has_gone_by_is_refused(als, huis, karim, today):
    url = reverse("clb-ankerfiguren", args=[huis.clb.pk])
    yesterday = (today - timedelta(days=1)).isoformat()

    page = als(huis.ankerfiguur).post(url, {"user": karim.pk, "eindigt_op": yesterday}).text

    assert "Die dag is voorbij" in page


def test_a_clb_keeps_one_ankerfiguur_without_an_end(huis, karim, oscar, today):
    Lidmaatschap.objects.filter(user=huis.ankerfiguur).update(actief_tot=timezone.now())

    with pytest.raises(GeenBlijvende):
        add_ankerfiguur(clb=huis.clb, user=karim, door=oscar, eindigt_op=today)
    add_ankerfiguur(clb=huis.clb, user=karim, door=oscar)
    with pytest.raises(GeenBlijvende):
        add_ankerfiguur(clb=huis.clb, user=karim, door=oscar, eindigt_op=today)
    with pytest.raises(AlLid):
        add_ankerfiguur(clb=huis.clb, user=karim, door=oscar)
    with pytest.raises(NietVoorJezelf):
        add_ankerfiguur(clb=huis.clb, user=karim, door=karim)


def test_who_stands_in_stops_at_the_end_of_the_day_by_itself(
    als, huis, vervanger, today, monkeypatch, settings
):
    """Also when the night that ends it does not come."""
    url = reverse("clb-ankerfiguren", args=[huis.clb.pk])
    assert als(vervanger).get(url).status_code == 200
    Lidmaatschap.objects.filter(user=vervanger, rol=Rol.CLB_MEDEWERKER).update(
        actief_tot=timezone.now()
    )
    assert works_for_clb(vervanger)
    settings.TWEEDE_STAP_VERPLICHT = True
    assert needs_second_step(vervanger)

    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=1))

    assert not works_for_clb(vervanger)
    assert not needs_second_step(vervanger)
    assert not clbs_of_ankerfiguur(vervanger).exists()
    assert not places_of(vervanger).in_clbs
    assert vervanger not in [lid.user for lid in team_of(huis.school)]
    for page in (url, reverse("dossier", args=[huis.dossier.pk])):
        assert als(vervanger).get(page).status_code == 404


def test_the_night_after_closes_it_and_tells(huis, vervanger, today):
    assert ask_and_end(today=today).beeindigd == 0

    assert ask_and_end(today=today + timedelta(days=1)).beeindigd == 1

    ended = Lidmaatschap.objects.get(user=vervanger, rol=Rol.ANKERFIGUUR)
    assert ended.actief_tot is not None
    # It was agreed, so there is nothing to give back.
    assert ended.vervallen_op is None
    assert {address for one in mail.outbox for address in one.to} == {
        vervanger.email,
        huis.ankerfiguur.email,
    }


def test_who_stands_in_can_stay(huis, vervanger, oscar):
    add_ankerfiguur(clb=huis.clb, user=vervanger, door=oscar)

    assert as_ankerfiguur(vervanger).eindigt_op is None


def test_a_new_invitation_takes_the_end_away(huis, today):
    Lidmaatschap.objects.filter(user=huis.team).update(eindigt_op=today - timedelta(days=1))

    made = give_rol(user=huis.team, school=huis.school, rol=Rol.SCHOOLTEAM)

    assert made.eindigt_op is None
    assert made in Lidmaatschap.objects.active()


def test_in_beheer_an_ankerfiguur_can_have_an_end(als, huis, karim, oscar, today):
    oscar.is_superuser = oscar.is_staff = True
    oscar.save()
    url = reverse("admin:mensen_lidmaatschap_add")
    data = {"user": karim.pk, "clb": huis.clb.pk}

    refused = als(oscar).post(url, data | {"eindigt_op": (today - timedelta(days=1)).isoformat()})
    assert "Die dag is voorbij" in refused.text
    assert als(oscar).post(url, data | {"eindigt_op": today.isoformat()}).status_code == 302

    assert as_ankerfiguur(karim).eindigt_op == today


def test_the_right_of_who_stands_in_is_that_of_an_ankerfiguur(huis, vervanger):
    assert places_of(vervanger).right_on(huis.school) == Recht.BEHEREN
