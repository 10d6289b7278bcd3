"""The school's side of a survey: share it, close it, read it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialoogfiches.bevragingen.domain.bevragingen import MIN_ANSWERS_PER_BRANCH, open_bevraging
from dialoogfiches.bevragingen.domain.inzendingen import make_actie
from dialoogfiches.bevragingen.models import Inzending
from dialoogfiches.bevragingen.queries import bevragingen_of, find_bevraging, locked_result
from dossiers.anoniem.domain.bevragingen import (
    MIN_ANSWERS,
    ResultaatStaatVast,
    close_bevraging,
    set_last_day,
)
from dossiers.domain import close_dossier, reopen_dossier
from dossiers.logboek.models import Logregel
from dossiers.models import DossierAfgesloten
from tests.dialoogfiches.bevragingen.bevraging import (
    answer,
    at_answer,
    day,
    five_answers,
    let_it_pass,
    settled,
)

pytestmark = pytest.mark.django_db


def test_while_it_runs_one_sees_how_many_and_nothing_else(als, tom, bevraging, url):
    five_answers(bevraging)
    answer(bevraging, "nee", nee1="Een geheim woord")
    Inzending.objects.update(dag=day(-1))

    page = als(tom).get(url).text

    assert "Tot en met gisteren antwoordden 6 collega's." in page.replace("&#x27;", "'")
    assert "geheim" not in page
    assert "Tekst 1" not in page
    assert locked_result(bevraging) is None
    pdf = reverse("bevraging-pdf", args=[bevraging.dossier_id, bevraging.pk])
    assert als(tom).get(pdf).status_code == 404


def test_the_last_day_moves_both_ways_while_it_runs(als, tom, bevraging, url):
    for days in (30, 0, 60):
        assert als(tom).post(url, {"tot": day(days).isoformat()}).status_code == 302
        bevraging.refresh_from_db()
        assert bevraging.tot == day(days)
    for days in (-1, 61):
        response = als(tom).post(url, {"tot": day(days).isoformat()})
        assert response.status_code == 422
        bevraging.refresh_from_db()
        assert bevraging.tot == day(60)


def test_the_acts_are_logged_without_what_they_are_about(als, tom, bevraging, url):
    als(tom).post(url, {"tot": day(3).isoformat()})
    als(tom).post(url, {"sluit": "1"})
    als(tom).post(url, {"sluit": "1"})
    als(tom).post(url, {"tot": day(5).isoformat()})

    regels = Logregel.objects.filter(soort="bevraging").order_by("pk")
    assert [regel.handeling for regel in regels] == [
        "bevraging-geopend",
        "bevraging-gewijzigd",
        "bevraging-gesloten",
        "bevraging-heropend",
    ]
    assert {regel.record_id for regel in regels} == {str(bevraging.pk)}


@pytest.mark.parametrize("end", ["by hand", "by itself"])
def test_fewer_than_five_shows_only_how_many(als, tom, bevraging, url, end):
    for _ in range(4):
        answer(bevraging, "nee", nee1="Een geheim woord", h1="Latijn")
    if end == "by hand":
        als(tom).post(url, {"sluit": "1"})
    else:
        let_it_pass(bevraging)
        Inzending.objects.update(dag=day(-1))

    page = als(tom).get(url).text

    # Closed by hand: those of today are not counted out either.
    assert ("4 collega" in page) == (end == "by itself")
    assert "Er zijn minder dan 5 antwoorden." in page
    assert "geheim" not in page
    assert "Latijn" not in page
    assert 'class="telling"' not in page
    assert als(tom).get(url.rstrip("/") + ".pdf").status_code == 404


def test_what_ended_with_four_goes_on_and_shows_all_five(als, tom, bevraging, url):
    for _ in range(4):
        answer(bevraging, "ja", ja1="Vroeg")
    als(tom).post(url, {"sluit": "1"})
    assert "Zet de bevraging weer open" in als(tom).get(url).text
    als(tom).post(url, {"tot": day(5).isoformat()})
    bevraging.refresh_from_db()
    answer(bevraging, "ja", ja1="Laat")
    let_it_pass(bevraging)

    assert locked_result(bevraging).aantal == 5
    assert als(tom).get(url).text.count("Vroeg") >= 4


@pytest.mark.parametrize("end", ["by hand", "by itself"])
def test_results_are_final(als, tom, bevraging, url, end):
    five_answers(bevraging)
    if end == "by hand":
        close_bevraging(bevraging=bevraging, door=tom)
    else:
        let_it_pass(bevraging)
    before = als(tom).get(url).text

    response = als(tom).post(url, {"tot": day(5).isoformat()}, follow=True)

    assert "staan vast" in response.text
    assert "Zet de bevraging weer open" not in before
    assert not find_bevraging(dossier=bevraging.dossier, pk=bevraging.pk).is_open
    with pytest.raises(ResultaatStaatVast):
        set_last_day(bevraging=bevraging, tot=day(5), door=tom)


def test_reopening_the_dossier_does_not_reopen_the_survey(dossier, bevraging, tom, an):
    five_answers(bevraging)
    close_dossier(dossier=dossier, door=an)
    assert locked_result(bevraging) is None, "its last day is not over"
    let_it_pass(bevraging)
    assert locked_result(bevraging).aantal == 5
    reopen_dossier(dossier=dossier, door=an)

    with pytest.raises(ResultaatStaatVast):
        set_last_day(bevraging=bevraging, tot=day(5), door=tom)


def test_in_a_closed_dossier_one_reads_on_and_changes_nothing(
    als, tom, an, dossier, bevraging, url
):
    settled(bevraging, tom)
    close_dossier(dossier=dossier, door=an)
    antwoord = bevraging.openantwoorden.first()

    page = als(tom).get(url).text

    assert "Tekst 1" in page
    assert "Wat gaan jullie doen?" not in page
    assert als(tom).get(url.rstrip("/") + ".pdf").status_code == 200
    assert als(tom).get(reverse("bevragingen", args=[dossier.pk])).status_code == 200
    for data in ({"sluit": "1"}, {"tot": day(3).isoformat()}, at_answer(antwoord, "Bellen")):
        assert als(tom).post(url, data).status_code == 403
    assert als(tom).get(reverse("bevraging-nieuw", args=[dossier.pk])).status_code == 403
    with pytest.raises(DossierAfgesloten):
        close_bevraging(bevraging=bevraging, door=tom)


def test_a_survey_of_another_school_is_not_found_here(als, huis, ander_huis, bevraging):
    elsewhere = reverse("bevraging", args=[ander_huis.dossier.pk, bevraging.pk])

    assert als(ander_huis.team).get(elsewhere).status_code == 404
    assert als(ander_huis.team).post(elsewhere, {"sluit": "1"}).status_code == 404
    assert find_bevraging(dossier=ander_huis.dossier, pk=bevraging.pk) is None


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_constant_number_of_queries(als, tom, dossier, mini, bevraging, url, settings):
    client = als(tom)
    the_list = reverse("bevragingen", args=[dossier.pk])
    one, running = queries(client, the_list), queries(client, url)
    settled(bevraging, tom)
    few = queries(client, url)
    for _ in range(3):
        more = open_bevraging(dossier=dossier, versie=mini, titel="x", tot=day(1), door=tom)
        for _ in range(8):
            answer(more, "ja", ja1="a", ja2="b", ja3="c", h1="d")
            answer(more, "nee", nee1="a", nee2="b")
        close_bevraging(bevraging=more, door=tom)
        for antwoord in more.openantwoorden.filter(tekst="b"):
            make_actie(antwoord=antwoord, dossier=dossier, wat="Kringgesprek", door=tom)

    newest = reverse("bevraging", args=[dossier.pk, bevragingen_of(dossier)[0].bevraging.pk])
    assert queries(client, the_list) == one <= 6
    assert queries(client, newest) == few <= 12
    assert running <= 7


def test_who_looks_at_a_running_survey_holds_nothing(als, tom, bevraging, url):
    """Each incoming answer locks its row, so merely viewing it must not."""
    five_answers(bevraging)
    client = als(tom)
    for path in (url, url.rstrip("/") + ".pdf"):
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        looks = [one["sql"] for one in found if 'FROM "bevragingen_bevraging"' in one["sql"]]
        assert len(looks) == 1
        assert "FOR " not in looks[0]


def test_before_the_first_question_two_lines_say_that_it_is_anonymous(client, mini, bevraging):
    page = client.get(reverse("bevraging-invullen", args=[bevraging.sleutel])).text
    before, _, _ = page.partition("<form")
    seen, _, folded = before.partition("<details>")
    privacy = mini.teksten["woorden"]["privacy"]["tekst"]

    assert "Je vult dit anoniem in. We bewaren geen naam" in seen
    assert "Wat je bij elke vraag schrijft" not in seen
    assert "Lees meer" in folded
    for part in privacy.strip().split("\n\n")[1:]:
        assert part.split(".")[0].replace("'", "&#x27;") in folded


def test_the_words_say_the_numbers_that_the_code_keeps_to(mini):
    privacy = mini.teksten["woorden"]["privacy"]["tekst"]
    words = {3: "drie", 5: "vijf"}

    assert f"minstens {words[MIN_ANSWERS]} collega's antwoordden" in privacy
    assert f"minstens {words[MIN_ANSWERS_PER_BRANCH]} collega's hetzelfde kozen" in privacy
    assert f"minstens {words[MIN_ANSWERS]} collega's ze invulden" in privacy


def test_a_reader_of_the_board_sees_no_survey(als, huis, bevraging, url):
    for path in (url, reverse("bevragingen", args=[huis.dossier.pk]), url + "poster.pdf"):
        assert als(huis.lezer).get(path).status_code == 403


def test_the_pages_have_no_number_that_counts(als, tom, bevraging, url):
    settled(bevraging, tom)

    assert re.findall(r'value="\d+"', als(tom).get(url).text.split("<main")[1]) == []


def test_a_closed_dossier_without_a_survey_does_not_say_how_to_open_one(als, tom, an, dossier):
    close_dossier(dossier=dossier, door=an)
    page = als(tom).get(reverse("bevragingen", args=[dossier.pk])).text

    assert "Dit schooljaar was er geen bevraging." in page
    assert "Nog geen bevraging" not in page
