"""The overview per phase: Schaal, Wat, Wie, Wanneer, Check, where every cell saves itself."""

from datetime import date

import pytest

from dossiers.acties.domain.acties import is_overdue
from dossiers.acties.models import Actie
from dossiers.velden.domain.striking import strike
from preventieplan.domain.acties import create_planactie
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


def test_all_four_phases_stand_there_with_their_goals(als, tom, url, dossier):
    html = als(tom).get(url).text

    for fase in ("Brede basiszorg", "Verhoogde zorg", "Uitbreiding van zorg", "curriculum"):
        assert fase in html
    assert html.count('class="overzicht-doel"') == dossier.planversie.doelstellingen.count()


@pytest.mark.parametrize(
    ("veld", "waarde", "kept"),
    [
        ("wat", "Onthaaldag voor zij-instromers", "Onthaaldag voor zij-instromers"),
        ("wie", "leerlingenbegeleiding", "leerlingenbegeleiding"),
        ("wanneer", "voor de paasvakantie", "voor de paasvakantie"),
        ("wanneer_op", "2027-03-26", date(2027, 3, 26)),
        ("wanneer_op", "26/03/2027", date(2027, 3, 26)),
        ("stand", "bezig", "bezig"),
        ("check_op", "2027-04-30", date(2027, 4, 30)),
    ],
)
def test_every_cell_saves_itself(als, tom, url, actie, veld, waarde, kept):
    naam = f"actie-{actie.pk}-{veld}"
    basis = str(actie.revisie(veld))

    response = als(tom).post(
        url,
        {"veld": naam, naam: waarde, f"{naam}_basis": basis},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 200
    actie.refresh_from_db()
    assert getattr(actie, veld) == kept


@pytest.mark.parametrize(
    ("veld", "waarde", "melding"),
    [
        ("wat", "  ", "Zeg wat je plant."),
        ("wanneer_op", "morgen", "Geef een datum zoals 15/01/2027."),
        ("wanneer_op", "31/02/2027", "Geef een datum zoals 15/01/2027."),
        ("stand", "weggooien", "bestaat niet"),
        ("stand", "", "Dit veld is verplicht"),
    ],
)
def test_a_wrong_cell_says_what_to_do(als, tom, url, actie, veld, waarde, melding):
    naam = f"actie-{actie.pk}-{veld}"

    response = als(tom).post(url, {"veld": naam, naam: waarde}, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert melding in response.text


def test_an_action_asks_for_attention_when_its_date_is_past_and_it_is_not_done():
    today = date(2026, 11, 23)
    yesterday = date(2026, 11, 22)
    tomorrow = date(2026, 11, 24)

    assert is_overdue(Actie(wat="x", wanneer_op=yesterday), today=today)
    assert not is_overdue(Actie(wat="x", wanneer_op=today), today=today)
    assert not is_overdue(Actie(wat="x", wanneer_op=yesterday, stand="klaar"), today=today)
    assert not is_overdue(Actie(wat="x", wanneer="ooit"), today=today)
    assert is_overdue(Actie(wat="x", stand="klaar", check_op=yesterday), today=today)
    assert not is_overdue(Actie(wat="x", stand="klaar", check_op=tomorrow), today=today)
    assert not is_overdue(
        Actie(wat="x", stand="klaar", check_op=yesterday, besluit="borgen"), today=today
    )
    assert not is_overdue(Actie(wat="x", wanneer_op=yesterday, besluit="stoppen"), today=today)


def test_the_overview_takes_as_many_queries_for_one_action_as_for_forty(
    als, tom, url, dossier, doel, actie, django_assert_num_queries
):
    client = als(tom)
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)
    for nummer in range(39):
        create_planactie(dossier=dossier, doelstelling=doel, wat=f"actie {nummer}", door=tom)
    with django_assert_num_queries(10):
        client.get(url)
    row = f"{url}?rij={actie.pk}&open={actie.pk}"
    client.get(row, headers={"HX-Request": "true"})
    # Who it is takes two, the dossier one, the action one, how it went two, its remarks one.
    with django_assert_num_queries(7):
        client.get(row, headers={"HX-Request": "true"})


def test_without_javascript_a_hundred_actions_still_save(als, tom, url, dossier, doel):
    for nummer in range(100):
        create_planactie(dossier=dossier, doelstelling=doel, wat=f"actie {nummer}", door=tom)
    client = als(tom)
    last = Actie.objects.get(wat="actie 99")
    form = whole_form(client.get(f"{url}?open={last.pk}").text)

    response = client.post(url, form | {f"actie-{last.pk}-wie": "Tom"}, follow=True)

    assert "Alles is bewaard." in response.text
    last.refresh_from_db()
    assert last.wie == "Tom"


def test_one_wrong_new_action_keeps_the_good_one_for_the_next_try(als, tom, url):
    typed = {"nieuw-f0-1-wat": "goed", "nieuw-f0-2-wie": "Sofie"}

    response = als(tom).post(url, typed)

    assert response.status_code == 422
    assert not Actie.objects.exists()
    again = whole_form(response.text)
    als(tom).post(url, again | {"nieuw-f0-2-wat": "ook goed"})
    assert sorted(actie.wat for actie in Actie.objects.all()) == ["goed", "ook goed"]


def test_more_than_a_page_can_hold_gets_a_dutch_page(als, tom, url):
    response = als(tom).post(url, {f"veld-{nummer}": "x" for nummer in range(10_001)})

    assert response.status_code == 400
    assert "Dit konden we niet bewaren" in response.text


def test_words_in_an_action_that_was_struck_meanwhile_are_kept_with_it(als, tom, an, url, actie):
    client = als(tom)
    form = whole_form(client.get(f"{url}?open={actie.pk}").text)
    strike(record=actie, door=an)

    response = client.post(url, form | {f"actie-{actie.pk}-wie": "Sofie"}, follow=True)

    assert "Iemand schrapte intussen een actie" in response.text
    actie.refresh_from_db()
    assert actie.wie == "Sofie"
    assert actie.geschrapt_op is not None
