"""The overview of a CLB: what An, who follows the schools of CLB Ten Berg, sees of all of them."""

import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import open_dossier
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import CLB, Lidmaatschap, Rol, School, User
from dossiers.models import Dossier
from preventieplan.domain.words import difference_in_words
from preventieplan.models import Doelstelling, Inschaling
from start.clb_overzicht.domain import Score, in_order, movement
from start.domain.oefendossier import open_oefendossier
from tests.conftest import SCHOOLJAAR, make_user
from tests.start.clb_overzicht.overzichten import (
    PAGE,
    cells_of,
    names,
    new_school,
    row_of,
    rows,
    scored,
    words,
)
from tests.start.conftest import moment, score

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vandaag")]

JAAR = f"{SCHOOLJAAR}-{SCHOOLJAAR + 1}"
VORIG = f"{SCHOOLJAAR - 1}-{SCHOOLJAAR}"
LAATST = moment(date(2026, 11, 3), time(23, 30))


@pytest.fixture
def zien(als, an):
    """The page as An sees it."""

    def get(**query) -> str:
        response = als(an).get(PAGE, query)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.fixture
def drie(huis, an):
    """Schools that went down, stood still and went up, and Sint-Jozef without a last year."""
    lager, gelijk, hoger = (new_school(huis.clb, naam) for naam in ("Zuid", "Midden", "Noord"))
    scored(lager, an, {"f0-1": 3, "f0-2": 5}, {"f0-1": 5, "f0-2": 5})
    scored(gelijk, an, {"f0-1": 4, "f0-2": 6}, {"f0-1": 5, "f0-2": 5})
    scored(hoger, an, {"f0-1": 9}, {"f0-1": 6, "f0-2": 2})
    scored(huis.school, an, {"f0-1": 0})
    return huis


# --- a school -------------------------------------------------------------------------------------


def test_a_row_says_in_words_what_a_school_scored(zien, huis, an):
    scored(huis.school, an, {"f0-1": 6, "f0-2": 4, "f0-3": 7, "f1-1": 0}, {"f0-1": 4, "f0-2": 5})
    score(Dossier.objects.get(school=huis.school, schooljaar=SCHOOLJAAR - 1), "f0-3", 7)
    Inschaling.objects.update(gewijzigd_op=LAATST)

    html = zien()

    goals = Doelstelling.objects.filter(versie=huis.dossier.planversie_id)
    none = "nog niet ingeschaald"
    assert row_of(html, "Sint-Jozefschool") == [
        "Sint-Jozefschool Mechelen, SO",
        "0,3 hoger",
        *("6, 2 hoger", "4, 1 lager", "7, gelijk", none, none, "0"),
        *[none] * (goals.count() - 6),
        "03/11/2026",
    ]
    # And by the eye, with a form that needs no colour.
    for seen in (">▲2<", ">▼1<", ">=<", ">·<"):
        assert seen in html
    assert f'href="{reverse("dossier", args=[huis.dossier.pk])}"' in html


def test_a_heading_is_short_for_the_eye_and_whole_for_the_ear(zien, drie):
    html = zien()

    heads = re.findall(r'<th [^>]*scope="col".*?>(.*?)</th>', html, re.DOTALL)
    assert [words(one) for one in heads][:5] == [
        "School",
        f"Tegenover {VORIG}",
        "Laatst bijgewerkt",
        "F0-1 Verbindend schoolklimaat",
        "F0-2 Inschrijvingsbeleid",
    ]
    phases = re.findall(r'scope="colgroup">(.*?)</th>', html)
    assert [words(one) for one in phases] == [
        "Fase 0 Brede basiszorg",
        "Fase 1 Verhoogde zorg",
        "Fase 2 Uitbreiding van zorg",
        "Fase 3 Individueel aangepast curriculum",
    ]


def test_a_school_without_a_dossier_leads_to_the_school(zien, drie):
    school = new_school(drie.clb, "De Nieuwe")

    html = zien()

    assert row_of(html, "De Nieuwe")[-1] == "nog geen dossier"
    assert set(cells_of(html, "De Nieuwe")) == {"nog niet ingeschaald"}
    assert f'href="{reverse("school", args=[school.pk])}"' in html


def test_nothing_was_written_yet(zien, huis):
    assert row_of(zien(), "Sint-Jozefschool")[-1] == "nog niet"


def test_none_of_the_words_of_a_team_is_there(zien, als, an, drie):
    text = {"want": "Omdat we bellen", "hoger": "Als we sneller bellen", "focus": "Elke ochtend"}
    Inschaling.objects.update(**text)

    pages = [zien(), als(an).get(PAGE, {"formaat": "csv"}).content.decode()]

    assert all("Sint-Jozefschool" in page for page in pages)
    assert not any(woord in page for page in pages for woord in text.values())


def test_what_stayed_on_an_earlier_version_counts_no_more(zien, huis, an):
    doel = Doelstelling.objects.get(versie=huis.dossier.planversie, code="f0-1")
    versie = doel.versie
    versie.pk, versie.versie, versie.datum = None, "2026.1", date(2026, 1, 1)
    versie.save()
    doel.pk, doel.versie, doel.kort = None, versie, "Zoals het vroeger heette"
    doel.save()
    scored(huis.school, an, {"f0-1": 6})
    Inschaling.objects.create(dossier=huis.dossier, doelstelling=doel, score=9)

    assert cells_of(zien(), "Sint-Jozefschool")[0] == "6"

    # A school that still works with that version stands in the same column, as the newest calls it.
    ouder = scored(new_school(huis.clb, "De Oude"), an, {})
    Dossier.objects.filter(pk=ouder.pk).update(planversie=versie)
    Inschaling.objects.create(dossier=ouder, doelstelling=doel, score=9)
    html = zien()
    assert cells_of(html, "De Oude")[0] == "9"
    assert "Zoals het vroeger heette" not in html


# --- how schools moved ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "verschil"),
    [
        ([], None),
        ([Score(5, None), Score(None, 5)], None),
        ([Score(5, 5)], 0),
        ([Score(6, 5), Score(4, 5), Score(9, None)], 0),
        ([Score(3, 5), Score(5, 5), Score(5, 5)], -0.7),
        ([Score(0, 10)], -10),
        # To one decimal, as it is told: so little is nothing.
        ([Score(6, 5), *[Score(5, 5)] * 19], 0.1),
        ([Score(6, 5), *[Score(5, 5)] * 21], 0),
    ],
)
def test_how_a_school_moved_is_the_mean_of_the_goals_with_both_scores(scores, verschil):
    assert movement(scores) == verschil


@pytest.mark.parametrize(
    ("more", "said"),
    [(0, "gelijk"), (-0.0, "gelijk"), (1, "1 hoger"), (-2, "2 lager"), (0.4, "0,4 hoger")],
)
def test_a_difference_in_words(more, said):
    assert difference_in_words(more) == said


def test_what_has_no_value_comes_last_both_ways():
    rows = [("a", None), ("b", 2), ("c", 1), ("d", 2)]

    assert [naam for naam, _ in in_order(rows, lambda row: row[1])] == ["c", "b", "d", "a"]
    assert [naam for naam, _ in in_order(rows, lambda row: row[1], reverse=True)] == [
        *("b", "d", "c", "a")
    ]


@pytest.mark.parametrize(
    ("sorteer", "order"),
    [
        ("", "Zuid Midden Noord Sint-Jozefschool"),
        ("bewogen", "Zuid Midden Noord Sint-Jozefschool"),
        ("-bewogen", "Noord Midden Zuid Sint-Jozefschool"),
        ("naam", "Midden Noord Sint-Jozefschool Zuid"),
        ("gemeente", "Noord Midden Sint-Jozefschool Zuid"),
        ("niveau", "Midden Zuid Sint-Jozefschool Noord"),
        ("gewerkt", "Noord Midden Sint-Jozefschool Zuid"),
        ("f0-1", "Sint-Jozefschool Zuid Midden Noord"),
        ("-f0-1", "Noord Midden Zuid Sint-Jozefschool"),
        # Who has no score of it comes last, also the other way round.
        ("f0-2", "Zuid Midden Noord Sint-Jozefschool"),
        ("-f0-2", "Midden Zuid Noord Sint-Jozefschool"),
        ("-f9-9", "Zuid Midden Noord Sint-Jozefschool"),
        ("wat-dan-ook", "Zuid Midden Noord Sint-Jozefschool"),
    ],
)
def test_what_moved_least_comes_first_or_what_one_chose(zien, drie, sorteer, order):
    School.objects.filter(naam="Noord").update(niveau="buo", gemeente="Aalst")
    Inschaling.objects.filter(dossier__school__naam="Noord").update(gewijzigd_op=LAATST)
    Inschaling.objects.filter(dossier__school__naam="Zuid").update(
        gewijzigd_op=timezone.now() + timedelta(days=1)
    )

    assert names(zien(sorteer=sorteer)) == order.split()


def test_a_heading_sorts_by_its_goal_and_then_the_other_way_round(zien, drie):
    assert 'href="?sorteer=f0-2"' in zien()

    html = zien(sorteer="f0-2", niveau="bao")

    assert html.count('aria-sort="ascending"') == 1
    assert 'href="?sorteer=-f0-2&amp;niveau=bao"' in html
    assert html.count('aria-sort="descending"') == 0
    assert zien(sorteer="-f0-2").count('aria-sort="descending"') == 1


# --- all of them in words -------------------------------------------------------------------------


def test_the_whole_in_words(zien, drie):
    page = words(zien().split("<main")[1])

    assert f"4 scholen van CLB Ten Berg in {JAAR} " in page
    assert "4 van de 4 scholen hebben een score." in page
    assert (
        f"Tegenover {VORIG} gaat er 1 vooruit, blijft er 1 gelijk en gaat er 1 achteruit." in page
    )
    # 0, 3, 4 and 9; 5 and 6.
    assert "F0-1 Verbindend schoolklimaat: 4 van de 4 scholen, mediaan 3,5 F0-2" in page
    assert "F0-2 Inschrijvingsbeleid: 2 van de 4 scholen, mediaan 5,5 F0-3" in page
    assert "F0-3 Registratiebeleid: nog geen school" in page
    assert "Mediaan 3,5 5,5" in page


@pytest.mark.parametrize(
    ("scholen", "said"),
    [(0, "Nog geen enkele school heeft een score."), (1, "1 van de 3 scholen heeft een score.")],
)
def test_how_many_schools_scored(zien, huis, an, scholen, said):
    for naam in ("Een", "Twee"):
        open_dossier(school=new_school(huis.clb, naam), schooljaar=SCHOOLJAAR, door=an)
    if scholen:
        score(huis.dossier, "f0-1", 3)

    page = words(zien())

    assert said in page
    assert "Tegenover 2025-2026 ga" not in page


def test_where_no_school_has_a_dossier_the_page_says_the_first_step(zien, huis, an):
    Dossier.objects.filter(pk=huis.dossier.pk).update(schooljaar=SCHOOLJAAR - 1)

    page = zien()

    assert f"Geen van deze scholen heeft een dossier voor {JAAR}." in page
    assert "<table" not in page
    assert re.findall(r'btn-primary"\s+href="(.*?)"', page) == [reverse("scholen")]
    assert names(zien(schooljaar=SCHOOLJAAR - 1)) == ["Sint-Jozefschool"]


def test_who_follows_no_school_yet_is_asked_to_add_one(als, huis):
    nieuw = make_user("Nora")
    clb = CLB.objects.create(naam="CLB Leeg", instellingsnummer="000400")
    Lidmaatschap.objects.create(user=nieuw, clb=clb, rol=Rol.ANKERFIGUUR)

    page = als(nieuw).get(PAGE).content.decode()

    assert "Je volgt nog geen scholen." in page
    assert reverse("school-nieuw") in page


# --- which schools --------------------------------------------------------------------------------


def test_a_choice_stays_in_the_form_and_in_every_link(zien, drie):
    School.objects.filter(naam="Noord").update(gemeente="Aalst")

    html = zien(niveau="bao", gemeente="Aalst", sorteer="naam", schooljaar=SCHOOLJAAR)

    assert names(html) == ["Noord"]
    assert f"1 school van CLB Ten Berg in {JAAR}: basisonderwijs, in Aalst." in words(html)
    for chosen in ('value="bao" selected', 'value="Aalst" selected'):
        assert chosen in html
    assert f'value="{SCHOOLJAAR}" selected' in html
    assert '<input type="hidden" name="sorteer" value="naam">' in html
    for link in re.findall(r'href="(\?.*?)"', html):
        assert "niveau=bao&amp;gemeente=Aalst" in link


def test_an_earlier_schooljaar_beside_the_one_before_it(zien, drie):
    html = zien(schooljaar=SCHOOLJAAR - 1)

    assert cells_of(html, "Zuid")[0] == "5"
    assert row_of(html, "Zuid")[1] == ""
    assert f"Tegenover {SCHOOLJAAR - 2}-{SCHOOLJAAR - 1}" in words(html)
    assert set(cells_of(html, "Sint-Jozefschool")) == {"nog niet ingeschaald"}
    # Of this year's dossiers one chooses the year; of a year without any one does not.
    assert re.findall(r'<option value="(20\d\d)"', html) == ["2026", "2025"]


def test_the_schools_that_somebody_follows(zien, drie):
    html = zien(volger=drie.medewerker.pk)

    assert names(html) == ["Sint-Jozefschool"]
    assert "gevolgd door Marie" in words(html)
    # Who works in a school and not for the CLB is not among them; nor is who stopped.
    assert re.findall(r"<option value=\"[0-9a-f-]{36}\".*?>(.*?)</option>", html) == ["Marie"]
    marie = Lidmaatschap.objects.get(user=drie.medewerker)
    end_lidmaatschap(lidmaatschap=marie, door=drie.ankerfiguur)
    assert len(names(zien(volger=drie.medewerker.pk))) == 4


def test_who_follows_a_school_works_there_for_the_clb(zien, drie):
    """In Noord, Marie only reads along. Who was put off is not among them any more."""
    noord, marie = School.objects.get(naam="Noord"), drie.medewerker
    Lidmaatschap.objects.create(user=marie, school=noord, rol=Rol.LEZER)

    assert names(zien(volger=marie.pk)) == ["Sint-Jozefschool"]

    User.objects.filter(pk=marie.pk).update(is_active=False)
    assert f'value="{marie.pk}"' not in zien()


@pytest.mark.parametrize(
    "query",
    [
        {"niveau": "hoger"},
        {"gemeente": "Atlantis"},
        {"schooljaar": "1999"},
        {"schooljaar": "x"},
        {"volger": "x"},
        {"formaat": "exe"},
    ],
)
def test_what_there_is_not_is_not_chosen(zien, drie, query):
    html = zien(**query)

    assert len(names(html)) == 4
    assert "Toon alle scholen" not in html


def test_no_school_is_all_of_that(zien, drie):
    School.objects.filter(naam="Noord").update(gemeente="Aalst")

    html = zien(niveau="so", gemeente="Aalst")

    assert "Geen school gevonden." in html
    assert f'href="{PAGE}">Toon alle scholen' in html
    assert "<table" not in html


# --- who sees it ----------------------------------------------------------------------------------


def test_each_sees_her_own_schools(als, drie, ander_huis):
    def seen_by(user):
        return names(als(user).get(PAGE).content.decode())

    assert len(seen_by(drie.ankerfiguur)) == 4
    assert seen_by(drie.medewerker) == ["Sint-Jozefschool"]
    assert seen_by(ander_huis.ankerfiguur) == seen_by(ander_huis.medewerker) == ["Kouterschool"]


def test_a_school_that_she_only_reads_along_with_is_not_one_of_her_clb(als, drie, ander_huis):
    marie = drie.medewerker
    Lidmaatschap.objects.create(user=marie, school=ander_huis.school, rol=Rol.LEZER)
    assert "Kouterschool" in als(marie).get(reverse("scholen")).text

    assert names(als(marie).get(PAGE).text) == ["Sint-Jozefschool"]


@pytest.mark.parametrize("rol", ["team", "lezer"])
def test_a_school_has_no_part_in_it(als, drie, rol):
    user = drie.people[rol]

    assert als(user).get(PAGE).status_code == 403
    assert als(user).get(PAGE, {"formaat": "xlsx"}).status_code == 403
    assert PAGE not in als(user).get(reverse("scholen")).text


def test_an_oefendossier_is_not_in_it(zien, drie, an):
    oefen = open_oefendossier(clb=drie.clb, door=an, today=timezone.localdate())
    score(oefen, "f0-1", 10)

    assert len(names(zien())) == 4
    assert "Mediaan 3,5" in words(zien())


@pytest.mark.parametrize("view", ["", "tabel"])
def test_mijn_scholen_leads_to_it(als, huis, view):
    for user in (huis.ankerfiguur, huis.medewerker):
        assert f'href="{PAGE}"' in als(user).get(reverse("scholen"), {"weergave": view}).text


# --- many schools ---------------------------------------------------------------------------------


def add_schools(huis, aantal: int) -> None:
    """Each with scores of two schooljaren, on every goal."""
    doelen = list(Doelstelling.objects.filter(versie=huis.dossier.planversie_id))
    scholen = School.objects.bulk_create(
        School(
            clb=huis.clb,
            naam=f"School {number}",
            instellingsnummer=f"{500_000 + number}",
            niveau=("bao", "so", "buo")[number % 3],
            gemeente="Mechelen",
            provincie="antwerpen",
        )
        for number in range(aantal)
    )
    dossiers = Dossier.objects.bulk_create(
        Dossier(
            school=school,
            schooljaar=jaar,
            planversie=huis.dossier.planversie,
            geopend_door=huis.ankerfiguur,
        )
        for school in scholen
        for jaar in (SCHOOLJAAR - 1, SCHOOLJAAR)
    )
    Inschaling.objects.bulk_create(
        Inschaling(dossier=dossier, doelstelling=doel, score=(7 * one + 3 * other) % 11)
        for one, dossier in enumerate(dossiers)
        for other, doel in enumerate(doelen)
    )


@pytest.mark.parametrize("aantal", [0, 399])
def test_four_hundred_schools_ask_as_little_as_one(als, huis, django_assert_num_queries, aantal):
    add_schools(huis, aantal)
    client = als(huis.ankerfiguur)
    client.get(PAGE)

    with django_assert_num_queries(9):
        html = client.get(PAGE, {"niveau": "", "sorteer": "-f0-1"}).text
    client.get(PAGE, {"formaat": "xlsx"})
    # And whether the log has it.
    with django_assert_num_queries(10):
        client.get(PAGE, {"formaat": "xlsx"})

    assert len(rows(html)) == aantal + 1


def test_four_hundred_schools_are_light_on_the_wire(als, huis):
    add_schools(huis, 399)

    response = als(huis.ankerfiguur).get(PAGE, headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 40_000
