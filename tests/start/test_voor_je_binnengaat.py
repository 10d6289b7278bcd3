"""Before An enters a school: what moved since she was there, what she promised, what to ask."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.oudergesprekken.models import Geheimrevisie
from dossiers.acties.domain.acties import create_actie
from dossiers.acties.models import Actie, Trekker
from dossiers.logboek.models import Logregel
from dossiers.velden.domain.saving import save_veld
from dossiers.velden.models import Revisie
from preventieplan.domain.acties import create_planactie
from preventieplan.domain.priorities import choose_priorities
from preventieplan.models import Antwoord, Antwoordrevisie, Inschaling, Inschalingrevisie
from preventieplan.queries.stand import plan_stand
from start.domain.visits import Changes, MovedAction, MovedScore, Signs, question_to_ask
from start.queries.visit import HISTORIES, last_visit

SINDS = date(2026, 11, 12)
STIL = Changes(SINDS)


def moved(*scores) -> Changes:
    return Changes(SINDS, scores=tuple(MovedScore(*one) for one in scores))


@pytest.mark.parametrize(
    ("signs", "question"),
    [
        (
            Signs(te_laat="Registratiebeleid", changes=moved(("Klimaat", 6, 4))),
            "Bij Registratiebeleid is een afspraak over tijd. Wat zou haar vooruit helpen?",
        ),
        (
            Signs(te_laat="fase 1"),
            "Bij fase 1 is een afspraak over tijd. Wat zou haar vooruit helpen?",
        ),
        (Signs(te_laat=""), "Een afspraak is over tijd. Wat zou haar vooruit helpen?"),
        (
            Signs(changes=moved(("A", 6, 5), ("B", 7, 4), ("C", 2, 8)), zonder_actie="D"),
            "B ging van 7 naar 4. Wat werd er moeilijker?",
        ),
        (
            Signs(changes=moved(("A", 1, 0)), zonder_score="B"),
            "A ging van 1 naar 0. Wat werd er moeilijker?",
        ),
        (
            Signs(changes=STIL, zonder_actie="A", zonder_score="B"),
            "A komt bij jullie eerst. Wat is de kleinste stap die nu kan?",
        ),
        (
            Signs(changes=STIL, zonder_score="B"),
            "B is helemaal besproken. Welke score geven jullie?",
        ),
        (Signs(changes=STIL), "Sinds vorige keer bleef het stil. Wat kwam ertussen?"),
        (
            Signs(changes=moved(("A", 4, 5), ("B", 0, 10))),
            "B ging van 0 naar 10. Wat werkte, en hoe blijft dat?",
        ),
        # A first score, or one that was taken back, went neither up nor down.
        (
            Signs(changes=moved(("A", None, 5), ("B", 5, None))),
            "Waar zijn jullie trots op, en wat mag er volgende keer anders?",
        ),
        (Signs(), "Waar zijn jullie trots op, en wat mag er volgende keer anders?"),
    ],
)
def test_the_question_is_of_what_is_stuck_first(signs, question):
    assert question_to_ask(signs) == question


def test_how_much_changed_in_a_line():
    much = Changes(
        SINDS,
        scores=(MovedScore("A", 4, 5),),
        antwoorden=(("A", 2), ("B", 1)),
        acties=(MovedAction("peter", "nieuw"), MovedAction("meter", "gedaan")),
        gesprekken=("Eerste ronde",),
    )
    assert much.in_short == "1 score, 3 vragen, 2 acties, 1 gesprek"
    assert STIL.in_short == "niets veranderd"


# --- in a dossier ---------------------------------------------------------------------------------

pytest_db = pytest.mark.django_db


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def save(record, veld, waarde, door, days):
    save_veld(record=record, veld=veld, waarde=waarde, basis=record.revisie(veld), door=door)
    record.history().filter(veld=veld, revisie=record.revisie(veld)).update(op=days_ago(days))


@pytest.fixture
def an_was_there(huis, doel, vraag):
    """Twelve days ago An wrote an answer; the score stood at 6 then."""
    save(Antwoord(dossier=huis.dossier, vraag=vraag), "stand", "deels", huis.ankerfiguur, 12)
    score = Inschaling(dossier=huis.dossier, doelstelling=doel)
    save(score, "score", 6, huis.team, 13)
    return score


@pytest.fixture
def url(dossier):
    return reverse("voor-je-binnengaat", args=[dossier.pk])


@pytest_db
def test_last_time_is_the_last_day_before_today_on_which_she_wrote(huis, an_was_there, vraag):
    today = timezone.localdate()
    ask = {"dossier": huis.dossier, "today": today}
    assert last_visit(user=huis.ankerfiguur, **ask) == timezone.localdate(days_ago(12))
    # What she writes today is this time.
    antwoord = Antwoord.objects.get()
    save(antwoord, "toelichting", "nu", huis.ankerfiguur, 0)
    assert last_visit(user=huis.ankerfiguur, **ask) == timezone.localdate(days_ago(12))

    assert last_visit(user=huis.team, **ask) == timezone.localdate(days_ago(13))
    assert last_visit(user=huis.medewerker, **ask) is None


def test_whatever_somebody_saves_with_a_team_counts_as_having_been_there():
    """Not what stays with the CLB: it would tell the school that somebody wrote."""
    kept = {one for one in apps.get_models() if issubclass(one, Revisie)}

    assert {one for one in kept if not issubclass(one, Geheimrevisie)} == set(HISTORIES)


@pytest_db
def test_she_reads_what_others_did_since(als, huis, an_was_there, vraag, doel, url, dossier):
    an, tom = huis.ankerfiguur, huis.team
    save(an_was_there, "score", 4, tom, 3)
    save(Antwoord.objects.get(), "toelichting", "wij noteren het", tom, 2)
    nieuw = create_planactie(dossier=dossier, doelstelling=doel, wat="een peter", door=tom)
    klaar = create_planactie(dossier=dossier, doelstelling=doel, wat="een kring", door=an)
    save(klaar, "stand", "klaar", tom, 1)

    html = als(an).get(url).text

    assert "Verbindend schoolklimaat: van 6 naar 4" in html
    assert "Verbindend schoolklimaat: aan 1 vraag gewerkt" in html
    assert "Nieuw: een peter" in html
    assert "Gedaan: een kring" in html
    assert "Verbindend schoolklimaat ging van 6 naar 4. Wat werd er moeilijker?" in html
    page = als(an).get(reverse("dossier", args=[dossier.pk])).text
    assert "1 score, 1 vraag, 2 acties." in page
    assert nieuw.pk != klaar.pk


@pytest_db
def test_what_she_did_herself_or_before_is_no_news(als, huis, an_was_there, url, dossier, doel):
    save(an_was_there, "score", 7, huis.ankerfiguur, 0)
    create_planactie(dossier=dossier, doelstelling=doel, wat="van mij", door=huis.ankerfiguur)

    html = als(huis.ankerfiguur).get(url).text

    assert "Sindsdien veranderden je collega" in html
    assert "van 6 naar 7" not in html
    assert "Nieuw: van mij" not in html


@pytest_db
def test_who_never_wrote_there_reads_what_stands_open(als, huis, an_was_there, url, dossier):
    html = als(huis.medewerker).get(url).text

    assert "Je schreef hier nog niets." in html
    assert reverse("overdracht", args=[dossier.pk]) in html
    assert (
        "Sinds vorige keer</b>"
        not in als(huis.medewerker).get(reverse("dossier", args=[dossier.pk])).text
    )


@pytest_db
def test_her_promises_are_those_that_name_her_or_that_she_pulls(als, huis, dossier, url):
    an, tom = huis.ankerfiguur, huis.team
    create_actie(dossier=dossier, wat="de cijfers meebrengen", wie="An en Tom", door=tom)
    pulled = create_actie(dossier=dossier, wat="de kaart bijwerken", wie="het CLB", door=tom)
    Trekker.objects.create(actie=pulled, gebruiker=an)
    create_actie(dossier=dossier, wat="de brief sturen", wie="Tom", door=tom)
    done = create_actie(dossier=dossier, wat="is al klaar", wie="An", door=tom)
    Actie.objects.filter(pk=done.pk).update(stand="klaar")

    html = als(an).get(url).text
    theirs = html.split("Wat jij beloofde", 1)[1]

    assert "de cijfers meebrengen" in theirs
    assert "de kaart bijwerken" in theirs
    assert "de brief sturen" not in theirs
    assert "is al klaar" not in theirs
    assert "Er staat niets op jouw naam." in als(huis.medewerker).get(url).text


@pytest_db
def test_a_promise_past_its_day_and_a_priority_without_an_action_are_asked_about(
    als, huis, dossier, doel, url
):
    choose_priorities(
        dossier=dossier, fase=plan_stand(dossier)[0].fase, codes=["f0-2"], door=huis.team, seen=None
    )
    assert "Inschrijvingsbeleid komt bij jullie eerst." in als(huis.ankerfiguur).get(url).text
    actie = create_planactie(dossier=dossier, doelstelling=doel, wat="brief", door=huis.team)
    Actie.objects.filter(pk=actie.pk).update(wanneer_op=timezone.localdate(days_ago(1)))

    html = als(huis.ankerfiguur).get(url).text

    assert "Bij Verbindend schoolklimaat is een afspraak over tijd." in html
    # The question itself says nothing that somebody typed.
    assert "brief" not in html.split('id="vraag"', 1)[1].split("</h2>", 1)[0]


@pytest_db
def test_reading_it_keeps_nothing(als, huis, an_was_there, url):
    counts = [model.objects.count() for model in (Antwoordrevisie, Inschalingrevisie, Logregel)]

    als(huis.ankerfiguur).get(url)

    assert counts == [
        model.objects.count() for model in (Antwoordrevisie, Inschalingrevisie, Logregel)
    ]


@pytest_db
def test_it_takes_the_same_queries_however_much_changed(
    als, huis, an_was_there, url, dossier, doel, django_assert_num_queries
):
    client = als(huis.ankerfiguur)
    client.get(url)
    with django_assert_num_queries(22):
        client.get(url)
    for nummer in range(5):
        create_planactie(
            dossier=dossier, doelstelling=doel, wat=f"actie {nummer}", wie="An", door=huis.team
        )
    save(an_was_there, "score", 4, huis.team, 0)
    with django_assert_num_queries(22):
        client.get(url)


@pytest_db
def test_mijn_scholen_leads_there_for_a_school_that_asks_for_somebody(als, huis, url, doel):
    assert url not in als(huis.ankerfiguur).get(reverse("scholen")).text
    actie = create_planactie(dossier=huis.dossier, doelstelling=doel, wat="x", door=huis.team)
    Actie.objects.filter(pk=actie.pk).update(wanneer_op=timezone.localdate(days_ago(1)))

    assert url in als(huis.ankerfiguur).get(reverse("scholen")).text
    # The board reads along, and has no part in this.
    assert url not in als(huis.lezer).get(reverse("scholen")).text
