"""Actions on the goal page: made at their question, never lost or doubled, struck and put back."""

import re

import pytest
from django.urls import reverse

from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie
from preventieplan.models import Inschaling, Planactie
from tests.pages import whole_form
from tests.preventieplan.conftest import FOCUS, GROEIKANS, SCORE

pytestmark = pytest.mark.django_db


def at(veld, **typed) -> dict[str, str]:
    """What the form of an action at a field sends; `wat` begins empty, whatever the field holds."""
    return {f"nieuw-{veld}-{part}": text for part, text in typed.items()} | {"nieuwe_actie": veld}


def test_without_javascript_an_action_is_made_at_its_question(als, tom, url, dossier):
    client = als(tom)
    form = whole_form(client.get(f"{url}?weergave=lijst").text) | {"stop": "f0-1-v01"}
    opened = client.post(url, form | {GROEIKANS: "geen peter", "open_actie": GROEIKANS})
    assert opened.url == (
        f"{url}?weergave=lijst&stop=f0-1-v01&actie={GROEIKANS}#nieuw-{GROEIKANS}-wat"
    )
    page = client.get(opened.url).text
    assert '<p class="actie-citaat">geen peter</p>' in page
    assert whole_form(page)[f"nieuw-{GROEIKANS}-wat"] == ""
    assert '<option value="Tom">' in page

    form = whole_form(page) | at(GROEIKANS, wat="peters zoeken", wie="Tom")
    response = client.post(url, form | {"stop": "f0-1-v01"})

    actie = Actie.objects.get(dossier=dossier)
    assert response.url == f"{url}?weergave=lijst&stop=f0-1-v01#actie-{actie.pk}"
    assert (actie.wat, actie.wie) == ("peters zoeken", "Tom")
    assert actie.planactie.antwoord.vraag.code == "f0-1-v01"


def test_an_action_shows_as_a_quiet_line_where_it_was_made(als, tom, url, tik):
    tik(GROEIKANS, "geen peter")
    button = re.compile(rf'name="open_actie"\s+value="{GROEIKANS}"')
    assert button.search(als(tom).get(url).text)

    als(tom).post(url, at(GROEIKANS, wat="peters zoeken", wie="Tom", wanneer="na Pasen"))

    html = als(tom).get(url).text
    assert not button.search(html)
    line = html[html.index(f'id="plaats-{GROEIKANS}"') :]
    line = _flat(re.sub(r"<[^>]+>", "", line[line.index(">") + 1 : line.index("</p>")]))
    assert line == "→ peters zoeken · Tom, na Pasen"


def test_what_grew_from_the_focus_or_from_nothing_stands_under_no_question(als, tom, url, tik):
    """Also not under those that have no answer yet."""
    tik(FOCUS, "een warm onthaal")
    als(tom).post(url, at(FOCUS, wat="peters zoeken"))
    als(tom).post(url, at("f0-1", wat="een belscript maken"))

    html = als(tom).get(url).text

    assert Actie.objects.count() == 2
    assert html.count('class="actie-stil"') == 1
    assert html.index('class="actie-stil"') > html.index(f'id="plaats-{FOCUS}"')


def test_what_htmx_puts_in_the_place_of_a_new_action_is_what_a_reload_shows(
    als, tom, url, tik, dossier
):
    tik(GROEIKANS, "geen peter")
    client = als(tom)
    sent = at(GROEIKANS, wat="peters zoeken") | {f"nieuw-{GROEIKANS}-sleutel": "0" * 32}

    first = client.post(url, sent, headers={"HX-Request": "true"})
    second = client.post(url, sent, headers={"HX-Request": "true"})

    actie = Actie.objects.get(dossier=dossier)
    assert first.headers["HX-Retarget"] == f"#plaats-{GROEIKANS}"
    page = _flat(client.get(url).text)
    for response in (first, second):
        place, _, listed = response.text.partition('<div hx-swap-oob="beforeend:#acties-lijst">')
        assert _flat(place) in page
        assert f'id="actie-{actie.pk}"' in listed
        assert _flat(listed)[:200] in page
    assert Planactie.objects.get().antwoord.vraag.code == "f0-1-v01"


def test_an_action_without_what_is_asked_for_it_in_its_place(als, tom, url, tik):
    tik(GROEIKANS, "geen peter")

    sent = at(GROEIKANS, wat=" ", wie="Sofie")
    response = als(tom).post(url, sent, headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == f"#plaats-{GROEIKANS}"
    assert "Zeg eerst wat jullie gaan doen." in response.text
    assert whole_form(response.text)[f"nieuw-{GROEIKANS}-wie"] == "Sofie"
    assert "geen peter" in response.text
    assert not Actie.objects.exists()


@pytest.mark.parametrize("naam", ["rommel", "antwoord-f0-2-v01-groeikans", "f0-2"])
def test_an_action_has_no_place_on_the_page_of_another_goal(als, tom, url, naam):
    sent = at(naam, wat="x")

    assert als(tom).post(url, sent, headers={"HX-Request": "true"}).status_code == 404
    als(tom).post(url, sent)
    assert not Actie.objects.exists()


def test_two_people_who_make_an_action_of_one_groeikans_both_keep_their_words(
    als, tom, an, url, tik
):
    tik(GROEIKANS, "geen peter")
    ours = {f"nieuw-{GROEIKANS}-sleutel": "1" * 32}
    theirs = {f"nieuw-{GROEIKANS}-sleutel": "2" * 32}

    als(tom).post(url, at(GROEIKANS, wat="van Tom") | ours, headers={"HX-Request": "true"})
    als(an).post(url, at(GROEIKANS, wat="van An") | theirs, headers={"HX-Request": "true"})

    acties = {plan.actie.wat: plan.antwoord for plan in Planactie.objects.all()}
    assert set(acties) == {"van Tom", "van An"}
    # A groeikans gives one action; the other is one of the goal.
    assert acties["van Tom"] is not None
    assert acties["van An"] is None


def test_an_action_of_a_groeikans_that_is_still_under_way_is_made_all_the_same(als, tom, url):
    als(tom).post(url, at(GROEIKANS, wat="peters zoeken"), headers={"HX-Request": "true"})

    assert Actie.objects.get().planactie.doelstelling.code == "f0-1"


def test_the_focus_becomes_an_action(als, tom, url, tik, dossier):
    tik(FOCUS, "warm onthaal")
    als(tom).post(url, at(FOCUS, wat="een onthaaldag"))

    assert Planactie.objects.get().inschaling.focus == "warm onthaal"
    assert Actie.objects.get().wat == "een onthaaldag"


def test_a_new_action_with_who_and_when(als, tom, url, dossier):
    data = {
        "nieuw-f0-1-wat": "Kringgesprek elke maandag",
        "nieuw-f0-1-wie": "klastitularissen",
        "nieuw-f0-1-wanneer": "na de herfstvakantie",
        "nieuwe_actie": "f0-1",
    }

    als(tom).post(url, data)

    actie = Actie.objects.get(dossier=dossier)
    assert (actie.wat, actie.wie) == ("Kringgesprek elke maandag", "klastitularissen")
    assert actie.wanneer == "na de herfstvakantie"
    assert actie.planactie.doelstelling.code == "f0-1"


def test_a_new_action_typed_but_saved_with_another_button_is_not_lost(als, tom, url):
    als(tom).post(url, {"nieuw-f0-1-wat": "half getypt", SCORE: "3", f"{SCORE}_basis": "0"})

    assert Actie.objects.get().wat == "half getypt"
    assert Inschaling.objects.get().score == 3


def test_a_new_action_without_what_is_asked_for_it_and_keeps_who(als, tom, url):
    response = als(tom).post(url, {"nieuw-f0-1-wie": "Sofie", "nieuwe_actie": "f0-1"})

    assert response.status_code == 422
    assert "Zeg eerst wat jullie gaan doen." in response.text
    assert "Sofie" in response.text


def test_a_new_action_waits_until_the_whole_page_is_right_and_is_made_once(als, tom, url):
    client = als(tom)
    typed = {"nieuw-f0-1-wat": "een keer", SCORE: "11", "nieuwe_actie": "f0-1"}

    response = client.post(url, typed)

    assert response.status_code == 422
    assert not Actie.objects.exists()
    again = whole_form(response.text)
    assert again["nieuw-f0-1-wat"] == "een keer"
    client.post(url, again | {SCORE: "7", "nieuwe_actie": "f0-1"})
    assert [actie.wat for actie in Actie.objects.all()] == ["een keer"]


def new_form(client, url, **typed) -> dict[str, str]:
    """What the page submits with a new action typed in it and its button pressed."""
    fields = {f"nieuw-f0-1-{part}": text for part, text in typed.items()}
    return whole_form(client.get(url).text) | fields | {"nieuwe_actie": "f0-1"}


@pytest.mark.parametrize("page", ["doelstelling", "overzicht"])
def test_a_new_action_that_arrives_twice_is_one_action(als, tom, url, dossier, page):
    client = als(tom)
    here = url if page == "doelstelling" else reverse(page, args=[dossier.pk])
    form = new_form(client, here, wat="Kringgesprek", wie="Sofie")

    anchors = {client.post(here, form).url for _ in range(2)}

    assert anchors == {f"{here}#actie-{Actie.objects.get().pk}"}
    assert Planactie.objects.count() == 1


def test_back_and_send_again_is_one_action_also_when_a_colleague_went_on_with_it(
    als, tom, an, url, tik
):
    client = als(tom)
    form = new_form(client, url, wat="Kringgesprek")
    client.post(url, form)
    actie = Actie.objects.get()
    tik(f"actie-{actie.pk}-wat", "Elke maandag een kringgesprek", basis=1)
    als(an).post(url, {"schrap": str(actie.pk)})

    client.post(url, form)

    actie.refresh_from_db()
    assert actie == Actie.objects.get()
    assert actie.wat == "Elke maandag een kringgesprek"
    assert actie.geschrapt_op is None


def test_another_action_typed_over_the_first_after_back_is_not_lost(als, tom, url):
    client = als(tom)
    form = new_form(client, url, wat="Kringgesprek")
    for words in ("Kringgesprek", "Onthaaldag", "Onthaaldag"):
        client.post(url, form | {"nieuw-f0-1-wat": words})

    assert [actie.wat for actie in Actie.objects.all()] == ["Kringgesprek", "Onthaaldag"]


def test_the_same_words_in_a_page_that_is_drawn_anew_are_a_second_action(als, tom, url):
    client = als(tom)
    for _ in range(2):
        client.post(url, new_form(client, url, wat="Oudercontact"))

    assert [actie.wat for actie in Actie.objects.all()] == ["Oudercontact"] * 2


def test_a_page_that_came_back_keeps_the_key_of_its_new_action(als, tom, url):
    client = als(tom)
    sent = new_form(client, url, wat=" ", wie="Sofie")

    back = whole_form(client.post(url, sent).text)

    assert back["nieuw-f0-1-wie"] == "Sofie"
    assert back["nieuw-f0-1-sleutel"] == sent["nieuw-f0-1-sleutel"]


@pytest.mark.parametrize("forged", ["", "rommel", "a\0b", "van een ander"])
def test_a_forged_key_reaches_no_other_action(als, tom, url, ander_huis, forged):
    theirs = create_actie(dossier=ander_huis.dossier, wat="van hen", door=ander_huis.team)
    client = als(tom)
    form = new_form(client, url, wat="van hen")
    forged = str(theirs.pk) if forged == "van een ander" else forged

    client.post(url, form | {"nieuw-f0-1-sleutel": forged})

    ours = Actie.objects.exclude(pk=theirs.pk).get()
    assert (ours.wat, ours.planactie.doelstelling.code) == ("van hen", "f0-1")
    theirs.refresh_from_db()
    assert theirs.dossier == ander_huis.dossier
    assert not Planactie.objects.filter(actie=theirs).exists()


def test_a_half_typed_action_is_not_lost_under_another_button(als, tom, url, tik):
    tik(GROEIKANS, "peter en meter")

    response = als(tom).post(url, {"nieuw-f0-1-wie": "Sofie", "open_actie": GROEIKANS})

    assert response.status_code == 422
    assert whole_form(response.text)["nieuw-f0-1-wie"] == "Sofie"
    assert not Actie.objects.exists()


def test_a_struck_action_leaves_the_page_and_comes_back_whole(als, tom, url, dossier):
    client = als(tom)
    client.post(url, {"nieuw-f0-1-wat": "weg ermee", "nieuwe_actie": "f0-1"})
    actie = Actie.objects.get()

    client.post(url, {"schrap": str(actie.pk)})
    assert "weg ermee" not in client.get(url).text

    overzicht = reverse("overzicht", args=[dossier.pk])
    assert "Geschrapte acties (1)" in client.get(overzicht).text
    client.post(overzicht, {"zet_terug": str(actie.pk)})
    assert "weg ermee" in client.get(url).text


@pytest.mark.parametrize("button", ["schrap", "zet_terug"])
@pytest.mark.parametrize("pk", ["rommel", "00000000-0000-4000-8000-000000000000"])
def test_a_button_for_an_action_that_is_not_here_is_not_found(als, tom, url, button, pk):
    assert als(tom).post(url, {button: pk}).status_code == 404


def _flat(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()
