"""A new action is made in its place in the overview."""

import pytest

from dossiers.acties.models import Actie
from preventieplan.domain.acties import create_planactie
from tests.pages import whole_form
from tests.preventieplan.overzicht.rijen import flat

pytestmark = pytest.mark.django_db


def test_without_javascript_an_action_is_made_at_its_goal(als, tom, url, dossier):
    client = als(tom)
    typed = {"nieuw-f0-2-wat": "Lijst op één plaats", "nieuw-f0-2-wie": "Els"}

    response = client.post(url, whole_form(client.get(url).text) | typed)

    actie = Actie.objects.get()
    assert response.url == f"{url}#actie-{actie.pk}"
    assert (actie.wat, actie.wie) == ("Lijst op één plaats", "Els")
    assert actie.planactie.doelstelling.code == "f0-2"


@pytest.mark.parametrize("query", ["", "?toon=van-mij", "?fase=0"])
def test_what_htmx_puts_in_the_overview_is_what_a_reload_shows(als, tom, url, query):
    client = als(tom)
    sent = {
        "nieuw-f0-1-wat": "Onthaaldag",
        "nieuw-f0-1-wie": "Tom",
        "nieuw-f0-1-sleutel": "0" * 32,
        "nieuwe_actie": "f0-1",
    }

    first, second = (
        client.post(url + query, sent, headers={"HX-Request": "true"}) for _ in range(2)
    )

    actie = Actie.objects.get()
    page = flat(client.get(url + query).text)
    for response in (first, second):
        assert response.headers["HX-Retarget"] == "#plaats-f0-1"
        assert 'hx-swap-oob="beforebegin:#voet-f0-1"' in response.text
        made = flat(response.text.split("<tbody")[1].split(">", 1)[1].split("</tbody>")[0])
        assert f'id="actie-{actie.pk}"' in made
        assert made in page


def test_an_action_without_what_is_asked_for_it_in_its_place(als, tom, url):
    sent = {"nieuw-f0-1-wie": "Sofie", "nieuwe_actie": "f0-1"}

    response = als(tom).post(url, sent, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in response.text
    assert whole_form(response.text)["nieuw-f0-1-wie"] == "Sofie"
    assert not Actie.objects.exists()


@pytest.mark.parametrize("naam", ["rommel", "f9-1", "antwoord-f0-1-v01-groeikans"])
def test_an_action_has_no_place_at_a_goal_that_is_not_there(als, tom, url, naam):
    sent = {f"nieuw-{naam}-wat": "x", "nieuwe_actie": naam}

    assert als(tom).post(url, sent, headers={"HX-Request": "true"}).status_code == 404
    assert not Actie.objects.exists()


def test_who_comes_to_wie_gets_the_names_of_the_team(als, huis, url):
    headers = {"HX-Request": "true"}

    assert '<option value="Tom">' in als(huis.team).get(url, {"team": "1"}, headers=headers).text
    assert "<option" not in als(huis.lezer).get(url, {"team": "1"}, headers=headers).text


def test_how_to_change_an_action_is_told_where_there_is_one(als, tom, url, dossier, doel):
    assert "Klik op een actie" not in als(tom).get(url).text

    create_planactie(dossier=dossier, doelstelling=doel, wat="Onthaaldag", door=tom)

    assert "Klik op een actie" in als(tom).get(url).text
    assert "Klik op een actie" not in als(tom).get(url, {"fase": "2"}).text
