"""Words about when, in an action: they become its day, or a day that is offered."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from dossiers.velden.domain.saving import revisies, save_veld
from preventieplan.domain.acties import create_planactie

pytestmark = pytest.mark.django_db
MORGEN = "morgen"


@pytest.fixture
def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def actie(dossier, doel, tom) -> Actie:
    return create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)


@pytest.fixture
def goal(dossier, doel) -> str:
    return reverse("doelstelling", args=[dossier.pk, doel.code])


def field(actie: Actie, naam: str) -> str:
    return f"actie-{actie.pk}-{naam}"


def tik(client, url, actie, naam, waarde):
    """Save one field, as the page does while somebody types."""
    veld = field(actie, naam)
    data = {"veld": veld, veld: waarde, f"{veld}_basis": str(actie.revisie(naam))}
    return client.post(url, data, headers={"HX-Request": "true"})


def test_an_action_is_made_with_the_day_that_its_words_name(dossier, tom, tomorrow):
    actie = create_actie(dossier=dossier, wat="Onthaaldag", wanneer=MORGEN, door=tom)

    assert (actie.wanneer, actie.wanneer_op) == (MORGEN, tomorrow)
    # One can see where it came from, and put another one in its place.
    (row,) = revisies(actie, "wanneer_op")
    assert (row.waarde, row.door) == (tomorrow.isoformat(), tom)
    save_veld(record=actie, veld="wanneer_op", waarde=None, basis=1, door=tom)
    assert Actie.objects.get().wanneer_op is None


@pytest.mark.parametrize("wanneer", ["", "voor de volgende instapper", "elke maandag"])
def test_words_that_name_no_day_give_none(dossier, tom, wanneer):
    actie = create_actie(dossier=dossier, wat="Onthaaldag", wanneer=wanneer, door=tom)

    assert (actie.wanneer_op, actie.check_op) == (None, None)


def test_what_is_typed_later_is_understood_beside_it_and_taken_with_a_button(
    als, tom, actie, goal, tomorrow
):
    client = als(tom)
    answer = tik(client, goal, actie, "wanneer", MORGEN).text

    assert f'data-tekst="{tomorrow.isoformat()}"' in answer
    assert "Zet die dag bij ‘Klaar tegen’" in answer
    actie.refresh_from_db()
    assert actie.wanneer_op is None

    client.post(goal, {"neem_over": field(actie, "wanneer_op")})

    actie.refresh_from_db()
    assert actie.wanneer_op == tomorrow
    assert "begrepen" not in tik(client, goal, actie, "wanneer", f"{MORGEN}!").text


def test_what_has_passed_this_schooljaar_is_no_day_of_the_next(
    als, tom, dossier, actie, goal, monkeypatch
):
    today = date(dossier.schooljaar, 11, 30)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: today)
    made = create_actie(dossier=dossier, wat="Ontbijt", wanneer="voor de herfstvakantie", door=tom)
    assert made.wanneer_op is None
    client = als(tom)

    answer = tik(client, goal, actie, "wanneer", "voor de herfstvakantie").text

    assert f"Dat is voorbij in schooljaar {dossier.schooljaar_label}." in answer
    assert "Kies zelf een dag bij ‘Klaar tegen’." in answer
    # There is nothing to take over, and who asks for it all the same gets no day.
    client.post(goal, {"neem_over": field(actie, "wanneer_op")})
    actie.refresh_from_db()
    assert actie.wanneer_op is None
    actie.refresh_from_db()
    later = tik(client, goal, actie, "wanneer", "voor de kerstvakantie").text
    assert "Zet die dag bij ‘Klaar tegen’" in later


def test_words_of_before_are_read_on_the_day_they_were_said(dossier, tom):
    said = date(dossier.schooljaar, 10, 1)

    actie = create_actie(
        dossier=dossier, wat="Ontbijt", wanneer="begin oktober", door=tom, today=said
    )

    assert (actie.wanneer_op.year, actie.wanneer_op.month) == (dossier.schooljaar, 10)


def test_a_rhythm_offers_a_first_day_to_look_back(als, tom, actie, goal):
    client = als(tom)
    answer = tik(client, goal, actie, "wanneer", "elke maandag").text
    assert "Kijk een eerste keer terug op" in answer

    client.post(goal, {"neem_over": field(actie, "check_op")})

    actie.refresh_from_db()
    assert actie.check_op > timezone.localdate()
    assert actie.wanneer_op is None


def test_a_day_that_somebody_chose_stays(als, tom, actie, goal, tomorrow):
    chosen = tomorrow + timedelta(days=9)
    save_veld(record=actie, veld="wanneer_op", waarde=chosen, basis=0, door=tom)
    client = als(tom)

    assert "begrepen" not in tik(client, goal, actie, "wanneer", MORGEN).text
    client.post(goal, {"neem_over": field(actie, "wanneer_op")})

    actie.refresh_from_db()
    assert actie.wanneer_op == chosen
