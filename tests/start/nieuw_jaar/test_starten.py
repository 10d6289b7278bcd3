"""A schooljaar starts from the last dossier: what comes along, what stays, and when one can."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dossiers.acties.models import Actie, Actierevisie, Trekker, Vervolg
from dossiers.domain import ask_to_erase, close_dossier, open_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.models import Lidmaatschap
from dossiers.models import Dossier, Voortzetting
from preventieplan.models import Antwoord, Inschaling
from start.domain.erasing import erase_due
from start.domain.oefendossier import open_oefendossier
from start.domain.vertrek import ask_to_leave
from start.nieuw_jaar.domain import starting
from start.nieuw_jaar.domain.starting import NietTeStarten, next_of, start_schooljaar
from stsdialoog.wislijst import WACHTTIJD
from tests.conftest import SCHOOLJAAR
from tests.dossiers.materialen.nieuweversie import next_version
from tests.start.nieuw_jaar.conftest import NU, TODAY, VORIG, address, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_the_first(op_dag):
    op_dag(TODAY)


def why_not(vorig, today=TODAY) -> str:
    with pytest.raises(NietTeStarten) as reason:
        next_of(Dossier.objects.select_related("school").get(pk=vorig.pk), today=today)
    return str(reason.value)


def test_an_reads_what_comes_along_and_starts_it(als, huis, gevuld, on_the_first):
    an = als(huis.ankerfiguur)
    page = an.get(address("nieuw_schooljaar", gevuld)).text
    assert "<strong>3 open acties</strong>" in page
    assert "<strong>2 antwoorden</strong> en 1 focus" in page
    assert Dossier.objects.filter(school=huis.school).count() == 1

    arrived = an.post(address("nieuw_schooljaar", gevuld), follow=True)

    nieuw = Dossier.objects.get(schooljaar=SCHOOLJAAR)
    assert arrived.redirect_chain[-1][0] == address("dossier", nieuw)
    assert f"Schooljaar {NU} is gestart" in arrived.text
    assert f"Er staan nog 3 antwoorden van {VORIG}" in arrived.text


def test_who_may_not_open_dossiers_starts_none(als, huis, gevuld, on_the_first):
    for user in (huis.lezer, huis.team, huis.medewerker):
        for method in ("get", "post"):
            response = getattr(als(user), method)(address("nieuw_schooljaar", gevuld))
            assert response.status_code == 403, (user, method)
    assert not Voortzetting.objects.exists()


def test_open_actions_go_on_as_new_ones_and_the_old_stay_as_they_were(huis, gevuld):
    before = list(Actie.objects.filter(dossier=gevuld).values())

    nieuw = start(gevuld, huis.ankerfiguur)

    assert list(Actie.objects.filter(dossier=gevuld).values()) == before
    went_on = Actie.objects.filter(dossier=nieuw).order_by("gemaakt_op")
    assert [
        (one.wat, one.wie, one.wanneer, one.wanneer_op, one.check_op, one.stand, one.hoort_bij)
        for one in went_on
    ] == [
        ("Open", "Tom", "voor de herfstvakantie", None, TODAY + timedelta(30), "gepland", "f0-1"),
        # Its day is past.
        ("Over tijd", "", "", None, None, "bezig", "f0-1"),
        ("Te checken", "", "", None, TODAY, "klaar", "f0-1"),
    ]
    assert [one.vervolg_van.eerdere.wat for one in went_on] == [one.wat for one in went_on]
    texts = Actierevisie.objects.filter(record=went_on[0]).values_list("veld", "waarde", "revisie")
    assert set(texts) == {
        ("wat", "Open", 1),
        ("wie", "Tom", 1),
        ("wanneer", "voor de herfstvakantie", 1),
        ("check_op", (TODAY + timedelta(30)).isoformat(), 1),
        ("hoort_bij", "f0-1", 1),
    }


def test_who_does_an_action_comes_along_as_long_as_she_works_there(huis, gevuld):
    nieuw = start(gevuld, huis.ankerfiguur)
    (does,) = Trekker.objects.filter(actie__dossier=nieuw)
    assert does.gebruiker == huis.team
    assert (does.gekozen_door, does.gekozen_op) == (huis.medewerker, gevuld.geopend_op)


def test_who_left_does_not_come_along(huis, gevuld):
    Lidmaatschap.objects.filter(user=huis.team).update(actief_tot=timezone.now())
    assert Trekker.objects.filter(actie__dossier=gevuld).count() == 1

    nieuw = start(gevuld, huis.ankerfiguur)

    assert not Trekker.objects.filter(actie__dossier=nieuw).exists()


def test_an_action_that_went_on_already_does_not_go_on_twice(huis, gevuld):
    first, second = Actie.objects.filter(dossier=gevuld, wat__in=("Open", "Over tijd"))
    Vervolg.objects.create(actie=second, eerdere=first)

    nieuw = start(gevuld, huis.ankerfiguur)

    assert [one.wat for one in nieuw.acties.all()] == ["Over tijd", "Te checken"]


def test_nothing_that_was_filled_in_counts_by_itself(nieuw):
    assert not Antwoord.objects.filter(dossier=nieuw).exists()
    assert not Inschaling.objects.filter(dossier=nieuw).exists()


def test_the_old_dossier_can_be_read_and_not_written_in(als, huis, gevuld, nieuw):
    tom = als(huis.team)
    page = tom.get(address("dossier", gevuld))
    assert f"dossier van {NU}" in page.text
    sent = {"veld": "inschaling-f0-1-score", "inschaling-f0-1-score": "8"}
    response = tom.post(address("doelstelling", gevuld, "f0-1"), sent)
    assert response.status_code == 403
    kinds = ["dossier-geopend", "dossier-afgesloten", "schooljaar-gestart"]
    lines = Logregel.objects.filter(handeling__in=kinds).order_by("pk")
    assert [(line.handeling, line.dossier_id) for line in lines][-3:] == [
        ("dossier-geopend", nieuw.pk),
        ("dossier-afgesloten", gevuld.pk),
        ("schooljaar-gestart", nieuw.pk),
    ]


def test_the_second_who_starts_it_arrives_at_the_same_dossier(
    als, huis, gevuld, nieuw, on_the_first
):
    again = start_schooljaar(vorig=gevuld, door=huis.ankerfiguur, today=TODAY)
    assert (again.dossier, again.is_new) == (nieuw, False)
    arrived = als(huis.ankerfiguur).post(address("nieuw_schooljaar", gevuld), follow=True)
    assert arrived.redirect_chain[-1][0] == address("dossier", nieuw)
    assert "al gestart" in arrived.text
    assert Actie.objects.filter(dossier=nieuw).count() == 3


def test_a_dossier_that_was_opened_by_hand_takes_along(als, huis, gevuld, on_the_first):
    by_hand = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR, door=huis.ankerfiguur)
    an = als(huis.ankerfiguur)
    assert f"Neem mee naar {NU}" in an.get(address("dossier", gevuld)).text
    assert "versie" not in an.get(address("nieuw_schooljaar", gevuld)).context["form"].fields

    an.post(address("nieuw_schooljaar", gevuld))

    assert Voortzetting.objects.get().dossier == by_hand
    assert by_hand.acties.count() == 3
    gevuld.refresh_from_db()
    assert not gevuld.is_open


# --- in which version ---------------------------------------------------------------


def test_the_newest_version_is_offered_and_the_old_one_can_stay(als, huis, gevuld, on_the_first):
    old = gevuld.planversie
    newer = next_version(old, huis.ankerfiguur)
    an = als(huis.ankerfiguur)
    page = an.get(address("nieuw_schooljaar", gevuld))
    assert f"De nieuwste, {newer.versie}" in page.text
    assert an.post(address("nieuw_schooljaar", gevuld), {"versie": "1999.1"}).status_code == 422

    an.post(address("nieuw_schooljaar", gevuld), {"versie": old.versie})

    assert Dossier.objects.get(schooljaar=SCHOOLJAAR).planversie == old


def test_in_the_newest_version_what_was_answered_is_found_by_its_code(
    als, huis, gevuld, on_the_first
):
    newer = next_version(gevuld.planversie, huis.ankerfiguur)
    an = als(huis.ankerfiguur)

    an.post(address("nieuw_schooljaar", gevuld), {"versie": newer.versie})

    nieuw = Dossier.objects.get(schooljaar=SCHOOLJAAR)
    assert nieuw.planversie == newer
    page = an.get(address("doelstelling", nieuw, "f0-1"), {"weergave": "lijst"})
    assert "Elke ochtend aan de poort." in page.text


# --- when one can ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "proposed"),
    [(date(SCHOOLJAAR, 8, 14), False), (date(SCHOOLJAAR, 8, 15), True), (TODAY, True)],
)
def test_from_15_august_a_proposal_stands_ready(als, huis, gevuld, op_dag, today, proposed):
    op_dag(today)
    # What is late comes first on Mijn scholen.
    gevuld.acties.update(wanneer_op=None, check_op=None)
    an = als(huis.ankerfiguur)

    assert (f"Start {NU}" in an.get(address("dossier", gevuld)).text) is proposed
    there = an.get("/scholen/").text
    assert (address("nieuw_schooljaar", gevuld) in there) is proposed
    # Who can't start it hears who can.
    assert (
        "ankerfiguur van je CLB kan" in als(huis.team).get(address("dossier", gevuld)).text
    ) is (proposed)
    # Nothing happens by itself.
    assert Dossier.objects.filter(school=huis.school).count() == 1


@pytest.mark.parametrize(
    ("today", "can"), [(date(SCHOOLJAAR - 1, 12, 31), False), (date(SCHOOLJAAR, 1, 1), True)]
)
def test_it_can_be_started_from_january_on(gevuld, today, can):
    if can:
        assert next_of(gevuld, today=today).schooljaar == SCHOOLJAAR
    else:
        assert "vanaf 1 januari" in why_not(gevuld, today)


def test_a_year_that_was_left_out_is_no_hindrance(huis, gevuld):
    assert next_of(gevuld, today=date(SCHOOLJAAR + 1, 9, 1)).schooljaar == SCHOOLJAAR + 1


def test_only_the_last_dossier_goes_on(als, huis, gevuld, nieuw, op_dag):
    in_a_year = date(SCHOOLJAAR + 1, 9, 1)
    assert why_not(gevuld, in_a_year) == starting.NIET_HET_LAATSTE
    op_dag(in_a_year)
    page = als(huis.ankerfiguur).get(address("nieuw_schooljaar", gevuld))
    assert address("dossier", nieuw) in page.text
    late = als(huis.ankerfiguur).post_late(address("nieuw_schooljaar", gevuld), {})
    assert late.status_code == 409


def test_a_next_dossier_that_was_closed_is_opened_first(huis, gevuld):
    by_hand = open_dossier(school=huis.school, schooljaar=SCHOOLJAAR, door=huis.ankerfiguur)
    close_dossier(dossier=by_hand, door=huis.ankerfiguur)
    assert "is afgesloten" in why_not(gevuld)


def test_one_that_is_going_to_be_erased_does_not_go_on(huis, gevuld):
    ask_to_erase(dossier=gevuld, door=huis.ankerfiguur, today=TODAY)
    assert why_not(gevuld) == starting.WORDT_GEWIST


def test_a_school_that_stops_starts_no_schooljaar(huis, gevuld):
    ask_to_leave(school=huis.school, door=huis.ankerfiguur, today=TODAY)
    assert why_not(gevuld) == starting.SCHOOL_STOPT
    # Also when that was asked behind the back of who was on the page.
    with pytest.raises(NietTeStarten):
        start_schooljaar(vorig=gevuld, door=huis.ankerfiguur, today=TODAY)


def test_an_oefendossier_begins_empty_each_year(als, huis):
    oefen = open_oefendossier(clb=huis.clb, today=timezone.localdate(), door=huis.ankerfiguur)
    assert why_not(oefen, date(oefen.schooljaar + 1, 9, 1)) == starting.OEFENDOSSIER
    assert als(huis.ankerfiguur).get(address("nieuw_schooljaar", oefen)).status_code == 403


def test_a_school_that_moved_is_started_by_its_clb_of_now(als, huis, ander_huis, gevuld):
    huis.school.clb = ander_huis.clb
    huis.school.save()
    assert als(huis.ankerfiguur).get(address("nieuw_schooljaar", gevuld)).status_code == 404
    page = als(ander_huis.ankerfiguur).get(address("nieuw_schooljaar", gevuld))
    assert page.status_code == 200
    assert start(gevuld, ander_huis.ankerfiguur).school == huis.school


# --- what becomes of the old one ---------------------------------------------------------------


def test_erasing_the_old_one_leaves_the_new_one_whole(huis, gevuld, nieuw, settings, tmp_path):
    settings.WISLIJST = str(tmp_path / "wislijst.jsonl")
    acties = set(nieuw.acties.values_list("wat", flat=True))
    ask_to_erase(dossier=gevuld, door=huis.ankerfiguur, today=TODAY)

    assert sum(erase_due(op=TODAY + WACHTTIJD)) == 1

    assert not Dossier.objects.filter(pk=gevuld.pk).exists()
    assert set(nieuw.acties.values_list("wat", flat=True)) == acties
    assert not Vervolg.objects.exists()
    assert not Voortzetting.objects.exists()


@pytest.mark.parametrize("aantal", [1, 12])
def test_starting_takes_a_constant_number_of_queries(
    huis, gevuld, django_assert_num_queries, aantal
):
    for nummer in range(aantal):
        Actie.objects.create(dossier=gevuld, wat=f"Actie {nummer}")
    with django_assert_num_queries(26):
        start(gevuld, huis.ankerfiguur)
