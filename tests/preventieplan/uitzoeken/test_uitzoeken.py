"""Tom's team does not know something: Bart finds it out, and finds it among his tasks."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.velden.domain.saving import save_veld
from preventieplan.models import Antwoord, Checklistvraag
from preventieplan.uitzoeken.domain import (
    IntussenGeweten,
    give,
    meant_by,
    seen_mark,
    take_back,
    tick_off,
)
from preventieplan.uitzoeken.models import Uitzoekvraag
from start.herinneringen.queries import uitzoeken as news
from start.taken.queries import tasks_of
from stsdialoog.seen import IntussenGewijzigd
from tests.conftest import make_user
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

DOEL, VRAAG = "f0-1", "f0-1-v01"
TODAY = date(2026, 11, 30)


@pytest.fixture
def bart(huis):
    user = make_user("Bart")
    user.naam = "Bart Claes"
    user.save()
    Lidmaatschap.objects.create(user=user, school=huis.school, rol=Rol.SCHOOLTEAM)
    return user


@pytest.fixture
def antwoord(huis):
    vraag = Checklistvraag.objects.get(doelstelling__versie=huis.dossier.planversie_id, code=VRAAG)
    record = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=record, veld="stand", waarde="weten-niet", basis=0, door=huis.team)
    return record


@pytest.fixture
def url(huis, antwoord):
    return reverse("uitzoeken", args=[huis.dossier.pk, VRAAG])


@pytest.fixture
def geef(huis, antwoord):
    def geef(wie, tegen=None, door=huis.team):
        found = Uitzoekvraag.objects.filter(antwoord=antwoord).first()
        return give(
            dossier=huis.dossier,
            antwoord=antwoord,
            wie=wie,
            tegen=tegen,
            seen=seen_mark(found),
            door=door,
        )

    return geef


def answer(antwoord, stand, door):
    antwoord.refresh_from_db()
    save_veld(record=antwoord, veld="stand", waarde=stand, basis=antwoord.stand_revisie, door=door)


def goal_page(client, huis, view):
    return client.get(reverse("doelstelling", args=[huis.dossier.pk, DOEL]) + f"?weergave={view}")


@pytest.mark.parametrize("view", ["lijst", "bespreken"])
def test_bart_finds_it_out_and_the_question_says_so(als, huis, bart, url, view):
    tom = als(huis.team)
    assert "Wie zoekt dit uit?" in goal_page(tom, huis, view).text
    data = whole_form(tom.get(url).text) | {"wie": "Bart", "tegen": "2099-03-12"}

    after = tom.post(url, data, follow=True).text

    assert "Bart Claes zoekt dit uit, en vindt het bij ‘Mijn taken’." in after
    page = goal_page(tom, huis, view).text
    assert "<b>Bart Claes</b> zoekt dit uit, tegen 12 maart." in page
    assert "Wie zoekt dit uit?" not in page
    assert Uitzoekvraag.objects.get().gebruiker == bart
    assert "Gevraagd door Tom op" in tom.get(url).text


def test_the_list_of_the_plan_and_that_of_the_phase_say_it_too(als, huis, url, geef):
    geef("de buurtschool")
    tom = als(huis.team)

    for page in (
        reverse("preventieplan", args=[huis.dossier.pk]),
        reverse("fase-rond", args=[huis.dossier.pk, 0]),
    ):
        assert "<b>de buurtschool</b> zoekt dit uit." in tom.get(page).text


def test_a_board_reads_who_finds_it_out_and_changes_nothing(als, huis, url, geef):
    lies = als(huis.lezer)
    page = goal_page(lies, huis, "lijst").text
    assert "Wie zoekt dit uit?" not in page
    geef("de buurtschool")

    page = goal_page(lies, huis, "lijst").text
    assert "<b>de buurtschool</b> zoekt dit uit." in page
    assert "/uitzoeken/" not in page


def test_a_question_that_the_team_answered_is_given_to_nobody(als, huis, url, antwoord):
    tom = als(huis.team)
    page = tom.get(url).text
    answer(antwoord, "deels", huis.team)

    assert tom.get(url).status_code == 404
    assert tom.post(url, whole_form(page) | {"wie": "Bart"}).status_code == 404
    assert not Uitzoekvraag.objects.exists()


def test_saving_weten_we_niet_offers_it_at_once(als, huis):
    tom, page = als(huis.team), reverse("doelstelling", args=[huis.dossier.pk, DOEL])
    naam = f"antwoord-{VRAAG}-stand"

    def save(stand, basis):
        data = {"veld": naam, naam: stand, f"{naam}_basis": basis}
        return tom.post(page, data, headers={"HX-Request": "true"}).text

    assert "Wie zoekt dit uit?" in save("weten-niet", "0")
    assert "Wie zoekt dit uit?" not in save("doen-we", "1")


@pytest.mark.parametrize(
    ("wie", "meant"),
    [
        ("Bart Claes", True),
        ("bart  claes", True),
        ("Bart", True),
        ("Bart Claessens", False),
        ("Claes", False),
        ("Bart van de opvang", False),
    ],
)
def test_a_name_means_somebody_of_the_team_when_it_is_whole_or_the_first(wie, meant, huis, bart):
    assert (meant_by(wie, [huis.team, bart]) == bart) is meant


def test_a_first_name_of_two_means_nobody_and_a_whole_one_does(huis, bart):
    other = make_user("Bartel")
    other.naam = "Bart Maes"
    team = [bart, other]

    assert meant_by("Bart", team) is None
    assert meant_by("Bart Maes", team) == other
    other.naam = bart.naam
    assert meant_by("Bart Claes", team) is None


def test_bart_finds_it_among_his_tasks_and_nobody_else_does(huis, ander_huis, bart, geef):
    geef("Bart", TODAY)

    (taak,) = tasks_of(bart, today=TODAY)
    assert (taak.dag, taak.is_vraag, taak.deze_week) == (TODAY, True, True)
    assert f"stop={VRAAG}#vraag-{VRAAG}" in taak.url
    for other in (huis.team, huis.lezer, huis.ankerfiguur, ander_huis.team):
        assert tasks_of(other, today=TODAY) == []


def test_the_page_of_tasks_leads_to_the_question(als, huis, bart, geef):
    geef("Bart", TODAY)

    page = als(bart).get(reverse("taken")).text
    assert "Zoek uit: " in page
    assert f"?stop={VRAAG}#vraag-{VRAAG}" in page


def test_an_answer_ends_the_task_and_not_knowing_again_brings_it_back(huis, bart, antwoord, geef):
    geef("Bart")
    answer(antwoord, "deels", huis.team)
    assert tasks_of(bart, today=TODAY) == []
    answer(antwoord, "weten-niet", huis.team)
    assert len(tasks_of(bart, today=TODAY)) == 1


def test_ticking_off_ends_the_task_and_asks_for_the_answer(als, huis, bart, url, geef):
    geef("Bart")
    client = als(bart)

    page = client.get(url).text
    after = client.post(url, {"seen": _seen(page), "knop": "klaar"}, follow=True).text

    assert "Uitgezocht. Vul hier in hoe het zit." in after
    assert "Bart Claes zocht dit uit: nu het antwoord nog." in after
    assert tasks_of(bart, today=TODAY) == []
    assert Uitzoekvraag.objects.get().klaar_door == bart


def _seen(page):
    return whole_form(page)["seen"]


def test_it_is_taken_back_and_stays_to_be_found_out(als, huis, bart, url, geef):
    geef("Bart")
    tom = als(huis.team)

    after = tom.post(url, {"seen": _seen(tom.get(url).text), "knop": "terug"}, follow=True).text

    assert "Niemand zoekt dit nog uit." in after
    assert "Wie zoekt dit uit?" in after
    assert not Uitzoekvraag.objects.exists()
    lines = Logregel.objects.filter(handeling=Logregel.Handeling.UITZOEKEN_GEGEVEN)
    assert lines.count() == 2


def test_two_who_give_it_at_once_see_each_other(als, huis, url, bart):
    tom, marie = als(huis.team), als(huis.medewerker)
    pages = [client.get(url).text for client in (tom, marie)]
    tom.post(url, whole_form(pages[0]) | {"wie": "Bart"})

    late = marie.post(url, whole_form(pages[1]) | {"wie": "de buurtschool"})

    assert late.status_code == 409
    assert "<b>Bart Claes</b> zoekt dit uit" in late.text
    assert 'value="de buurtschool"' in late.text
    assert Uitzoekvraag.objects.get().gebruiker == bart
    marie.post(url, whole_form(late.text) | {"wie": "de buurtschool"})
    assert Uitzoekvraag.objects.get().naam == "de buurtschool"


def test_what_two_tick_off_was_found_out_by_the_first(huis, bart, antwoord, geef):
    geef("Bart")
    for door in (bart, huis.team):
        seen = seen_mark(Uitzoekvraag.objects.get())
        tick_off(dossier=huis.dossier, antwoord=antwoord, seen=seen, door=door)
    assert Uitzoekvraag.objects.get().klaar_door == bart


def test_what_was_found_out_and_is_given_again_is_a_task_again(huis, bart, antwoord, geef):
    seen = seen_mark(geef("de buurtschool"))
    tick_off(dossier=huis.dossier, antwoord=antwoord, seen=seen, door=huis.team)
    geef("Bart")
    again = Uitzoekvraag.objects.get()
    assert (again.klaar_op, again.klaar_door) == (None, None)
    assert len(tasks_of(bart, today=TODAY)) == 1


def test_another_day_is_a_change_that_the_other_sees(huis, antwoord, geef):
    seen = seen_mark(geef("Bart"))
    geef("Bart", tegen=TODAY)
    with pytest.raises(IntussenGewijzigd):
        take_back(dossier=huis.dossier, antwoord=antwoord, seen=seen, door=huis.team)


@pytest.mark.parametrize("act", [tick_off, take_back])
def test_what_somebody_changed_meanwhile_is_not_ticked_off_or_taken_back(act, huis, antwoord, geef):
    seen = seen_mark(geef("Bart"))
    geef("de buurtschool")
    with pytest.raises(IntussenGewijzigd):
        act(dossier=huis.dossier, antwoord=antwoord, seen=seen, door=huis.team)


def test_a_question_that_was_answered_meanwhile_is_not_given(huis, antwoord, geef):
    answer(antwoord, "doen-we", huis.team)
    with pytest.raises(IntussenGeweten):
        geef("Bart")


@pytest.mark.parametrize(("days", "right"), [(-1, False), (0, True), (1, True)])
def test_no_day_that_is_over(als, huis, url, days, right):
    tom, tegen = als(huis.team), timezone.localdate() + timedelta(days=days)

    response = tom.post(url, whole_form(tom.get(url).text) | {"wie": "Bart", "tegen": f"{tegen}"})

    assert response.status_code == (302 if right else 422)
    if not right:
        assert "Die dag is voorbij" in response.text
        assert 'value="Bart"' in response.text


@pytest.mark.parametrize(("letters", "right"), [(79, True), (80, True), (81, False)])
def test_a_name_fits_in_eighty_letters(als, huis, url, letters, right):
    tom = als(huis.team)
    data = whole_form(tom.get(url).text) | {"wie": "b" * letters}

    assert tom.post(url, data).status_code == (302 if right else 422)


@pytest.mark.parametrize("wie", ["", "   ", "\u200b", "!!!"])
def test_nobody_is_no_name(als, huis, url, wie):
    tom = als(huis.team)

    assert tom.post(url, whole_form(tom.get(url).text) | {"wie": wie}).status_code == 422


def test_who_left_the_team_has_no_task_of_it(huis, bart, geef):
    geef("Bart", TODAY)
    end_lidmaatschap(lidmaatschap=Lidmaatschap.objects.get(user=bart), door=huis.ankerfiguur)

    assert tasks_of(bart, today=TODAY) == []
    assert list(news.new({bart.pk: TODAY}, TODAY)) == []
    assert geef("Bart").gebruiker is None


def test_who_only_reads_by_now_has_no_task_of_it(huis, bart, geef):
    geef("Bart", TODAY)
    Lidmaatschap.objects.filter(user=bart).update(rol=Rol.LEZER)

    assert tasks_of(bart, today=TODAY) == []
    assert list(news.new({bart.pk: TODAY}, TODAY)) == []


def test_a_closed_dossier_asks_nothing(huis, bart, geef):
    geef("Bart", TODAY)
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    assert tasks_of(bart, today=TODAY) == []
    assert list(news.new({bart.pk: TODAY}, TODAY)) == []


@pytest.mark.parametrize(
    ("tegen", "zin"),
    [
        (date(2026, 12, 1), "Je zoekt iets uit tegen morgen."),
        (TODAY, "Je zoekt iets uit tegen vandaag."),
        (date(2026, 11, 27), "Je zou iets uitzoeken tegen vrijdag 27 november."),
        (None, "Je team vroeg je om iets uit te zoeken."),
    ],
)
def test_the_mail_tells_of_it_without_a_word_of_the_question(
    huis, bart, antwoord, geef, tegen, zin
):
    geef("Bart", tegen)

    told = list(news.new({bart.pk: TODAY}, TODAY))
    (line,) = news.lines(bart.pk, [one.sleutel for one in told], TODAY)

    assert {one.gebruiker for one in told} == {bart.pk}
    assert line.zin == zin
    assert f"?stop={VRAAG}#vraag-{VRAAG}" in line.link
    assert antwoord.vraag.tekst not in line.zin
    tick_off(
        dossier=huis.dossier,
        antwoord=antwoord,
        seen=seen_mark(Uitzoekvraag.objects.get()),
        door=bart,
    )
    assert news.lines(bart.pk, [one.sleutel for one in told], TODAY) == []


def test_who_took_it_herself_without_a_day_gets_no_mail_of_it(huis, bart, geef):
    geef("Bart", door=bart)

    assert list(news.new({bart.pk: TODAY}, TODAY)) == []


def test_a_new_day_is_told_anew(huis, bart, geef):
    geef("Bart", TODAY)
    (first,) = news.new({bart.pk: TODAY}, TODAY)
    geef("Bart", date(2026, 12, 1))
    (second,) = news.new({bart.pk: TODAY}, TODAY)

    assert first.sleutel != second.sleutel
    (line,) = news.lines(bart.pk, [first.sleutel, second.sleutel], TODAY)
    assert "morgen" in line.zin


def test_the_database_wants_somebody_and_not_two(huis, antwoord):
    for given in ({}, {"gebruiker": huis.team, "wie": "Bart"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Uitzoekvraag.objects.create(antwoord=antwoord, gegeven_door=huis.team, **given)


def test_a_question_nobody_finds_out_costs_a_goal_no_query_more(
    als, huis, geef, django_assert_num_queries
):
    tom = als(huis.team)
    goal_page(tom, huis, "lijst")
    with django_assert_num_queries(9):
        goal_page(tom, huis, "lijst")
    geef("Tom")
    with django_assert_num_queries(9):
        goal_page(tom, huis, "lijst")
