"""A question that not every school needs: kleuterparticipatie, in secundair onderwijs."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.materialen.models import Fase
from dossiers.mensen.models import School
from dossiers.models import Dossier
from preventieplan import pdf
from preventieplan.models import Antwoord, Checklistvraag
from preventieplan.queries.phase import phase_end
from preventieplan.queries.plan import whole_plan
from preventieplan.queries.stand import plan_stand
from start.domain.oefendossier import open_oefendossier
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

KLEUTERS = "f0-1-v11"
WOORDEN = "kleuterparticipatie"


@pytest.fixture
def basis(huis):
    """The same school, as one of basisonderwijs."""
    School.objects.filter(pk=huis.school.pk).update(niveau="bao")
    return huis


def fresh() -> Dossier:
    return Dossier.objects.select_related("school__clb", "planversie__materiaal").get()


def shown(als, who, dossier) -> str:
    """The page of the goal and that of the plan."""
    pages = (
        reverse("doelstelling", args=[dossier.pk, "f0-1"]),
        reverse("preventieplan", args=[dossier.pk]),
    )
    return "".join(als(who).get(page).text for page in pages)


def test_the_question_is_there_and_is_one_of_bao_and_buo(versie):
    vraag = Checklistvraag.objects.get(code=KLEUTERS)

    assert vraag.niveaus == "BaO BuO"
    assert WOORDEN in vraag.tekst


def test_a_basisschool_gets_it(als, tom, basis):
    html = shown(als, tom, basis.dossier)

    assert WOORDEN in html
    assert "0 van 12 vragen" in html
    assert (
        "Vraag 1 van 12"
        in als(tom)
        .get(reverse("doelstelling", args=[basis.dossier.pk, "f0-1"]), {"weergave": "bespreken"})
        .text
    )


def test_a_secundaire_school_does_not_and_counts_one_less(als, tom, dossier):
    html = shown(als, tom, dossier)

    assert WOORDEN not in html
    assert "0 van 11 vragen" in html
    assert (
        "Vraag 1 van 11"
        in als(tom)
        .get(reverse("doelstelling", args=[dossier.pk, "f0-1"]), {"weergave": "bespreken"})
        .text
    )


def test_to_practise_in_it_is_there(als, an, huis):
    """The oefenschool has no niveau: all questions are asked, counted and printed."""
    oefen = open_oefendossier(clb=huis.clb, today=date(2026, 11, 29), door=an)
    html = shown(als, an, oefen)

    assert WOORDEN in html
    assert "0 van 12 vragen" in html
    assert Checklistvraag.objects.asked_of(oefen).count() == Checklistvraag.objects.count()
    assert WOORDEN in pdf.preventieplan_pdf(oefen, bijlage=True).html
    assert WOORDEN in pdf.blank_preventieplan_pdf(oefen).html


def test_its_numbers_are_right_wherever_they_stand(tom, dossier, als, tik):
    """Everything asked is discussed and scored: then the goal is done, and no question is left."""
    stand = plan_stand(fresh())[0]
    goal = stand.doelen[0]
    assert (goal.vragen, stand.vragen) == (11, sum(doel.vragen for doel in stand.doelen))
    codes = [vraag.code for vraag, _ in whole_plan(fresh())[0].doelen[0].antwoorden]
    assert KLEUTERS not in codes
    assert len(codes) == 11

    said = [tik(f"antwoord-{code}-stand", "doen-we").text for code in codes]
    assert "<strong>11</strong> van 11" in said[-1]
    tik("inschaling-f0-1-score", "7")

    assert plan_stand(fresh())[0].doelen[0].is_af
    end = phase_end(dossier=fresh(), fase=Fase.BASISZORG, today=timezone.localdate())
    assert end.doelen[0].stand.nog == 0


def test_an_answer_that_was_given_stays_kept_and_seen(als, tom, basis, tik):
    """The school was one of basisonderwijs when it answered, or it came with an older version."""
    tik(f"antwoord-{KLEUTERS}-stand", "deels")
    School.objects.update(niveau="so")

    html = shown(als, tom, basis.dossier)

    assert WOORDEN in html
    assert "1 van 12 vragen" in html
    assert "<strong>2</strong> van 12" in tik("antwoord-f0-1-v01-stand", "doen-we").text
    paper = [vraag.code for vraag, _ in whole_plan(fresh())[0].doelen[0].antwoorden]
    assert KLEUTERS in paper
    assert plan_stand(fresh())[0].doelen[0].vragen == 12


def test_words_alone_keep_it_too(basis, tik):
    tik(f"antwoord-{KLEUTERS}-groeikans", "een kijkdag voor peuters")
    School.objects.update(niveau="so")

    assert plan_stand(fresh())[0].doelen[0].vragen == 12


def test_of_an_emptied_answer_nothing_stays(basis, tik):
    tik(f"antwoord-{KLEUTERS}-stand", "deels")
    School.objects.update(niveau="so")

    assert "<strong>0</strong> van 11" in tik(f"antwoord-{KLEUTERS}-stand", "", basis=1).text
    assert plan_stand(fresh())[0].doelen[0].vragen == 11


def test_what_was_typed_on_a_page_of_before_is_not_lost(als, tom, basis, url):
    """Without JavaScript: the page was read as a basisschool, and sent as another."""
    client = als(tom)
    form = whole_form(client.get(url, {"weergave": "lijst"}).text)
    School.objects.update(niveau="so")

    client.post(url, form | {f"antwoord-{KLEUTERS}-toelichting": "een kijkdag"})

    assert Antwoord.objects.get().toelichting == "een kijkdag"


@pytest.mark.parametrize(("niveau", "there"), [("bao", True), ("buo", True), ("so", False)])
def test_the_blank_plan_of_a_school_has_its_questions(huis, niveau, there):
    School.objects.update(niveau=niveau)

    html = pdf.blank_preventieplan_pdf(fresh()).html

    assert (WOORDEN in html) == there
    assert "alleen in" not in html


def test_the_blank_plan_for_any_school_has_them_all_and_says_so(versie):
    html = pdf.blank_pdf(versie).html

    question = re.search(r"Zet de school in op kleuterparticipatie.*?</p>", html, re.S)[0]
    assert "(alleen in BaO en BuO)" in question
    assert html.count("alleen in") == 1


def test_the_filled_plan_follows_the_school(huis):
    assert WOORDEN not in pdf.preventieplan_pdf(fresh(), bijlage=True).html

    School.objects.update(niveau="bao")

    assert WOORDEN in pdf.preventieplan_pdf(fresh(), bijlage=True).html


def test_who_reads_the_toolbox_sees_for_whom_it_is(als, tom, versie):
    html = als(tom).get(reverse("materiaal", args=["preventieplan"])).text

    question = re.search(r"Zet de school in op kleuterparticipatie.*?</li>", html, re.S)[0]
    assert "alleen in BaO en BuO" in question
