"""The page of one dossier."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.domain import close_dossier
from dossiers.materialen.models import Fase
from dossiers.mensen.models import Lidmaatschap, Rol
from dossiers.velden.domain.saving import save_veld
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Antwoord, Checklistvraag, Doelstelling
from tests.conftest import make_user
from tests.start.conftest import plan, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(dossier):
    return reverse("dossier", args=[dossier.pk])


@pytest.fixture
def lees(als, url):
    """The text of the page as seen by a user."""

    def get(user):
        html = als(user).get(url).content.decode()
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    return get


def answer(dossier, code, stand, door):
    vraag = Checklistvraag.objects.get(doelstelling__versie=dossier.planversie, code=code)
    antwoord = Antwoord(dossier=dossier, vraag=vraag)
    save_veld(record=antwoord, veld="stand", waarde=stand, basis=0, door=door)


def test_who_and_when_stand_on_top(lees, huis):
    text = lees(huis.team)

    assert "Schooljaar 2026-2027 · Mechelen, secundair onderwijs · met CLB Ten Berg" in text
    assert "Open sinds" in text


def test_an_empty_dossier_shows_the_first_step(als, lees, huis, url):
    assert "Start met fase 0: Verbindend schoolklimaat" in lees(huis.team)
    html = als(huis.team).get(url).content.decode()
    assert reverse("doelstelling", args=[huis.dossier.pk, "f0-1"]) in html


def test_a_dossier_that_was_begun_shows_the_next_step(lees, huis):
    score(huis.dossier, "f0-2", 6)

    text = lees(huis.team)

    assert "Verder met fase 0 Verbindend schoolklimaat: 11 vragen, dan jullie score" in text


def test_the_next_step_says_how_much_is_left(lees, huis):
    # The eleventh is for schools with kleuters, which this one is not.
    for nummer in range(1, 11):
        answer(huis.dossier, f"f0-1-v{nummer:02}", "doen-we", huis.team)
    assert "Verbindend schoolklimaat: nog 1 van 11 vragen, dan jullie score" in lees(huis.team)

    answer(huis.dossier, "f0-1-v12", "weten-niet", huis.team)
    assert "Verbindend schoolklimaat: alle vragen besproken, nu jullie score" in lees(huis.team)


def test_the_next_step_is_the_first_goal_that_is_not_done(lees, huis):
    for vraag in Checklistvraag.objects.filter(doelstelling__code="f0-1"):
        answer(huis.dossier, vraag.code, "doen-we", huis.team)
    assert "Verder waar jullie stopten Verbindend schoolklimaat" in lees(huis.team)

    score(huis.dossier, "f0-1", 8)
    assert "Verder met fase 0 Inschrijvingsbeleid" in lees(huis.team)


def test_who_cannot_write_gets_no_next_step_but_the_routekaart_on_top(als, lees, huis, url):
    def is_on_top(user):
        html = als(user).get(url).text
        (button,) = re.findall(r'<a class="btn btn-primary"[^>]*>', html)
        return reverse("routekaart", args=[huis.dossier.pk]) in button

    assert not is_on_top(huis.team)
    assert is_on_top(huis.lezer)
    assert "Start met" not in lees(huis.lezer)

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert is_on_top(huis.team)
    assert "Start met" not in lees(huis.team)


def complete(dossier, fase, door):
    """Discuss every question of a phase, and score every goal of it."""
    vragen = Checklistvraag.objects.filter(doelstelling__versie=dossier.planversie)
    for vraag in vragen.filter(doelstelling__fase=fase).asked_of(dossier):
        answer(dossier, vraag.code, "doen-we", door)
    for doel in dossier.planversie.doelstellingen.filter(fase=fase):
        score(dossier, doel.code, 6)


def test_a_phase_that_is_complete_first_asks_what_comes_first(lees, huis):
    complete(huis.dossier, 0, huis.team)
    assert "Fase 0 is rond Wat komt eerst? Kies samen jullie prioriteiten" in lees(huis.team)

    choose_priorities(dossier=huis.dossier, fase=Fase(0), codes=["f0-4"], door=huis.team)
    text = lees(huis.team)
    assert "Wat komt eerst?" not in text
    assert "Verder met fase 1" in text
    assert "rond · prioriteit: Opvolging afwezigheden na registratie" in text


def test_who_went_on_without_priorities_is_not_asked_again(lees, huis):
    complete(huis.dossier, 0, huis.team)
    answer(huis.dossier, "f1-1-v01", "doen-we", huis.team)

    text = lees(huis.team)

    assert "Wat komt eerst?" not in text
    assert "Verder waar jullie stopten" in text


def test_a_plan_that_is_complete_leads_to_its_actions(lees, huis):
    for fase in Fase:
        complete(huis.dossier, fase, huis.team)
    assert "Fase 3 is rond" in lees(huis.team)

    choose_priorities(dossier=huis.dossier, fase=Fase(3), codes=["f3-1"], door=huis.team)
    assert "Volg jullie acties op" in lees(huis.team)


def test_progress_counts_the_questions_with_a_chosen_stand(lees, huis):
    answer(huis.dossier, "f0-1-v01", "deels", huis.team)
    answer(huis.dossier, "f0-1-v02", "nvt", huis.team)
    vraag = Checklistvraag.objects.get(code="f0-1-v03")
    only_words = Antwoord(dossier=huis.dossier, vraag=vraag)
    save_veld(record=only_words, veld="toelichting", waarde="Soms", basis=0, door=huis.team)
    vragen = Checklistvraag.objects.filter(doelstelling__fase=0)
    in_fase_0 = vragen.asked_of(huis.dossier).count()

    assert f"Brede basiszorg 2 van {in_fase_0} vragen" in lees(huis.team)


def test_what_the_team_does_not_know_yet_is_counted_and_has_a_way_to_it(als, lees, huis, url):
    assert "uit te zoeken" not in lees(huis.team)

    answer(huis.dossier, "f0-1-v01", "weten-niet", huis.team)
    answer(huis.dossier, "f1-1-v01", "weten-niet", huis.team)
    answer(huis.dossier, "f0-1-v02", "deels", huis.team)

    assert "uit te zoeken: 2 vragen" in lees(huis.team)
    plan_page = reverse("preventieplan", args=[huis.dossier.pk])
    assert f'href="{plan_page}#uit-te-zoeken"' in als(huis.team).get(url).text
    html = als(huis.team).get(plan_page).text
    section = html.split('id="uit-te-zoeken"')[1].split("</section>")[0]
    goal = reverse("doelstelling", args=[huis.dossier.pk, "f0-1"])
    assert f'href="{goal}#vraag-f0-1-v01"' in section
    assert "#vraag-f1-1-v01" in section
    assert "#vraag-f0-1-v02" not in section


def test_of_much_that_the_team_does_not_know_the_plan_shows_five_and_folds_the_rest(als, huis):
    plan_page = reverse("preventieplan", args=[huis.dossier.pk])

    def shown() -> tuple[int, int]:
        html = als(huis.team).get(plan_page).text.split('id="uit-te-zoeken"')[1]
        first, _, folded = html.split("</section>")[0].partition("<details>")
        return first.count("#vraag-"), folded.count("#vraag-")

    for nummer in range(1, 6):
        answer(huis.dossier, f"f0-1-v{nummer:02}", "weten-niet", huis.team)
    assert shown() == (5, 0)
    answer(huis.dossier, "f0-1-v06", "weten-niet", huis.team)
    assert shown() == (5, 1)


def test_the_scores_stand_in_words_too(lees, huis):
    score(huis.dossier, "f0-1", 6)

    assert "Scores: Verbindend schoolklimaat 6 op 10, Inschrijvingsbeleid nog niet" in lees(
        huis.team
    )


def test_the_four_actions_that_ask_most_late_ones_first(lees, huis):
    tom = huis.team
    plan(huis.dossier, "Ooit", door=tom)
    plan(huis.dossier, "Later dan ooit", door=tom, wie="Tom", wanneer="in juni")
    plan(huis.dossier, "Volgende maand", door=tom, wanneer_op=30)
    plan(huis.dossier, "Morgen", door=tom, wanneer_op=1)
    plan(huis.dossier, "Te controleren", door=tom, stand="klaar", check_op=-3)
    plan(huis.dossier, "Gestopt", door=tom, wanneer_op=-9, besluit="stoppen")
    plan(huis.dossier, "Af", door=tom, wanneer_op=-9, stand="klaar")
    plan(huis.dossier, "Geborgd", door=tom, stand="klaar", check_op=-9, besluit="borgen")
    plan(huis.dossier, "Geschrapt", door=tom, wanneer_op=-9, geschrapt_op=timezone.now())

    text = lees(tom)

    shown = re.findall(
        "Te controleren|Morgen|Volgende maand|Later|Ooit|Gestopt|Af |Geborgd|Geschrapt", text
    )
    assert shown == ["Te controleren", "Morgen", "Volgende maand", "Ooit"]
    assert "Check: Te controleren" in text
    assert text.count("over tijd sinds") == 1
    assert "Nog 1 actie " in text
    # Those that are finished ask for nobody, and "Te controleren" was done.
    assert "3 zonder wie of wanneer" in text


def test_what_has_nobody_or_no_moment_yet_says_so_here_and_in_the_overview(als, huis, url):
    tom, dossier = huis.team, huis.dossier
    plan(dossier, "Zonder wie", door=tom, wanneer="eens in mei")
    plan(dossier, "Zonder wanneer", door=tom, wie="Sofie")
    plan(dossier, "Met alleen een check", door=tom, wie="Sofie", check_op=20)
    plan(dossier, "Met beide", door=tom, wie="Sofie", wanneer_op=9)

    def said(html, tag):
        rows = re.findall(rf"<{tag}[ >].*?</{tag}>", html, re.S)
        words = (" ".join(re.sub("<[^>]+>", " ", row).split()) for row in rows)
        return {
            wat: [lack for lack in ("nog niemand", "nog geen moment") if lack in row]
            for row in words
            for wat in re.findall("Zonder wie|Zonder wanneer|Met alleen een check|Met beide", row)
        }

    here = als(tom).get(url).text
    lacks = {
        "Zonder wie": ["nog niemand"],
        "Zonder wanneer": ["nog geen moment"],
        "Met alleen een check": ["nog geen moment"],
    }
    assert said(here, "li") == {**lacks, "Met beide": []}
    (way,) = re.findall(r'href="([^"]+)">3 zonder wie of wanneer<', here)
    assert said(als(tom).get(way).text, "tr") == lacks


@pytest.mark.parametrize(("over", "week"), [(-1, False), (0, True), (7, True), (8, False)])
def test_this_week_is_today_and_the_seven_days_after_it(lees, huis, over, week):
    plan(huis.dossier, "Onthaal", door=huis.team, wanneer_op=over)

    text = lees(huis.team)

    assert ("deze week," in text) == week
    assert ("over tijd sinds" in text) == (over < 0)


def test_every_late_action_stands_there_up_to_eight(lees, huis):
    for nummer in range(6):
        plan(huis.dossier, f"Laat {nummer}", door=huis.team, wanneer_op=-1)
    assert lees(huis.team).count("over tijd sinds") == 6

    for nummer in range(6, 10):
        plan(huis.dossier, f"Laat {nummer}", door=huis.team, wanneer_op=-1)
    text = lees(huis.team)
    assert text.count("over tijd sinds") == 8
    assert "Nog 2 acties" in text


def test_an_action_opens_in_the_overview_for_who_may_change_it(als, huis, url):
    actie = plan(huis.dossier, "Onthaal", door=huis.team)
    overview = reverse("overzicht", args=[huis.dossier.pk])

    assert f"{overview}?open={actie.pk}#actie-{actie.pk}" in als(huis.team).get(url).text
    assert f'"{overview}#actie-{actie.pk}"' in als(huis.lezer).get(url).text


def test_a_check_leads_to_its_page_for_who_may_do_it(als, huis, url):
    actie = plan(huis.dossier, "Onthaal", door=huis.team, stand="klaar", check_op=-3)
    page = f'"{reverse("check", args=[huis.dossier.pk, actie.pk])}"'

    assert page in als(huis.team).get(url).text
    assert page not in als(huis.lezer).get(url).text


def test_nothing_is_late_in_a_closed_dossier(lees, huis):
    plan(huis.dossier, "Te controleren", door=huis.team, check_op=-3)
    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)

    text = lees(huis.team)

    assert "over tijd" not in text
    assert "Je kan alles lezen, maar niets wijzigen" in text


def test_the_team_are_the_people_who_may_open_it(als, url, lees, huis, ander_huis):
    weg = make_user("Wegens")
    Lidmaatschap.objects.create(
        user=weg,
        school=huis.school,
        rol=Rol.SCHOOLTEAM,
        sinds=timezone.now() - timedelta(days=9),
        actief_tot=timezone.now(),
    )
    inactive = make_user("Inactief")
    inactive.is_active = False
    inactive.save()
    Lidmaatschap.objects.create(user=inactive, school=huis.school, rol=Rol.LEZER)

    text = lees(huis.team)

    assert "An (CLB), Marie (CLB), Tom, Lies (leest mee)" in text
    assert reverse("school", args=[huis.school.pk]) in als(huis.team).get(url).text
    assert "Wegens" not in text
    assert "Inactief" not in text
    assert "Anna" not in text


def test_who_stands_in_as_ankerfiguur_is_named_once(lees, huis):
    Lidmaatschap.objects.create(user=huis.medewerker, clb=huis.clb, rol=Rol.ANKERFIGUUR)

    assert "An (CLB), Marie (CLB), Tom, Lies (leest mee)" in lees(huis.team)


@pytest.mark.parametrize(
    "naam", ["preventieplan", "overzicht", "routekaart", "routekaart-pdf", "preventieplan-pdf"]
)
def test_everything_in_a_dossier_is_one_click_away(als, huis, url, naam):
    html = als(huis.lezer).get(url).content.decode()

    assert reverse(naam, args=[huis.dossier.pk]) in html


def test_only_an_ankerfiguur_closes_and_reopens(als, huis, url):
    close, reopen = (
        reverse(naam, args=[huis.dossier.pk]) for naam in ("dossier-afsluiten", "dossier-heropenen")
    )
    assert f'href="{close}"' in als(huis.ankerfiguur).get(url).content.decode()
    for user in (huis.medewerker, huis.team, huis.lezer):
        assert close not in als(user).get(url).content.decode()

    close_dossier(dossier=huis.dossier, door=huis.ankerfiguur)
    assert f'href="{reopen}"' in als(huis.ankerfiguur).get(url).content.decode()
    assert reopen not in als(huis.team).get(url).content.decode()


def test_a_stranger_sees_nothing(als, ander_huis, oscar, url):
    for user in [*ander_huis.people.values(), oscar]:
        assert als(user).get(url).status_code == 404


def test_a_full_dossier_takes_as_many_queries_as_an_empty_one(
    als, huis, url, django_assert_num_queries
):
    client = als(huis.team)
    with django_assert_num_queries(19):
        client.get(url)

    for doel in Doelstelling.objects.all():
        score(huis.dossier, doel.code, 4)
        plan(huis.dossier, doel.kort, door=huis.team, wanneer_op=-1)
    with django_assert_num_queries(19):
        client.get(url)
