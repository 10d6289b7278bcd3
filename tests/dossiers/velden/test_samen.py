"""Two users in one field, and the same page without JavaScript: no text is lost."""

import pytest

from preventieplan.models import Antwoord, Inschaling
from tests.pages import whole_form
from tests.preventieplan.conftest import FOCUS, GROEIKANS, SCORE, STAND, TOELICHTING

pytestmark = pytest.mark.django_db


def test_the_second_in_a_field_sees_both_texts_and_keeps_her_own(tik, an, dossier):
    tik(TOELICHTING, "begin")
    tik(TOELICHTING, "van Tom", basis=1)

    response = tik(TOELICHTING, "van An", basis=1, user=an)

    assert response.status_code == 409
    assert "Tom bewaarde hier intussen iets anders" in response.text
    assert "van Tom" in response.text
    # The next save is still based on the old revision, so nothing is overwritten unseen.
    assert whole_form(response.text)[f"{TOELICHTING}_basis"] == "1"
    assert Antwoord.objects.get(dossier=dossier).toelichting == "van Tom"

    choice = {f"{TOELICHTING}_keuze": "mijn", f"{TOELICHTING}_andere": "2"}
    assert tik(TOELICHTING, "van An", basis=1, user=an, **choice).status_code == 200
    assert Antwoord.objects.get(dossier=dossier).toelichting == "van An"


def test_my_own_other_tab_is_not_called_somebody_else(als, tom, tik, url):
    tik(TOELICHTING, "uit het eerste tabblad")
    form = whole_form(als(tom).get(url).text)
    tik(TOELICHTING, "uit het eerste tabblad, verder", basis=1)

    alone = tik(TOELICHTING, "uit het tweede tabblad", basis=1).text
    page = als(tom).post(url, form | {TOELICHTING: "uit het tweede tabblad"}).text

    assert "<strong>Je bewaarde hier zelf intussen iets anders" in alone
    assert "De tekst van daar</button>" in alone
    assert page.count("Je bewaarde hier zelf intussen iets anders") == 2
    for shown in (alone, page.split("<main")[1]):
        assert "Tom bewaarde" not in shown
        assert "van Tom" not in shown


@pytest.mark.parametrize(
    ("keuze", "kept"), [("andere", "van Tom"), ("samen", "van Tom\n\nvan An"), ("mijn", "van An")]
)
def test_a_choice_between_two_texts(tik, an, dossier, keuze, kept):
    tik(TOELICHTING, "van Tom")

    choice = {f"{TOELICHTING}_keuze": keuze, f"{TOELICHTING}_andere": "1"}
    response = tik(TOELICHTING, "van An", user=an, **choice)

    assert response.status_code == 200
    assert response.headers["HX-Retarget"] == f".veld:has(> [data-veld] > #{TOELICHTING})"
    assert kept in response.text
    assert Antwoord.objects.get(dossier=dossier).toelichting == kept


def test_a_choice_between_two_standen_moves_the_counter_too(tik, an):
    tik(STAND, "deels")

    choice = {f"{STAND}_keuze": "mijn", f"{STAND}_andere": "1"}
    response = tik(STAND, "", user=an, **choice)

    assert "<strong>0</strong> van 11 vragen besproken" in response.text


def test_a_choice_made_on_a_stale_page_is_a_conflict_again(tik, an, dossier):
    tik(TOELICHTING, "een")
    tik(TOELICHTING, "twee", basis=1)

    choice = {f"{TOELICHTING}_keuze": "mijn", f"{TOELICHTING}_andere": "1"}

    assert tik(TOELICHTING, "van An", user=an, **choice).status_code == 409
    assert Antwoord.objects.get(dossier=dossier).toelichting == "twee"


def test_an_error_on_a_stale_page_does_not_open_the_way_to_overwrite(tik, an):
    tik(TOELICHTING, "begin")
    tik(TOELICHTING, "van Tom", basis=1)

    response = tik(TOELICHTING, "a\x00b", basis=1, user=an)

    assert whole_form(response.text)[f"{TOELICHTING}_basis"] == "1"


def test_going_back_to_the_old_words_shows_the_newer_ones(tik, an):
    tik(TOELICHTING, "begin")
    tik(TOELICHTING, "van Tom", basis=1)

    response = tik(TOELICHTING, "begin", basis=1, user=an)

    assert response.headers["HX-Retarget"] == f".veld:has(> [data-veld] > #{TOELICHTING})"
    assert "van Tom" in response.text


def test_without_javascript_one_button_saves_the_whole_page(als, tom, url, dossier):
    client = als(tom)
    form = whole_form(client.get(url).text)
    form |= {TOELICHTING: "regel een\r\nregel twee", STAND: "deels", SCORE: "7", FOCUS: "onthaal"}

    response = client.post(url, form, follow=True)

    assert response.redirect_chain == [(url, 302)]
    assert "Alles is bewaard." in response.text
    antwoord = Antwoord.objects.get(dossier=dossier)
    assert (antwoord.stand, antwoord.toelichting) == ("deels", "regel een\nregel twee")
    assert Inschaling.objects.get(dossier=dossier).focus == "onthaal"


def test_without_javascript_a_wrong_field_keeps_the_rest_and_loses_nothing(als, tom, url, dossier):
    client = als(tom)
    form = whole_form(client.get(url).text) | {SCORE: "11", TOELICHTING: "goed", GROEIKANS: "ook"}

    response = client.post(url, form)

    assert response.status_code == 422
    assert "‘11’ kan niet: kies een heel getal van 0 tot 10." in response.text
    assert "Niet alles is bewaard" in response.text
    assert f'<a href="#{SCORE}">' in response.text
    shown = whole_form(response.text)
    assert (shown[TOELICHTING], shown[f"{TOELICHTING}_basis"]) == ("goed", "1")
    assert Antwoord.objects.get(dossier=dossier).groeikans == "ook"


def test_without_javascript_a_stale_page_leaves_the_untouched_fields_alone(
    als, tom, an, tik, url, dossier
):
    tik(TOELICHTING, "begin")
    client = als(an)
    form = whole_form(client.get(url).text)
    tik(TOELICHTING, "Tom schreef verder", basis=1)

    response = client.post(url, form | {GROEIKANS: "van An"}, follow=True)

    assert response.status_code == 200
    antwoord = Antwoord.objects.get(dossier=dossier)
    assert (antwoord.toelichting, antwoord.groeikans) == ("Tom schreef verder", "van An")


def test_without_javascript_a_conflict_shows_both_and_a_button_settles_it(
    als, an, tik, url, dossier
):
    tik(TOELICHTING, "begin")
    client = als(an)
    form = whole_form(client.get(url).text)
    tik(TOELICHTING, "van Tom", basis=1)

    response = client.post(url, form | {TOELICHTING: "van An"})

    assert response.status_code == 409
    assert "Tom bewaarde hier intussen iets anders" in response.text
    again = whole_form(response.text)
    assert again[TOELICHTING] == "van An"
    client.post(url, again | {f"{TOELICHTING}_keuze": "samen"})
    assert Antwoord.objects.get(dossier=dossier).toelichting == "van Tom\n\nvan An"
