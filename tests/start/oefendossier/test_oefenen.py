"""Who practises, and where it shows: nowhere else."""

from datetime import date
from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.oudergesprekken.access import oudergesprekken_for
from dialoogfiches.oudergesprekken.domain.oudergesprekken import share
from dossiers.access import dossiers_to_work_in, open_dossiers_of
from dossiers.anoniem.domain.golven import FLOOD
from dossiers.mensen.access import schools_for
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School
from dossiers.models import Dossier
from start.domain.oefendossier import open_oefendossier
from tests.concurrency import at_once
from tests.conftest import SCHOOLJAAR, load_material, make_user
from tests.dialoogfiches.bevragingen.bevraging import answer, day
from tests.elders import Vol
from tests.start.conftest import plan
from tests.start.oefendossier.records import OEFENEN, page

pytestmark = pytest.mark.django_db

BAND = "Oefendossier:</strong> hier mag alles misgaan. Schrijf niets over echte mensen."
SCHOLEN = reverse("scholen")


# --- the way to it ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ankerfiguur", "medewerker"])
def test_who_works_for_the_clb_comes_to_it_from_mijn_scholen(huis, als, who):
    somebody = als(getattr(huis, who))
    assert f'<a href="{OEFENEN}">Open het oefendossier</a>' in somebody.get(SCHOLEN).text
    assert f'<a href="{OEFENEN}">' in somebody.get(SCHOLEN, {"weergave": "tabel"}).text

    first = somebody.get(OEFENEN)
    assert "Start met oefenen" in first.text
    made = somebody.post(reverse("oefendossier-openen", args=[huis.clb.pk]), follow=True)

    dossier = Dossier.objects.get(school__oefen=True)
    assert dossier.schooljaar == SCHOOLJAAR
    assert made.redirect_chain == [(page(dossier), HTTPStatus.FOUND)]
    assert BAND in made.text
    assert somebody.get(OEFENEN).url == page(dossier)


def test_who_works_for_two_clbs_chooses(huis, ander_huis, als, an, oefen):
    Lidmaatschap.objects.create(user=an, school=ander_huis.school, rol=Rol.CLB_MEDEWERKER)

    shown = als(an).get(OEFENEN).text

    assert f'href="{page(oefen)}">Naar het oefendossier van CLB Ten Berg' in shown
    assert "Start met oefenen bij CLB De Brug" in shown


def test_a_school_is_not_told_of_it(huis, als, oscar):
    for user in (huis.team, huis.lezer, oscar):
        assert OEFENEN not in als(user).get(SCHOLEN).text
        assert als(user).get(OEFENEN).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.django_db(transaction=True)
def test_two_people_who_open_it_for_the_first_time_at_once_make_one(huis, an, marie):
    def opens(user):
        return lambda: (
            open_oefendossier(
                clb=CLB.objects.get(pk=huis.clb.pk), today=date(SCHOOLJAAR, 11, 29), door=user
            ).pk
        )

    ways_in = at_once(opens(an), opens(marie), opens(an), opens(marie))

    assert set(ways_in) == {Dossier.objects.get(school__oefen=True).pk}


def test_the_database_refuses_a_second_one_of_a_clb(huis, oefen):
    with pytest.raises(IntegrityError, match=r"oefenschool_per_clb|clb_id"), transaction.atomic():
        School.objects.create(clb=huis.clb, naam="Nog een", oefen=True)


@pytest.mark.parametrize(
    "place",
    [
        {"instellingsnummer": "000099"},
        {"niveau": "so"},
        {"gemeente": "Lier"},
        {"provincie": "antwerpen"},
    ],
    ids=lambda place: next(iter(place)),
)
def test_the_database_refuses_one_that_would_count_somewhere(oefen, place):
    with pytest.raises(IntegrityError, match="staat_nergens"), transaction.atomic():
        School.objects.filter(pk=oefen.school_id).update(**place)


@pytest.mark.parametrize("veld", ["instellingsnummer", "niveau", "provincie"])
def test_a_real_school_still_has_to_have_its_data(huis, veld):
    missing = None if veld == "instellingsnummer" else ""

    with pytest.raises(IntegrityError, match=f"school_{veld}"), transaction.atomic():
        School.objects.filter(pk=huis.school.pk).update(**{veld: missing})


# --- who gets in --------------------------------------------------------------------------------


def test_every_colleague_writes_in_it_and_nobody_else_sees_it(huis, ander_huis, als, oefen, oscar):
    veld = "inschaling-f0-1-score"
    score = {"veld": veld, veld: "7", f"{veld}_basis": "0"}
    goal = reverse("doelstelling", args=[oefen.pk, "f0-1"])
    outside = [huis.team, huis.lezer, oscar, *ander_huis.people.values()]
    assert als(huis.team).get(page(huis.dossier)).status_code == HTTPStatus.OK
    for user in outside:
        assert als(user).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND
        assert als(user).get(goal).status_code == HTTPStatus.NOT_FOUND
        assert als(user).get(page(oefen, "oudergesprekken")).status_code == HTTPStatus.NOT_FOUND

    saved = als(huis.medewerker).post(goal, score, headers={"HX-Request": "true"})

    assert saved.status_code == HTTPStatus.OK
    assert oefen.inschalingen.get().score == 7
    assert 'value="7"' in als(huis.ankerfiguur).get(goal).text


def test_who_left_the_clb_is_out_at_once(huis, als, marie, oefen):
    assert als(marie).get(page(oefen)).status_code == HTTPStatus.OK

    Lidmaatschap.objects.filter(user=marie).update(actief_tot=timezone.now())

    assert als(marie).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND


def test_a_role_that_somehow_stands_there_opens_nothing(huis, als, oefen):
    for user, rol in ((huis.team, Rol.SCHOOLTEAM), (huis.lezer, Rol.LEZER)):
        Lidmaatschap.objects.create(user=user, school=oefen.school, rol=rol)
        assert als(user).get(page(oefen)).status_code == HTTPStatus.NOT_FOUND
        assert "Oefenschool" not in als(user).get(SCHOLEN).text


def test_it_has_no_team_to_invite_and_no_data_to_change(als, an, oefen):
    for name in ("school", "school-wijzigen"):
        url = reverse(name, args=[oefen.school_id])
        assert als(an).get(url).status_code == HTTPStatus.NOT_FOUND
    for name in ("uitnodigen", "dossier-openen"):
        url = reverse(name, args=[oefen.school_id])
        assert als(an).post_late(url, {}).status_code == HTTPStatus.NOT_FOUND
    for name in ("dossier-afsluiten", "dossier-heropenen"):
        assert als(an).get(page(oefen, name)).status_code == HTTPStatus.FORBIDDEN
    shown = als(an).get(page(oefen)).text
    assert reverse("school", args=[oefen.school_id]) not in shown
    assert page(oefen, "dossier-afsluiten") not in shown


def test_a_talk_with_parents_stays_with_its_author_and_who_it_is_shared_with(
    als, an, marie, oefen, huis
):
    talk = Vol(oefen, marie).oudergesprek
    url = reverse("oudergesprek", args=[talk.pk])
    assert als(marie).get(url).status_code == HTTPStatus.OK
    assert als(an).get(url).status_code == HTTPStatus.NOT_FOUND
    petra = make_user("Petra")
    buur = School.objects.create(
        clb=huis.clb, naam="De Buur", instellingsnummer="000555", niveau="so", gemeente="Lier",
        provincie="antwerpen",
    )  # fmt: skip
    elsewhere = Lidmaatschap.objects.create(user=petra, school=buur, rol=Rol.CLB_MEDEWERKER)

    assert "Petra" in als(marie).get(reverse("oudergesprek-delen", args=[talk.pk])).text
    share(oudergesprek=talk, met=petra, door=marie)

    assert als(petra).get(url).status_code == HTTPStatus.OK
    assert set(oudergesprekken_for(user=petra, dossier=oefen)) == {talk}
    elsewhere.actief_tot = timezone.now()
    elsewhere.save()
    assert als(petra).get(url).status_code == HTTPStatus.NOT_FOUND
    assert not oudergesprekken_for(user=petra, dossier=oefen).exists()


def test_in_a_real_school_a_colleague_of_another_school_still_gets_nothing(huis, als, marie):
    buur = School.objects.create(
        clb=huis.clb, naam="De Buur", instellingsnummer="000555", niveau="so", gemeente="Lier",
        provincie="antwerpen",
    )  # fmt: skip
    petra = make_user("Petra")
    Lidmaatschap.objects.create(user=petra, school=buur, rol=Rol.CLB_MEDEWERKER)
    talk = Vol(huis.dossier, marie).oudergesprek
    share(oudergesprek=talk, met=petra, door=marie)

    assert als(petra).get(page(huis.dossier)).status_code == HTTPStatus.NOT_FOUND
    url = reverse("oudergesprek", args=[talk.pk])
    assert als(petra).get(url).status_code == HTTPStatus.NOT_FOUND


# --- out of lists, figures and mails -------------------------------------------------------------


def test_no_list_count_or_search_has_it(als, an, marie, oefen):
    plan(oefen, "Iets dat te laat is", door=an, wanneer_op=-3)
    for user in (an, marie):
        browser = als(user)
        for query in ({}, {"weergave": "tabel"}):
            shown = browser.get(SCHOLEN, query).text
            assert "Sint-Jozefschool" in shown
            assert "1 school" in " ".join(shown.split())
            assert "Oefenschool" not in shown
        assert "Geen school gevonden" in browser.get(SCHOLEN, {"zoek": "oefenschool"}).text
        assert oefen not in open_dossiers_of(user)
        assert oefen.school not in schools_for(user)
        assert oefen not in dossiers_to_work_in(user, as_clb=False)
        assert oefen not in dossiers_to_work_in(user, as_clb=True)


def test_who_has_no_school_yet_can_practise_and_still_has_none(ander_huis, als):
    nina = make_user("Nina")
    leeg = CLB.objects.create(naam="CLB Nieuw", instellingsnummer="000444")
    Lidmaatschap.objects.create(user=nina, clb=leeg, rol=Rol.ANKERFIGUUR)
    open_oefendossier(clb=leeg, today=timezone.localdate(), door=nina)

    shown = als(nina).get(SCHOLEN).text

    assert "Je volgt nog geen scholen" in shown
    assert OEFENEN in shown


def test_in_beheer_it_is_no_school(huis, als, oefen):
    bea = make_user("Bea")
    bea.is_staff = bea.is_superuser = True
    bea.save()

    shown = als(bea).get(reverse("admin:mensen_school_changelist")).text
    change = als(bea).get(reverse("admin:mensen_school_change", args=[oefen.school_id]))

    assert "Sint-Jozefschool" in shown
    assert "Oefenschool" not in shown
    assert change.status_code == HTTPStatus.FOUND
    of_school = als(bea).get(reverse("admin:mensen_school_change", args=[huis.school.pk])).text
    assert "oefen" not in of_school


@pytest.mark.parametrize("practises", [True, False])
def test_a_hall_that_practises_with_a_survey_sends_no_mail(
    huis, an, oefen, mailoutbox, django_capture_on_commit_callbacks, practises
):
    dossier = oefen if practises else huis.dossier
    made = open_bevraging(
        dossier=dossier, versie=load_material("mini-bevraging"), titel="x", tot=day(1), door=an
    )

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(FLOOD):
            answer(made, "ja")

    assert len(mailoutbox) == (0 if practises else 1)


def test_a_survey_to_practise_with_says_so_to_whoever_answers(client, huis, an, oefen):
    for dossier, practises in ((oefen, True), (huis.dossier, False)):
        survey = Vol(dossier, an).loopt
        for name in ("bevraging-invullen", "bevraging-dank"):
            shown = client.get(reverse(name, args=[survey.sleutel])).text
            assert ("Dit is een oefening." in shown) == practises


# --- marked --------------------------------------------------------------------------------------


def test_another_dossier_has_no_band(als, an, huis, oefen):
    assert BAND in als(an).get(page(oefen)).text
    assert BAND not in als(an).get(page(huis.dossier)).text
    assert BAND not in als(an).get(SCHOLEN).text
