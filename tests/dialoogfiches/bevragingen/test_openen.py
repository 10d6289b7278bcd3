"""Opening a survey: its link and code, how long it runs, and one at a time."""

import pytest
from django.urls import reverse

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.bevragingen.queries import bevragingen_of, find_bevraging
from dossiers.anoniem.domain.bevragingen import ErLooptEenBevraging, close_bevraging, set_last_day
from tests.dialoogfiches.bevragingen.bevraging import day, let_it_pass
from tests.dialoogfiches.kleinefiche import small_fiche
from tests.dossiers.materialen.kleinplan import Materialen
from tests.pages import whole_form

pytestmark = pytest.mark.django_db


def test_tom_opens_a_survey_and_gets_a_link_and_a_code(als, tom, dossier, mini, settings):
    settings.SITE_URL = "https://sts.example.be"
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    page = als(tom).get(new).text
    assert 'value="Mini-bevraging' in page
    assert f'value="{day(14).isoformat()}"' in page
    assert "Welke bevraging?" not in page

    response = als(tom).post(new, {"titel": "Onze leerkrachten", "tot": day(7).isoformat()})

    made = Bevraging.objects.get()
    assert response.url == reverse("bevraging", args=[dossier.pk, made.pk])
    page = als(tom).get(response.url).text
    assert f"https://sts.example.be/b/{made.sleutel}/" in page
    assert "<svg" in page.split('class="qr"')[1]
    assert (made.tot, made.versie, made.geopend_door) == (day(7), mini, tom)
    assert "Tot en met gisteren nog geen antwoorden." in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"titel": "", "tot": 7}, "Geef de bevraging een titel."),
        ({"titel": "x" * 121, "tot": 7}, "telt 121 tekens en er passen er 120"),
        ({"titel": "\u200b", "tot": 7}, "Geef de bevraging een titel"),
        ({"titel": "Vraag", "tot": -1}, "Die dag is voorbij"),
        ({"titel": "Vraag", "tot": 61}, "Dat is te ver weg"),
        ({"titel": "Vraag", "tot": "morgen"}, "Geef een datum zoals"),
        ({"titel": "Vraag", "tot": ""}, "Kies de laatste dag."),
    ],
)
def test_what_is_wrong_with_a_new_survey_stands_beside_the_field(
    als, tom, dossier, mini, typed, message
):
    tot = typed["tot"]
    data = typed | {"tot": day(tot).isoformat() if isinstance(tot, int) else tot}

    response = als(tom).post(reverse("bevraging-nieuw", args=[dossier.pk]), data)

    assert response.status_code == 422
    assert message in response.text
    assert response.text.count("invalid-feedback") == 1
    assert not Bevraging.objects.exists()


def test_today_and_the_sixtieth_day_are_both_fine(als, tom, dossier, mini):
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    als(tom).post(new, {"titel": "Vandaag", "tot": day(0).isoformat()})
    close_bevraging(bevraging=Bevraging.objects.get(), door=tom)
    longest = "x" * 120
    als(tom).post(new, {"titel": longest, "tot": day(60).isoformat()})

    assert {one.titel for one in Bevraging.objects.all()} == {"Vandaag", longest}


def test_who_comes_for_one_of_two_surveys_finds_it_chosen(als, tom, dossier, mini, tmp_path):
    materialen = Materialen(tmp_path)
    for slug in ("aa", "bb"):
        fiche = small_fiche(slug, vorm="bevraging", titel=f"Bevraging {slug}")
        materialen.write(fiche, f"{slug}/2026.1.yaml")
    materialen.load()
    new = reverse("bevraging-nieuw", args=[dossier.pk])

    page = als(tom).get(f"{new}?materiaal=bb").text
    typed = whole_form(page)

    assert typed["materiaal"] == "bb"
    assert typed["titel"].startswith("Bevraging bb ")
    als(tom).post(new, typed)
    assert Bevraging.objects.get().versie.materiaal.slug == "bb"
    for rubbish in ("", "?materiaal=rommel", "?materiaal=%00"):
        assert whole_form(als(tom).get(new + rubbish).text)["materiaal"] in ("aa", "mini-bevraging")


def test_without_a_published_survey_the_page_says_so(als, tom, dossier, laad):
    laad("mini-bevraging").materiaal.versies.update(status="concept")

    response = als(tom).get(reverse("bevraging-nieuw", args=[dossier.pk]), follow=True)

    assert "Er is nog geen bevraging gepubliceerd" in response.text


def test_a_second_survey_waits_until_the_first_is_over(als, tom, dossier, mini, bevraging):
    with pytest.raises(ErLooptEenBevraging):
        open_bevraging(dossier=dossier, versie=mini, titel="Twee", tot=day(3), door=tom)
    new = reverse("bevraging-nieuw", args=[dossier.pk])
    response = als(tom).post(new, {"titel": "Twee", "tot": day(3).isoformat()}, follow=True)
    assert "Er loopt al een bevraging" in response.text
    assert "Start een bevraging" not in response.text

    let_it_pass(bevraging)
    als(tom).post(new, {"titel": "Twee", "tot": day(3).isoformat()})
    assert bevragingen_of(dossier)[0].bevraging.titel == "Twee"
    # Nor can the first be reopened while the second runs.
    with pytest.raises(ErLooptEenBevraging):
        set_last_day(bevraging=bevraging, tot=day(5), door=tom)


@pytest.mark.parametrize(("last_day", "waits"), [(1, True), (0, True), (-1, False)])
def test_a_survey_runs_up_to_and_on_its_last_day(dossier, mini, tom, bevraging, last_day, waits):
    Bevraging.objects.update(tot=day(last_day))

    assert find_bevraging(dossier=dossier, pk=bevraging.pk).is_open == waits
    if waits:
        with pytest.raises(ErLooptEenBevraging):
            open_bevraging(dossier=dossier, versie=mini, titel="Twee", tot=day(3), door=tom)
    else:
        open_bevraging(dossier=dossier, versie=mini, titel="Twee", tot=day(3), door=tom)
    assert Bevraging.objects.count() == (1 if waits else 2)
