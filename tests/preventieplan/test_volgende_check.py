"""The end of a phase: one day on which the team looks back on its actions."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import plan_check
from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.models import DossierAfgesloten
from dossiers.velden.domain.saving import SaveOutcome, revisies, save_veld
from dossiers.velden.domain.striking import strike
from preventieplan.domain.acties import create_planactie
from preventieplan.models import Doelstelling, Prioriteit
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("fase-rond", args=[dossier.pk, 0])


@pytest.fixture
def lees(als, url):
    def get(user):
        return " ".join(re.sub(r"<[^>]+>", " ", als(user).get(url).text).split())

    return get


@pytest.fixture
def drie(dossier, doel, tom):
    return [
        create_planactie(dossier=dossier, doelstelling=doel, wat=wat, door=tom)
        for wat in ("Onthaal", "Peters", "Affiche")
    ]


def later(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def checks() -> dict[str, date | None]:
    return dict(Actie.objects.values_list("wat", "check_op"))


def test_one_day_for_every_action_of_the_phase_without_a_check(als, lees, tom, url, drie, dossier):
    elsewhere = Doelstelling.objects.get(versie=dossier.planversie, code="f1-1")
    create_planactie(dossier=dossier, doelstelling=elsewhere, wat="Fase 1", door=tom)
    page = als(tom).get(url).text
    assert "Wanneer kijken jullie samen of dit werkt?" in page
    ticked = re.findall(r'name="actie" value="([^"]+)"[^>]* checked', page)
    assert ticked == [str(actie.pk) for actie in drie]

    day = later()
    response = als(tom).post(url, {"actie": ticked, "check_op": day.isoformat()}, follow=True)

    assert response.redirect_chain == [(url, 302)]
    assert "De check van 3 acties staat op " in response.text
    assert checks() == {"Onthaal": day, "Peters": day, "Affiche": day, "Fase 1": None}
    assert f"De eerstvolgende check is op {day.day} " in lees(tom)
    assert "Wanneer kijken jullie samen" not in lees(tom)
    row = revisies(drie[0], "check_op").get()
    assert (row.waarde, row.revisie, row.door) == (day.isoformat(), 1, tom)
    drie[0].refresh_from_db()
    assert (drie[0].check_op_revisie, drie[0].gewijzigd_door) == (1, tom)
    assert drie[0].gewijzigd_op == row.op


def test_only_the_ticked_ones_get_the_day(als, tom, url, drie):
    sent = {"actie": [str(drie[1].pk)], "check_op": later().isoformat()}

    response = als(tom).post(url, sent, follow=True)

    assert "De check van 1 actie staat op " in response.text
    assert checks() == {"Onthaal": None, "Peters": later(), "Affiche": None}


@pytest.mark.parametrize(
    ("velden", "asks"),
    [
        ({}, True),
        ({"stand": "bezig"}, True),
        ({"stand": "klaar"}, False),
        ({"besluit": "borgen"}, False),
        ({"check_op": date(2026, 9, 1)}, False),
    ],
)
def test_only_an_open_action_asks_for_a_check(lees, tom, dossier, doel, velden, asks):
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaal", door=tom)
    Actie.objects.filter(pk=actie.pk).update(**velden)

    assert ("Wanneer kijken jullie samen" in lees(tom)) is asks


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"check_op": ""}, "Kies een dag."),
        ({"check_op": "morgen"}, "Geef een datum zoals 15/01/2027."),
        ({"check_op": "2020-01-01"}, "Die dag is voorbij: kies vandaag of later."),
        ({"actie": []}, "Vink minstens één actie aan."),
        ({"actie": ["rommel"]}, "Van een van die acties koos iemand intussen al een moment"),
    ],
)
def test_a_check_that_can_not_be_planned_says_why_and_keeps_the_rest(
    als, tom, url, drie, sent, says
):
    whole = {"actie": [str(drie[0].pk)], "check_op": later().isoformat()}

    response = als(tom).post(url, whole | sent)

    assert response.status_code == 422
    assert says in response.text
    if "check_op" in sent:
        assert re.findall(r'value="([^"]+)"[^>]* checked', response.text) == [str(drie[0].pk)]
    else:
        assert f'value="{later().isoformat()}"' in response.text
    assert set(checks().values()) == {None}
    assert not Prioriteit.objects.exists()


def test_a_check_that_a_colleague_chose_meanwhile_stays(als, tom, an, url, drie):
    theirs = later(7)
    asked = [actie.pk for actie in drie]
    save_veld(record=drie[0], veld="check_op", waarde=theirs, basis=0, door=an)
    strike(record=drie[1], door=an)

    aantal = plan_check(dossier=drie[0].dossier, acties=asked, dag=later(), door=tom)

    assert aantal == 1
    assert checks() == {"Onthaal": theirs, "Peters": None, "Affiche": later()}
    # A page of before that.
    sent = {"actie": [str(pk) for pk in asked], "check_op": later(60).isoformat()}
    response = als(tom).post(url, sent, follow=True)
    assert "koos iemand intussen al een moment: dat bleef staan." in response.text
    assert checks() == {"Onthaal": theirs, "Peters": None, "Affiche": later()}


def test_a_field_that_was_open_meanwhile_meets_the_day_as_a_conflict(tom, an, drie):
    """The overview of An was drawn before Tom planned the checks."""
    actie = Actie.objects.get(pk=drie[0].pk)
    plan_check(dossier=actie.dossier, acties=[actie.pk], dag=later(), door=tom)

    result = save_veld(record=actie, veld="check_op", waarde=later(7), basis=0, door=an)

    assert result.outcome == SaveOutcome.CONFLICT
    assert result.other_text.waarde == later().isoformat()


@pytest.mark.django_db(transaction=True)
def test_who_plans_and_who_types_at_the_same_moment_lose_nothing(tom, an, drie):
    actie = Actie.objects.get(pk=drie[0].pk)

    def plan():
        return plan_check(dossier=actie.dossier, acties=[actie.pk], dag=later(), door=tom)

    def type_it():
        return save_veld(record=actie, veld="check_op", waarde=later(7), basis=0, door=an)

    planned, typed = at_once(plan, type_it)

    assert (planned, typed.outcome) in {(1, SaveOutcome.CONFLICT), (0, SaveOutcome.SAVED)}
    assert checks()["Onthaal"] == (later() if planned else later(7))
    assert revisies(actie, "check_op").count() == 1


def test_actions_of_another_dossier_get_no_check_here(tom, drie, ander_huis):
    pks = [actie.pk for actie in drie]

    day = later()
    assert plan_check(dossier=ander_huis.dossier, acties=pks, dag=day, door=ander_huis.team) == 0
    assert set(checks().values()) == {None}


def test_who_only_reads_plans_no_check(als, huis, url, drie):
    sent = {"actie": [str(drie[0].pk)], "check_op": later().isoformat()}

    assert "Wanneer kijken jullie samen" not in als(huis.lezer).get(url).text
    assert als(huis.lezer).post(url, sent).status_code == 403
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert "Wanneer kijken jullie samen" not in als(huis.team).get(url).text
    assert als(huis.team).post(url, sent).status_code == 403
    with pytest.raises(DossierAfgesloten):
        plan_check(dossier=huis.dossier, acties=[drie[0].pk], dag=later(), door=huis.team)
    assert set(checks().values()) == {None}


def test_twenty_checks_take_as_many_queries_as_one(
    tom, dossier, doel, drie, django_assert_num_queries
):
    many = [
        create_planactie(dossier=dossier, doelstelling=doel, wat=f"Actie {nummer}", door=tom).pk
        for nummer in range(20)
    ]
    for pks in ([drie[0].pk], many):
        # The transaction takes two, the dossier one.
        with django_assert_num_queries(6):
            plan_check(dossier=dossier, acties=pks, dag=later(), door=tom)
