"""The page of one dossier."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling
from tests.conftest import make_user
from tests.start.conftest import plan, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("dossier", args=[dossier.pk])


@pytest.fixture
def lees(als, url):
    """The text of the page as seen by a user."""

    def get(user):
        html = als(user).get(url).content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    return get


def answer(dossier, code, stand, door):
    vraag = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code=code)
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="stand", waarde=stand, basis=0, door=door)


def test_who_and_when_stand_on_top(lees, huis):
    text = lees(huis.team)

    assert "Schooljaar 2026-2027, Mechelen, begeleid door CLB Ten Berg" in text
    assert "Open sinds" in text


def test_an_empty_dossier_shows_the_first_step(als, lees, huis, url):
    assert "Begin met fase 0: Verbindend schoolklimaat" in lees(huis.team)
    html = als(huis.team).get(url).content.decode()
    assert reverse("doelstelling", args=[huis.dossier.pk, "f0-1"]) in html


def test_a_dossier_that_was_begun_shows_the_next_step(lees, huis):
    score(huis.dossier, "f0-2", 6)

    assert "Ga verder met fase 0: Verbindend schoolklimaat" in lees(huis.team)


def test_the_next_step_is_the_first_goal_that_is_not_done(lees, huis):
    for vraag in Checklistvraag.objects.filter(doelstelling__code="f0-1"):
        answer(huis.dossier, vraag.code, "doen-we", huis.team)
    assert "Ga verder met fase 0: Verbindend schoolklimaat" in lees(huis.team)

    score(huis.dossier, "f0-1", 8)
    assert "Ga verder met fase 0: Inschrijvingsbeleid" in lees(huis.team)


def test_who_cannot_write_gets_no_next_step(lees, huis):
    assert "Begin met" not in lees(huis.lezer)

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert "Begin met" not in lees(huis.team)


def test_progress_counts_the_questions_with_a_chosen_stand(lees, huis):
    answer(huis.dossier, "f0-1-v01", "deels", huis.team)
    answer(huis.dossier, "f0-1-v02", "nvt", huis.team)
    vraag = Checklistvraag.objects.get(code="f0-1-v03")
    only_words = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=only_words, veld="toelichting", waarde="Soms", basis=0, door=huis.team)
    in_fase_0 = Checklistvraag.objects.filter(doelstelling__fase=0).count()

    assert f"Brede basiszorg 2 van {in_fase_0} vragen besproken" in lees(huis.team)


def test_the_scores_stand_in_words_too(lees, huis):
    score(huis.dossier, "f0-1", 6)

    assert "Fase 0: Verbindend schoolklimaat 6 op 10, Inschrijvingsbeleid nog niet" in lees(
        huis.team
    )


def test_the_three_actions_that_ask_most_late_ones_first(lees, huis):
    tom = huis.team
    plan(huis.dossier, "Ooit", door=tom)
    plan(huis.dossier, "Volgende maand", door=tom, wanneer_op=30)
    plan(huis.dossier, "Morgen", door=tom, wanneer_op=1)
    plan(huis.dossier, "Te controleren", door=tom, stand="klaar", check_op=-3)
    plan(huis.dossier, "Gestopt", door=tom, wanneer_op=-9, besluit="stoppen")
    plan(huis.dossier, "Af", door=tom, wanneer_op=-9, stand="klaar")
    plan(huis.dossier, "Geborgd", door=tom, stand="klaar", check_op=-9, besluit="borgen")
    plan(huis.dossier, "Geschrapt", door=tom, wanneer_op=-9, geschrapt_op=timezone.now())

    text = lees(tom)

    shown = re.findall(
        "Te controleren|Morgen|Volgende maand|Ooit|Gestopt|Af |Geborgd|Geschrapt", text
    )
    assert shown == ["Te controleren", "Morgen", "Volgende maand"]
    assert "1 te laat" in text
    assert "Alle acties (4 open)" in text


def test_nothing_is_late_in_a_closed_dossier(lees, huis):
    plan(huis.dossier, "Te controleren", door=huis.team, check_op=-3)
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    text = lees(huis.team)

    assert "te laat" not in text
    assert "je kan alles lezen, maar niets wijzigen" in text


def test_the_team_are_the_people_who_may_open_it(lees, huis, ander_huis):
    weg = make_user("Wegens")
    Lidmaatschap.objects.create(
        user=weg,
        school=huis.school,
        rol=Rol.SCHOOLTEAM,
        sinds=timezone.now() - timedelta(days=9),
        actief_tot=timezone.now(),
    )
    inactive = make_user("Inactief")
    inactive.is_active = False
    inactive.save()
    Lidmaatschap.objects.create(user=inactive, school=huis.school, rol=Rol.LEZER)

    text = lees(huis.team)

    for user in huis.people.values():
        assert f"{user.naam} {user.lidmaatschappen.get().get_rol_display()}" in text
    assert "Wegens" not in text
    assert "Inactief" not in text
    assert "Anna" not in text


@pytest.mark.parametrize(
    "naam", ["preventieplan", "overzicht", "routekaart", "routekaart-pdf", "preventieplan-pdf"]
)
def test_every_tile_leads_on(als, huis, url, naam):
    html = als(huis.lezer).get(url).content.decode()

    assert reverse(naam, args=[huis.dossier.pk]) in html


def test_only_an_ankerfiguur_closes_and_reopens(als, huis, url):
    close, reopen = (
        reverse(naam, args=[huis.dossier.pk]) for naam in ("dossier-afsluiten", "dossier-heropenen")
    )
    assert f'href="{close}"' in als(huis.ankerfiguur).get(url).content.decode()
    for user in (huis.medewerker, huis.team, huis.lezer):
        assert close not in als(user).get(url).content.decode()

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert f'href="{reopen}"' in als(huis.ankerfiguur).get(url).content.decode()
    assert reopen not in als(huis.team).get(url).content.decode()


def test_a_stranger_sees_nothing(als, ander_huis, oscar, url):
    for user in [*ander_huis.people.values(), oscar]:
        assert als(user).get(url).status_code == 404


def test_a_full_dossier_takes_as_many_queries_as_an_empty_one(
    als, huis, url, django_assert_num_queries
):
    client = als(huis.team)
    with django_assert_num_queries(16):
        client.get(url)

    for doel in Doelstelling.objects.all():
        score(huis.dossier, doel.code, 4)
        plan(huis.dossier, doel.kort, door=huis.team, wanneer_op=-1)
    with django_assert_num_queries(16):
        client.get(url)
