"""What was filled in last year stands beside, and counts once it is confirmed or written anew."""

from threading import Event

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from dossiers.acties.models import Actie
from dossiers.domain import close_dossier
from dossiers.models import Dossier, DossierAfgesloten
from dossiers.velden.domain.saving import SaveOutcome, save_veld
from preventieplan.domain.last_year import confirm
from preventieplan.models import Antwoord, Antwoordrevisie, Inschaling
from preventieplan.queries.last_year import Unconfirmed, unconfirmed_of
from preventieplan.queries.plan import plan_stand
from tests.concurrency import WAIT, at_once
from tests.dossiers.acties.looking_back import look_back
from tests.pages import whole_form
from tests.start.nieuw_jaar.conftest import VORIG, address, answer, start

pytestmark = pytest.mark.django_db

POORT, WOENSDAG, EERSTE = "Elke ochtend aan de poort.", "Ook op woensdag.", "De eerste minuut."


@pytest.fixture
def goal(nieuw):
    return address("doelstelling", nieuw, "f0-1")


@pytest.fixture
def druk(als, huis, goal):
    """Press a button of the goal page without JavaScript: everything on it is sent along."""

    def press(view="lijst", **buttons):
        tom = als(huis.team)
        sent = whole_form(tom.get(goal, {"weergave": view}).text)
        return tom.post(goal, sent | buttons, follow=True)

    return press


def here(nieuw, code="f0-1-v01") -> Antwoord | None:
    return Antwoord.objects.filter(dossier=nieuw, vraag__code=code).first()


@pytest.mark.parametrize("view", ["lijst", "bespreken"])
def test_it_is_shown_as_of_last_year_and_does_not_count(als, huis, nieuw, goal, view):
    page = als(huis.team).get(goal, {"weergave": view}).text
    for words in (POORT, WOENSDAG, EERSTE, f"In {VORIG}, nog niet bevestigd", "Klopt nog"):
        assert words in page
    # The score starts empty, with last year's words beside it.
    assert "wie er is, wordt begroet" in page
    fase = plan_stand(nieuw)[0]
    assert (fase.besproken, fase.doelen[0].score, fase.doelen[0].focus) == (0, None, "")
    # Who reads along sees it too, and confirms nothing.
    assert "Klopt nog" not in als(huis.lezer).get(goal, {"weergave": view}).text


@pytest.mark.parametrize("view", ["lijst", "bespreken"])
def test_tom_confirms_one_question(druk, huis, nieuw, view):
    page = druk(view, klopt_nog="f0-1-v01").text

    assert "Bevestigd." in page
    one = here(nieuw)
    assert (one.stand, one.toelichting, one.groeikans) == ("doen-we", POORT, WOENSDAG)
    rows = Antwoordrevisie.objects.filter(record=one).values_list("veld", "revisie", "door")
    assert set(rows) == {(veld, 1, huis.team.pk) for veld in Antwoord.VELDEN}
    assert here(nieuw, "f0-1-v02") is None
    assert plan_stand(nieuw)[0].besproken == 1


def test_tom_confirms_the_focus_and_then_all_of_the_goal(druk, nieuw):
    druk(klopt_nog="focus")
    assert Inschaling.objects.get(dossier=nieuw).focus == EERSTE
    assert Inschaling.objects.get(dossier=nieuw).score is None
    assert here(nieuw) is None

    druk(klopt_nog="alles")
    assert here(nieuw).toelichting == POORT
    assert here(nieuw, "f0-1-v02").stand == "deels"
    assert unconfirmed_of(_loaded(nieuw)).aantal == 0


def _loaded(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("school", "voortzetting__vorig").get(pk=dossier.pk)


def test_what_tom_rewrote_stays_and_the_rest_is_confirmed(druk, nieuw):
    druk(**{"antwoord-f0-1-v01-toelichting": "Enkel op maandag."})
    assert here(nieuw).stand == ""

    druk(klopt_nog="f0-1-v01")

    one = here(nieuw)
    assert (one.stand, one.toelichting, one.groeikans) == ("doen-we", "Enkel op maandag.", WOENSDAG)
    assert one.toelichting_revisie == 1


def test_what_is_typed_together_with_the_button_is_what_counts(druk, nieuw):
    druk(**{"klopt_nog": "f0-1-v01", "antwoord-f0-1-v01-toelichting": "Enkel op maandag."})
    assert here(nieuw).toelichting == "Enkel op maandag."
    assert here(nieuw).groeikans == WOENSDAG


def test_a_field_that_was_emptied_is_not_filled_again(druk, nieuw, huis):
    druk(**{"antwoord-f0-1-v01-groeikans": "Iets"})
    druk(**{"antwoord-f0-1-v01-groeikans": ""})

    assert confirm(dossier=nieuw, door=huis.team) == 3

    assert here(nieuw).groeikans == ""
    assert here(nieuw).toelichting == POORT


def test_a_question_that_is_not_on_the_page_can_not_be_confirmed(als, huis, goal):
    tom = als(huis.team)
    tom.get(goal)
    assert tom.post(goal, {"klopt_nog": "f3-1-v01"}).status_code == 404


def test_marie_confirms_all_at_once(als, huis, nieuw):
    marie = als(huis.medewerker)
    assert (
        f"Er staan nog 3 antwoorden van {VORIG}" in marie.get(address("preventieplan", nieuw)).text
    )
    read_along = als(huis.lezer).get(address("preventieplan", nieuw)).text
    assert f"Er staan nog 3 antwoorden van {VORIG}" in read_along
    assert address("vorig-bevestigen", nieuw) not in read_along
    page = marie.get(address("vorig-bevestigen", nieuw)).text
    assert "nog 3 antwoorden" in page

    done = marie.post(address("vorig-bevestigen", nieuw), follow=True)

    assert "Alles is bevestigd." in done.text
    assert "nog 3 antwoorden" not in done.text
    assert here(nieuw).gewijzigd_door == huis.medewerker
    assert confirm(dossier=nieuw, door=huis.team) == 0
    assert (
        "Alles van vorig schooljaar is bevestigd"
        in marie.get(address("vorig-bevestigen", nieuw)).text
    )


def test_a_dossier_that_goes_on_from_none_confirms_nothing(als, huis):
    tom = als(huis.team)
    assert tom.get(address("vorig-bevestigen", huis.dossier)).status_code == 404
    assert tom.get(address("naast-vorig", huis.dossier, "f0-1")).status_code == 404
    assert confirm(dossier=huis.dossier, door=huis.team) == 0


def test_in_a_closed_dossier_nothing_is_confirmed(huis, nieuw):
    close_dossier(dossier=nieuw, door=huis.ankerfiguur)
    with pytest.raises(DossierAfgesloten):
        confirm(dossier=nieuw, door=huis.team)


def test_a_question_that_the_school_does_not_need_is_not_confirmed(huis, gevuld):
    vraag = gevuld.planversie.doelstellingen.get(code="f0-1").vragen.get(code="f0-1-v03")
    answer(gevuld, vraag.code, huis.team, stand="deels")
    nieuw = start(gevuld, huis.ankerfiguur)
    type(vraag).objects.filter(pk=vraag.pk).update(niveaus="BaO")

    assert confirm(dossier=nieuw, door=huis.team, doelen=()) == 2

    assert here(nieuw, vraag.code) is None


@pytest.mark.parametrize(
    ("left", "says"),
    [
        (1, "staat nog 1 antwoord van {} dat jullie"),
        (2, "staan nog 2 antwoorden van {} die jullie"),
    ],
)
def test_one_that_is_left_is_told_as_one(huis, left, says):
    vorig = Unconfirmed(VORIG, ((huis.dossier, left),))
    context = {"vorig": vorig, "dossier": huis.dossier, "schrijven": True}
    said = render_to_string("preventieplan/delen/vorig_plan.html", context)
    assert says.format(VORIG) in said


# --- side by side ---------------------------------------------------------------


def test_a_goal_is_read_side_by_side(als, huis, nieuw, goal):
    lies = als(huis.lezer)
    assert address("naast-vorig", nieuw, "f0-1") in lies.get(goal).text

    page = lies.get(address("naast-vorig", nieuw, "f0-1")).text

    for words in (POORT, "wie er is, wordt begroet", "Gestopt", "stoppen", "loopt verder: bezig"):
        assert words in page
    assert "Geschrapt" not in page
    assert page.count("Over tijd") == 2


def test_what_the_team_saw_at_a_check_stands_at_the_action_of_then(als, huis, gevuld):
    look_back(Actie.objects.get(wat="Klaar"), huis.team, vaststelling="Half de klas doet mee.")
    nieuw = start(gevuld, huis.ankerfiguur)
    page = als(huis.team).get(address("naast-vorig", nieuw, "f0-1")).text
    assert "Half de klas doet mee." in page


@pytest.mark.parametrize(("score", "said"), [(8, "2 hoger"), (6, "gelijk"), (5, "1 lager")])
def test_a_score_of_now_is_compared(als, huis, nieuw, score, said):
    doel = nieuw.planversie.doelstellingen.get(code="f0-1")
    Inschaling.objects.create(dossier=nieuw, doelstelling=doel, score=score)
    page = als(huis.team).get(address("naast-vorig", nieuw, "f0-1")).text
    assert f"Score: {said}" in page


# --- how much it asks ---------------------------------------------------------------


def test_it_asks_the_same_however_much_there_is(
    als, huis, gevuld, nieuw, django_assert_num_queries
):
    tom = als(huis.team)
    pages = {
        address("doelstelling", nieuw, "f0-1"): 13,
        address("naast-vorig", nieuw, "f0-1"): 10,
        address("vorig-bevestigen", nieuw): 8,
    }
    for _ in range(2):
        for page, queries in pages.items():
            tom.get(page)
            with django_assert_num_queries(queries):
                tom.get(page)
        for vraag in gevuld.planversie.doelstellingen.get(code="f0-1").vragen.all()[3:]:
            more = {"toelichting": "Nog iets."}
            Antwoord.objects.get_or_create(dossier=gevuld, vraag=vraag, defaults=more)


@pytest.mark.parametrize("more", [0, 4])
def test_confirming_all_takes_a_constant_number_of_statements(
    huis, gevuld, nieuw, django_assert_num_queries, more
):
    for doel in gevuld.planversie.doelstellingen.prefetch_related("vragen")[1 : 1 + more]:
        for vraag in doel.vragen.all():
            Antwoord.objects.create(dossier=gevuld, vraag=vraag, toelichting="Nog iets.")
    with django_assert_num_queries(16):
        assert confirm(dossier=nieuw, door=huis.team) >= 3


# --- at the same moment ---------------------------------------------------------------


def test_who_rewrites_what_was_just_confirmed_sees_both(huis, nieuw):
    vraag = nieuw.planversie.doelstellingen.get(code="f0-1").vragen.get(code="f0-1-v01")
    mine = Antwoord(dossier=nieuw, vraag=vraag)
    confirm(dossier=nieuw, door=huis.medewerker)

    result = save_veld(
        record=mine, veld="toelichting", waarde="Enkel op maandag.", basis=0, door=huis.team
    )

    assert result.outcome == SaveOutcome.CONFLICT
    assert (result.other_text.waarde, result.other_text.door) == (POORT, huis.medewerker)


@pytest.mark.django_db(transaction=True)
def test_a_save_meets_a_confirmation_that_is_not_done_yet(huis, gevuld):
    nieuw = start(gevuld, huis.ankerfiguur)
    vraag = nieuw.planversie.doelstellingen.get(code="f0-1").vragen.get(code="f0-1-v01")
    confirmed, asked = Event(), Event()

    def confirming():
        with transaction.atomic():
            confirm(dossier=nieuw, door=huis.medewerker)
            confirmed.set()
            asked.wait(WAIT)

    def saving():
        confirmed.wait(10)
        asked.set()
        mine = Antwoord(dossier=nieuw, vraag=vraag)
        return save_veld(
            record=mine, veld="toelichting", waarde="Enkel op maandag.", basis=0, door=huis.team
        ).outcome

    assert at_once(confirming, saving) == [None, SaveOutcome.CONFLICT]


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_once(huis, gevuld):
    nieuw = start(gevuld, huis.ankerfiguur)

    def confirming():
        return confirm(dossier=nieuw, door=huis.team)

    assert sorted(at_once(confirming, confirming)) == [0, 3]
    assert Antwoordrevisie.objects.filter(record__dossier=nieuw).count() == 4
