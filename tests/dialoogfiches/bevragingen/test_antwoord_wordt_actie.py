"""What a school turns the answers of teachers into: actions in its own words."""

from threading import Event

import pytest
from django.db import transaction
from django.urls import reverse

from dialoogfiches.bevragingen.domain.inzendingen import make_actie
from dialoogfiches.bevragingen.models import Openantwoord
from dossiers.acties.models import Actie
from dossiers.anoniem.domain.bevragingen import close_bevraging
from dossiers.domain import still_open
from dossiers.velden.domain.striking import strike
from tests.concurrency import WAIT, at_once
from tests.dialoogfiches.bevragingen.bevraging import answer, at_answer, settled
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


def place_of(antwoord, html: str) -> str:
    return html.split(f'id="plaats-antwoord-{antwoord.pk}"')[1].split("</li>", maxsplit=1)[0]


def test_without_javascript_an_answer_becomes_an_action_in_the_words_of_the_team(
    als, tom, bevraging, url
):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    naam = f"antwoord-{antwoord.pk}"
    client = als(tom)

    opened = client.post(url, whole_form(client.get(url).text) | {"open_actie": naam})

    assert opened.url == f"{url}?actie={naam}#nieuw-{naam}-wat"
    page = client.get(opened.url).text
    place = place_of(antwoord, page)
    assert '<p class="actie-citaat">Tekst 3</p>' in place
    assert "Wie dit schreef, deed dat zonder naam." in place
    assert whole_form(page)[f"nieuw-{naam}-wat"] == ""
    assert '<option value="Tom">' in page

    sent = whole_form(page) | at_answer(antwoord, "Elke week een kringgesprek", wie="Tom")
    first, second = (client.post(url, sent) for _ in range(2))

    actie = Actie.objects.get()
    assert first.url == second.url == f"{url}#antwoord-{antwoord.pk}"
    assert (actie.wat, actie.wie) == ("Elke week een kringgesprek", "Tom")
    assert actie.dossier == bevraging.dossier
    assert actie.openantwoord == antwoord
    page = client.get(url).text
    assert "De actie staat bij jullie acties." in page
    overview = reverse("overzicht", args=[bevraging.dossier_id])
    assert f'href="{overview}#actie-{actie.pk}"' in place_of(antwoord, page)
    assert "open_actie" not in place_of(antwoord, page)


@pytest.mark.parametrize("wat", ["Tekst 3", "  tékst 3.", "TEKST\n–3"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_the_words_of_a_colleague_are_not_yet_an_action(als, tom, bevraging, url, wat, headers):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")

    response = als(tom).post(url, at_answer(antwoord, wat, wie="Tom"), headers=headers)

    assert response.status_code == 422
    place = place_of(antwoord, response.text)
    assert "Zeg in jullie eigen woorden wat jullie gaan doen." in place
    assert whole_form(place)[f"nieuw-antwoord-{antwoord.pk}-wie"] == "Tom"
    assert not Actie.objects.exists()


def test_what_htmx_puts_in_the_place_of_an_answer_is_what_a_reload_shows(als, tom, bevraging, url):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    sent = at_answer(antwoord, "Elke week een kringgesprek")
    sent[f"nieuw-antwoord-{antwoord.pk}-sleutel"] = "0" * 32
    client = als(tom)

    first, second = (client.post(url, sent, headers={"HX-Request": "true"}) for _ in range(2))

    page = " ".join(client.get(url).text.split())
    for response in (first, second):
        assert response.headers["HX-Retarget"] == f"#plaats-antwoord-{antwoord.pk}"
        assert " ".join(response.text.split()) in page
    assert Actie.objects.count() == 1


def test_two_people_who_make_an_action_of_one_answer_both_keep_their_words(
    als, tom, an, bevraging, url
):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    seen = []
    for user, wat in ((tom, "Van Tom"), (an, "Van An")):
        sent = at_answer(antwoord, wat)
        seen.append(als(user).post(url, sent, headers={"HX-Request": "true"}).text)

    # An answer shows one; An sees hers too where she made it.
    assert [wat in seen[1] for wat in ("Van Tom", "Van An")] == [True, True]
    assert sorted(actie.wat for actie in Actie.objects.all()) == ["Van An", "Van Tom"]
    assert Actie.objects.get(wat="Van Tom").openantwoord == antwoord


def test_another_action_can_grow_where_the_first_was_struck(als, tom, bevraging, url):
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.get(tekst="Tekst 3")
    als(tom).post(url, at_answer(antwoord, "Kringgesprek"))
    strike(record=Actie.objects.get(), door=tom)
    assert "open_actie" in place_of(antwoord, als(tom).get(url).text)

    als(tom).post(url, at_answer(antwoord, "Een buddy"))

    assert Actie.objects.get(geschrapt_op=None).openantwoord == antwoord
    assert "Een buddy" in place_of(antwoord, als(tom).get(url).text)


def test_what_was_typed_at_one_answer_is_made_when_another_is_opened(als, tom, bevraging, url):
    settled(bevraging, tom)
    one, other = bevraging.openantwoorden.all()[:2]
    sent = at_answer(one, "Kringgesprek") | {"open_actie": f"antwoord-{other.pk}"}
    sent.pop("nieuwe_actie")

    response = als(tom).post(url, sent)

    assert f"?actie=antwoord-{other.pk}#" in response.url
    assert Actie.objects.get().openantwoord == one


def test_who_comes_to_wie_gets_the_names_of_the_team(als, tom, bevraging, url):
    settled(bevraging, tom)

    names = als(tom).get(url, {"team": "1"}, headers={"HX-Request": "true"}).text

    assert '<option value="Tom">' in names
    assert "Tekst 3" not in names


@pytest.mark.django_db(transaction=True)
def test_who_makes_an_action_never_waits_in_a_circle(bevraging, tom):
    """Locks in the same order as every save: first the dossier, then its contents."""
    settled(bevraging, tom)
    antwoord = bevraging.openantwoorden.first()
    inside, waits = Event(), Event()

    def other():
        with transaction.atomic():
            assert still_open(bevraging.dossier_id).exists()
            inside.set()
            waits.wait(WAIT)
            return Openantwoord.objects.select_for_update(no_key=True).get(pk=antwoord.pk)

    def make():
        inside.wait(10)
        return make_actie(
            antwoord=antwoord, dossier=bevraging.dossier, wat="Kringgesprek", door=tom
        )

    held, actie = at_once(other, make)

    assert held == antwoord
    assert actie == Actie.objects.get()


@pytest.mark.parametrize("hidden", ["running", "head", "small branch", "rubbish"])
def test_only_what_is_shown_becomes_an_action(als, tom, bevraging, url, hidden):
    for _ in range(5):
        answer(bevraging, "ja", ja1="Zichtbaar", h1="Latijn")
    answer(bevraging, "nee", nee1="Verborgen")
    if hidden != "running":
        close_bevraging(bevraging=bevraging, door=tom)
    tekst = {"running": "Zichtbaar", "head": "Latijn", "small branch": "Verborgen"}.get(hidden)
    antwoord = Openantwoord.objects.filter(tekst=tekst).first()

    naam = f"antwoord-{antwoord.pk if antwoord else 'rommel'}"
    sent = {f"nieuw-{naam}-wat": "Bellen"}

    for button in ("nieuwe_actie", "open_actie"):
        assert als(tom).post(url, sent | {button: naam}).status_code == 404
    als(tom).post(url, sent | {"acties": ""})
    assert not Actie.objects.exists()
