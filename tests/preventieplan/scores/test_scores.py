"""The page of scores over time, their place on the page of a goal, and the annex of the plan."""

import pytest
from django.urls import reverse

from dossiers.materialen.models import Fase
from preventieplan.models import Doelstelling, Inschaling
from preventieplan.pdf import Excerpt, preventieplan_pdf
from tests.paper import on_paper
from tests.preventieplan.papier.documenten import text
from tests.preventieplan.scores.gegeven import give, year_before
from tests.preventieplan.scores.pagina import page


@pytest.fixture
def url(dossier):
    return reverse("scores", args=[dossier.pk])


@pytest.fixture
def moved(dossier, tom, an):
    """Fase 0 was scored last year and this year; one goal of fase 1 has one score."""
    vorig = year_before(dossier, an)
    give(vorig, "f0-1", "2025-11-12", tom, score=3, want="we beginnen pas", hoger="er een peter is")
    give(vorig, "f0-2", "2025-11-12", tom, score=5)
    give(dossier, "f0-1", "2026-10-05", tom, score=4)
    give(dossier, "f0-1", "2026-11-20", tom, score=6, want="er is een peter")
    give(dossier, "f1-1", "2026-10-05", tom, score=2)
    return dossier


def test_every_score_of_a_goal_is_drawn_and_stands_in_a_table_with_its_words(als, tom, url, moved):
    goal = page(als(tom), url).one(id="f0-1")

    assert goal.one(kind="scores-zin").words == "Van 3 naar 6"
    assert goal.one("title").words == (
        "Van 3 op 12 november 2025 naar 6 op 20 november 2026, in 3 scores"
    )
    assert len(goal.all("circle")) == 3
    assert [row.words for row in goal.one("tbody").all("tr")] == [
        "20/11/2026 6 We geven een 6, want … er is een peter",
        "05/10/2026 4 – niets",
        "12/11/2025 3 We geven een 3, want … we beginnen pas Een 4 zou het zijn als … er een "
        "peter is",
    ]


def test_a_score_with_the_words_of_the_one_before_says_so(als, tom, url, moved):
    give(moved, "f0-1", "2026-11-29", tom, score=7)

    rows = page(als(tom), url).one(id="f0-1").one("tbody").all("tr")

    assert rows[0].words == "29/11/2026 7 nog de woorden van de score ervoor"


def test_one_score_is_said_and_not_drawn(als, tom, url, moved):
    goal = page(als(tom), url).one(id="f1-1")

    assert goal.one(kind="scores-zin").words == "2 op 10"
    assert not goal.has("svg")


def test_a_phase_has_its_mean_and_what_has_no_score_is_named(als, tom, url, moved):
    whole = page(als(tom), url)
    phase = whole.one(id="fase-0")

    assert "Gemiddeld: van 4 naar 6" in phase.one("header").words
    assert "12/11/2025 4 2 van 5" in phase.one(kind="scores-fase").words
    assert "Registratiebeleid" in phase.one(kind="scores-zonder").words
    # Never by its colour alone.
    assert phase.one("h2").words == "Fase 0 Brede basiszorg"
    assert not whole.has(id="fase-2")
    assert "Nog geen score in fase 2 en fase 3." in whole.words


def test_before_the_first_score_the_page_shows_the_first_step(als, huis, url):
    empty = page(als(huis.team), url)
    first = empty.one("a", kind="btn-primary")
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])

    assert "Er is nog geen score." in empty.words
    assert first["href"] == f"{goal}?stop=score"
    assert not empty.has("svg", kind="scorelijn")
    # Who reads along has nothing to begin with.
    assert not page(als(huis.lezer), url).has("a", kind="btn-primary")


def test_a_goal_is_followed_by_its_code_and_one_that_is_gone_says_so(als, tom, url, moved, versie):
    """In the version of last year a goal had another name, and there was one more."""
    vorig = moved.school.dossiers.get(schooljaar=2025)
    old = vorig.planversie
    old.pk, old.versie, old.content_key = None, "2025.1", type(old.content_key)(int=1)
    old.save()
    for record in Inschaling.objects.filter(dossier=vorig):
        doel = record.doelstelling
        doel.pk, doel.versie = None, old
        doel.kort = f"{doel.kort} van toen"
        if doel.code == "f0-2":
            doel.code = "f0-oud"
        doel.save()
        record.doelstelling = doel
        record.save()

    whole = page(als(tom), url)

    assert whole.one(id="f0-1").one("h3").words == "Verbindend schoolklimaat"
    assert len(whole.one(id="f0-1").all("circle")) == 3
    gone = whole.one(id="f0-oud")
    assert gone.one("h3").words == "Inschrijvingsbeleid van toen uit een eerdere versie"
    assert not gone.one("h3").has("a")


def test_a_dossier_shows_nothing_of_later_years_or_of_another_school(als, tom, moved, ander_huis):
    give(ander_huis.dossier, "f0-1", "2026-10-05", ander_huis.team, score=10, want="van hen")
    vorig = moved.school.dossiers.get(schooljaar=2025)

    then = page(als(tom), reverse("scores", args=[vorig.pk]))
    now = page(als(tom), reverse("scores", args=[moved.pk]))

    assert "er is een peter" in now.words
    assert "er is een peter" not in then.words
    assert then.one(id="f0-1").one(kind="scores-zin").words == "3 op 10"
    assert "van hen" not in now.words


def test_a_slip_within_a_day_does_not_draw(als, tom, url, moved):
    give(moved, "f0-1", "2026-11-20", tom, score=9)
    give(moved, "f0-1", "2026-11-20", tom, score=6)

    assert len(page(als(tom), url).one(id="f0-1").all("circle")) == 3


def test_the_page_takes_four_queries_however_much_was_scored(
    als, tom, url, moved, an, django_assert_num_queries
):
    client = als(tom)
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)
    for years in range(2, 11):
        dossier = year_before(moved, an, years)
        for doel in Doelstelling.objects.filter(versie=dossier.planversie_id):
            give(dossier, doel.code, f"{dossier.schooljaar}-10-05", tom, score=years % 11)
    with django_assert_num_queries(4):
        client.get(url)


# --- on the page of a goal ------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["bespreken", "lijst"])
def test_the_page_of_a_goal_leads_to_the_drawing_of_more_than_one_score(als, tom, moved, view):
    def course(code):
        url = reverse("doelstelling", args=[moved.pk, code])
        return page(als(tom), f"{url}?weergave={view}")

    verloop = course("f0-1").one(kind="verloop")
    scores = reverse("scores", args=[moved.pk])
    assert verloop.one("a")["href"] == f"{scores}#f0-1"
    # What it fetches when somebody unfolds it.
    assert verloop["hx-get"] == scores
    assert verloop["hx-select"] == "#f0-1 > :not(h3)"
    assert page(als(tom), scores).one("li", id="f0-1").has("svg")
    assert not course("f1-1").has(kind="verloop")


# --- on paper -------------------------------------------------------------------------------------


def test_the_plan_on_paper_ends_with_the_scores_that_moved(moved):
    whole = text(on_paper(preventieplan_pdf(moved)))

    assert "Scores doorheen de tijd" in whole
    assert "12/11/2025: 3, 05/10/2026: 4, 20/11/2026: 6" in whole
    # What was said of the score of now stands at its goal already.
    annex = whole.split("Scores doorheen de tijd", 1)[1]
    assert "12/11/2025 3 We geven een 3, want … we beginnen pas" in annex
    assert "er is een peter" not in annex


def test_a_part_of_the_plan_has_its_own_scores(moved):
    goal = Doelstelling.objects.get(versie=moved.planversie_id, code="f0-1")

    of_goal = text(on_paper(preventieplan_pdf(moved, Excerpt(Fase.BASISZORG, goal))))
    of_phase = text(on_paper(preventieplan_pdf(moved, Excerpt(Fase.VERHOOGDE_ZORG))))

    assert "Gemiddelde van de fase" not in of_goal
    assert "20/11/2026: 6" in of_goal
    assert "Scores doorheen de tijd" not in of_phase


def test_a_plan_in_which_nothing_moved_has_no_such_annex(dossier, tom):
    give(dossier, "f0-1", "2026-10-05", tom, score=4)

    assert "doorheen de tijd" not in text(on_paper(preventieplan_pdf(dossier)))
