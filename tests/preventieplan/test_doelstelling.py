"""The goal page, as Tom of the schoolteam experiences it."""

import re

import pytest
from django.urls import reverse

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.materialen.kept import KeptPerProcess
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling, Inschaling
from tests.pages import whole_form
from tests.preventieplan.conftest import FOCUS, SCORE, STAND, TOELICHTING

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_source_word_for_word(als, tom, url):
    html = als(tom).get(url).content.decode()

    assert "De school zet zich in om een verbindend schoolklimaat te realiseren" in html
    assert "Schoolbinding verwijst naar de kwaliteit van de relatie" in html
    assert "Heeft de school een pestbeleid en onderneemt ze actie bij eerste signalen?" in html
    assert "Schaal je school in voor deze doelstelling" in html
    assert "Waar wil je op inzetten om je score te verhogen?" in html
    assert html.count('class="vraag"') == 11


def test_a_field_saves_itself_and_says_so(tik, dossier):
    response = tik(TOELICHTING, "Elke maandag een kring.")

    assert response.status_code == 200
    assert "Bewaard" in response.text
    assert whole_form(response.text)[f"{TOELICHTING}_basis"] == "1"
    assert Antwoord.objects.get(dossier=dossier).toelichting == "Elke maandag een kring."


def test_a_stand_moves_the_counter_honestly(tik, url, als, tom):
    assert "<strong>1</strong> van 11 vragen besproken" in tik(STAND, "nvt").text
    # A text without a stand does not count as discussed.
    tik("antwoord-f0-1-v02-toelichting", "nog over te praten")
    assert "<strong>1</strong> van 11" in als(tom).get(url).text
    assert "<strong>0</strong> van 11" in tik(STAND, "", basis=1).text


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_what_a_goal_is_about_stays_folded_until_somebody_asks(als, tom, url, view):
    html = als(tom).get(f"{url}?weergave={view}").text

    assert '<details class="inleiding">' in html
    assert "<h1>Verbindend schoolklimaat</h1>" in html


@pytest.mark.parametrize("score", ["11", "-1", "5.5", "abc", "7 ", "٧", "1e1"])
def test_a_score_that_cannot_be_is_refused_beside_the_field(tik, score):
    response = tik(SCORE, score)

    assert response.status_code == 422
    assert "kies een heel getal van 0 tot 10" in response.text
    assert not Inschaling.objects.exists()


@pytest.mark.parametrize("score", range(11))
def test_every_whole_score_from_nought_to_ten_is_kept(tik, score):
    assert tik(SCORE, str(score)).status_code == 200
    assert Inschaling.objects.get().score == score


def test_a_score_can_be_taken_back(tik):
    tik(SCORE, "6")
    tik(SCORE, "", basis=1)

    assert Inschaling.objects.get().score is None


def test_a_text_of_200_000_characters_is_refused_and_stays_on_the_page(als, tom, url):
    tekst = "x" * 200_000

    response = als(tom).post(url, {TOELICHTING: tekst, f"{TOELICHTING}_basis": "0"})

    assert response.status_code == 422
    assert "er passen er 20000 in dit veld" in response.text
    assert tekst in response.text


def test_an_invisible_character_is_refused_with_what_to_do(tik):
    response = tik(TOELICHTING, "a\x00b")

    assert response.status_code == 422
    assert "onzichtbaar teken" in response.text


@pytest.mark.parametrize(
    "veld",
    [
        "antwoord-f9-9-v99-toelichting",
        "antwoord-f0-1-v01-pk",
        "inschaling-f0-1-dossier",
        "actie-geen-uuid-wat",
        "actie-00000000-0000-4000-8000-000000000000-wat",
        "dossier-f0-1-schooljaar",
        "",
        "-",
        "antwoord",
        "antwoord-a\0b-stand",
        "inschaling-a\0b-score",
        "antwoord-f0-1-v01-toelichting ",
    ],
)
def test_an_unknown_field_is_not_found(tik, veld):
    assert tik(veld, "x").status_code == 404


def test_an_action_of_another_school_is_not_found(tik, ander_huis):
    theirs = Actie.objects.create(dossier=ander_huis.dossier, wat="van hen", wat_revisie=1)

    assert tik(f"actie-{theirs.pk}-wat", "van ons", basis=1).status_code == 404
    theirs.refresh_from_db()
    assert theirs.wat == "van hen"


def test_an_unknown_goal_is_not_found(als, tom, dossier):
    assert als(tom).get(reverse("doelstelling", args=[dossier.pk, "f9-9"])).status_code == 404


@pytest.mark.parametrize("weergave", ["bespreken", "lijst"])
def test_a_goal_says_once_that_the_plg_has_yet_to_confirm_it(als, tom, dossier, url, weergave):
    def page() -> str:
        KeptPerProcess.forget_all()
        return als(tom).get(url, {"weergave": weergave}).text

    assert page().count("Deze tekst moet de PLG nog bevestigen.") == 1
    assert ">voorstel<" not in page()

    Doelstelling.objects.update(herkomst="bron", inleiding_herkomst="bron")
    Checklistvraag.objects.update(herkomst="bron")
    Checklistvraag.objects.exclude(uitleg="").update(uitleg_herkomst="bron")

    assert "bevestigen" not in page()


def test_who_only_reads_sees_texts_and_no_fields(als, huis, tik, url):
    tik(TOELICHTING, "Elke maandag <b>een</b> kring.\nEn op vrijdag.")

    texts = {
        "lijst": "Elke maandag &lt;b&gt;een&lt;/b&gt; kring.\nEn op vrijdag.</p>",
        "bespreken": "Elke maandag &lt;b&gt;een&lt;/b&gt; kring.<br>En op vrijdag.",
    }
    for view, text in texts.items():
        html = als(huis.lezer).get(f"{url}?weergave={view}").text
        assert text in html
        assert "<textarea" not in html
        assert "Bewaar" not in html
        assert "Wat gaan jullie doen?" not in html


def test_a_closed_dossier_is_read_only_with_a_clear_page(als, tom, an, url, dossier, tik):
    close_dossier(dossier=dossier, door=an)

    assert "Dit dossier is afgesloten" in als(tom).get(url).text
    assert "<textarea" not in als(tom).get(url).text
    refused = als(tom).post(url, {TOELICHTING: "toch nog", f"{TOELICHTING}_basis": "0"})
    assert refused.status_code == 403
    assert "Dit dossier is afgesloten" in refused.text
    assert "Dit dossier is afgesloten" in tik(TOELICHTING, "toch nog").text
    assert not Antwoord.objects.exists()


def test_neighbours_lead_through_all_goals(als, tom, dossier):
    client, seen, code = als(tom), [], "f0-1"
    while code:
        seen.append(code)
        page = client.get(reverse("doelstelling", args=[dossier.pk, code])).context["page"]
        code = page.volgende.code if page.volgende else None

    assert seen[0] == "f0-1"
    assert len(seen) == dossier.planversie.doelstellingen.count()
    assert seen[-1].startswith("f3-")


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_the_goal_page_takes_nine_queries(
    als, tom, url, dossier, tik, django_assert_num_queries, view
):
    client, url = als(tom), f"{url}?weergave={view}"
    # The goals and questions are cached per process.
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
    tik(SCORE, "7")
    tik(TOELICHTING, "x")
    client.post(url, {"nieuw-f0-1-wat": "actie", "nieuwe_actie": "f0-1"})
    client.get(url)
    # One of them looks for what was said in talks, while the focus is empty.
    with django_assert_num_queries(9):
        client.get(url)


def test_a_save_takes_eight_queries(als, tom, url, tik, django_assert_num_queries):
    client = als(tom)
    tik(TOELICHTING, "eerst")
    data = {"veld": TOELICHTING, TOELICHTING: "dan", f"{TOELICHTING}_basis": "1"}
    with django_assert_num_queries(8):
        client.post(url, data, headers={"HX-Request": "true"})
    first = {"veld": SCORE, SCORE: "4", f"{SCORE}_basis": "0"}
    with django_assert_num_queries(8):
        client.post(url, first, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    ("veld", "waarde"), [(TOELICHTING, "Elke maandag."), (STAND, "deels"), (FOCUS, "onthaal")]
)
def test_what_htmx_swaps_is_what_a_reload_shows(als, tom, url, tik, veld, waarde):
    part = tik(veld, waarde).text

    page = als(tom).get(url).text

    status, _, rest = part.partition("<input")
    # That it was saved is said once, by the answer.
    assert "Bewaard" in status
    assert ">Bewaard<" not in page
    assert whole_form(page)[f"{veld}_basis"] == "1"
    for outside in re.findall(r"<p class=\"voortgang\".*?</p>", rest, re.S):
        assert _flat(outside.replace(' hx-swap-oob="true"', "")) in _flat(page)


def _flat(html: str) -> str:
    return re.sub(r"\s+", " ", html).strip()
