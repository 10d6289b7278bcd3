"""Who tries to learn what one teacher answered: each way by its name.

A stranger with the link, a colleague, a curious headmaster, and who reads the database.
"""

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from threading import Event

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dossiers.anoniem.domain import bevragingen as surveys
from dossiers.anoniem.domain.bevragingen import (
    BevragingGesloten,
    BevragingVol,
    ErLooptEenBevraging,
    MagNuNiet,
    ResultaatStaatVast,
    close_bevraging,
    set_last_day,
)
from dossiers.anoniem.domain.golven import FLOOD, Effect, Lately, let_count, set_aside
from dossiers.domain import close_dossier, open_dossier
from dossiers.logboek.models import Logregel
from preventieplan.models import Antwoord
from preventieplan.spiegel import models
from preventieplan.spiegel.domain.antwoorden import give_answer
from preventieplan.spiegel.domain.spiegels import open_spiegel, put_on_paper
from preventieplan.spiegel.models import Golftelling, Spiegel, Spiegeldag, Spiegelgolf, Spiegelvraag
from preventieplan.spiegel.queries.beside import printed_mirrors, with_mirror
from preventieplan.spiegel.queries.spiegels import find_spiegel, result_of
from stsdialoog.counters.models import Counter
from tests.client import Browser
from tests.concurrency import WAIT, at_once
from tests.pages import whole_form
from tests.preventieplan.spiegel.spiegels import (
    DEELS,
    DOEN,
    EEN,
    NIET,
    TWEE,
    WEET_NIET,
    counts,
    day,
    gives,
    link,
    opened,
    page,
    settled,
    team_says,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_process_that_just_started(monkeypatch):
    caches["rate_limit"].clear()
    monkeypatch.setattr(surveys, "MAX_PER_WINDOW", 10_000)


def words(html: str) -> str:
    main = html.split("<main")[1].split("</main>", maxsplit=1)[0]
    main = re.sub(r'<input type="hidden"[^>]*>', "", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def result(spiegel: Spiegel):
    stand = find_spiegel(dossier=spiegel.dossier, pk=spiegel.pk)
    return result_of(stand) if stand else None


# --- A curious headmaster -------------------------------------------------------------------------


def test_he_reloads_while_a_colleague_puts_her_phone_away(als, tom, dossier):
    made = opened(dossier, tom)
    pages = (
        page(made),
        *(reverse(name, args=[dossier.pk]) for name in ("spiegels", "dossier", "preventieplan")),
        f"{reverse('doelstelling', args=[dossier.pk, 'f0-1'])}?weergave=lijst",
    )
    before = [words(als(tom).get(url).text) for url in pages]
    gives(made, DOEN, NIET, DEELS, DEELS)
    assert [words(als(tom).get(url).text) for url in pages] == before

    Spiegeldag.objects.update(dag=day(-1))
    shown = words(als(tom).get(page(made)).text)
    assert "Tot en met gisteren antwoordden 4 collega's." in shown
    assert "nog niet 1" not in shown


def test_he_closes_and_reopens_after_each_answer(als, tom, dossier):
    made = opened(dossier, tom)
    for _ in range(4):
        gives(made, NIET)
        als(tom).post(page(made), {"sluit": "1"})
        shown = words(als(tom).get(page(made)).text)
        assert "Tot en met gisteren nog geen antwoorden" in shown
        assert "We tonen ze niet" in shown
        als(tom).post(page(made), {"tot": day(3).isoformat()})
    assert result(made) is None


def test_he_asks_a_team_of_four(als, tom, dossier):
    made = settled(dossier, tom, DOEN, NIET, NIET, DEELS)
    assert result(made) is None
    shown = words(als(tom).get(page(made)).text)
    assert "collega's zouden kunnen raden wie wat antwoordde" in shown
    assert (
        "spiegel-naast"
        not in als(tom)
        .get(f"{reverse('doelstelling', args=[dossier.pk, 'f0-1'])}?weergave=lijst")
        .text
    )
    pdf = reverse("spiegel-pdf", args=[dossier.pk, made.pk])
    assert als(tom).get(pdf).status_code == HTTPStatus.NOT_FOUND
    als(tom).post(page(made), {"op_papier": "1"})
    assert not Spiegel.objects.get().op_papier
    assert printed_mirrors(dossier) == {}


def test_he_asks_again_when_somebody_joined(dossier, tom):
    settled(dossier, tom, *[DOEN] * 5)
    with pytest.raises(MagNuNiet):
        opened(dossier, tom, EEN)


def test_he_asks_again_in_the_dossier_of_another_schooljaar(dossier, tom):
    settled(dossier, tom, *[DOEN] * 5)
    other = open_dossier(school=dossier.school, schooljaar=dossier.schooljaar + 1, door=tom)
    team_says(other, **{EEN: DOEN})
    with pytest.raises(MagNuNiet):
        open_spiegel(dossier=other, vragen=[EEN], tot=day(3), door=tom)


def test_he_asks_the_same_people_at_once_in_two_dossiers(dossier, tom):
    opened(dossier, tom, EEN)
    other = open_dossier(school=dossier.school, schooljaar=dossier.schooljaar + 1, door=tom)
    team_says(other, **{TWEE: DOEN})
    with pytest.raises(ErLooptEenBevraging):
        open_spiegel(dossier=other, vragen=[TWEE], tot=day(3), door=tom)


def test_he_closes_the_dossier_asks_in_the_next_one_and_opens_it_again(dossier, tom, an):
    """Two would run at once; and both results would come, of the same question."""
    made = opened(dossier, tom, EEN, tot=day(3))
    gives(made, *[DOEN] * 5)
    close_dossier(dossier=dossier, door=an)
    other = open_dossier(school=dossier.school, schooljaar=dossier.schooljaar + 1, door=tom)
    team_says(other, **{EEN: DOEN, TWEE: DOEN})
    for code in (EEN, TWEE):
        with pytest.raises(ErLooptEenBevraging):
            open_spiegel(dossier=other, vragen=[code], tot=day(3), door=tom)

    # Its last day passes in the closed dossier too, and its question rests from then on.
    Spiegel.objects.update(tot=day(-1))
    assert result(Spiegel.objects.get()) is not None
    with pytest.raises(MagNuNiet):
        open_spiegel(dossier=other, vragen=[EEN], tot=day(3), door=tom)
    open_spiegel(dossier=other, vragen=[TWEE], tot=day(3), door=tom)


def test_he_asks_again_before_he_decides_on_a_wave(als, dossier, tom):
    """He would read both results side by side, once he decides."""
    waits = settled(dossier, tom, *[DOEN] * FLOOD, codes=(EEN,))
    assert result(waits) is None
    with pytest.raises(MagNuNiet):
        opened(dossier, tom, EEN)
    asked = words(als(tom).get(reverse("spiegel-nieuw", args=[dossier.pk])).text)
    assert "Die vragen legden jullie de voorbije 180 dagen al voor" in asked

    # What was made up shows nothing, so it keeps nobody from asking.
    golf = Spiegelgolf.objects.get()
    set_aside(bevraging=waits, golven=[golf.pk], agreed=(), door=tom)
    opened(dossier, tom, EEN)


@pytest.mark.parametrize("ended", [False, True])
def test_he_sets_a_wave_aside_asks_again_and_lets_it_count_after_all(als, dossier, tom, ended):
    first = settled(dossier, tom, *[DOEN] * FLOOD, codes=(EEN,))
    golf = Spiegelgolf.objects.get()
    set_aside(bevraging=first, golven=[golf.pk], agreed=(), door=tom)
    second = settled(dossier, tom, codes=(EEN,)) if ended else opened(dossier, tom, EEN)

    shown = als(tom).get(page(first)).text
    form = whole_form(shown.split('id="golven"')[1].split("</section>")[0])
    asked = form | {"golf": str(golf.pk), "golven": "telt", "akkoord": list(Effect)}
    answer = als(tom).post(page(first), asked, follow=True)

    assert "raadt wie er anders antwoordde" in answer.text
    assert result(first) is None
    assert Spiegelgolf.objects.get().opzij
    assert (result(second) is not None) is ended


def test_what_was_set_aside_counts_after_all_when_nothing_else_was_asked(dossier, tom):
    made = settled(dossier, tom, *[DOEN] * FLOOD, codes=(EEN,))
    golf = Spiegelgolf.objects.get()
    set_aside(bevraging=made, golven=[golf.pk], agreed=(), door=tom)
    let_count(bevraging=made, golven=[golf.pk], agreed=list(Effect), door=tom)
    assert result(made).aantal == FLOOD


def test_another_school_is_not_held_up(dossier, tom, ander_huis):
    opened(dossier, tom, EEN)
    opened(ander_huis.dossier, ander_huis.team, EEN)


def test_he_reopens_what_ended_with_too_few_after_the_same_was_shown(als, dossier, tom):
    few = settled(dossier, tom, DOEN, NIET)
    settled(dossier, tom, *[DOEN] * 5)
    with pytest.raises(MagNuNiet):
        set_last_day(bevraging=few, tot=day(3), door=tom)
    answer = als(tom).post(page(few), {"tot": day(3).isoformat()}, follow=True)
    assert "raadt wie er anders antwoordde" in answer.text


def test_he_lets_one_more_answer_after_the_results(als, tom, dossier, client):
    made = settled(dossier, tom)
    before = result(made)
    als(tom).post(page(made), {"tot": day(3).isoformat()})
    assert client.post(link(made), {EEN: NIET, TWEE: NIET}).status_code == HTTPStatus.GONE
    assert result(made) == before


def test_he_looks_for_the_only_one_who_sees_it_otherwise(als, tom, dossier):
    """The bar is there, as all bars of a question add up; no sentence points at one person."""
    made = settled(dossier, tom, DOEN, DOEN, DOEN, DOEN, NIET, codes=(EEN,))
    shown = words(als(tom).get(page(made)).text)
    assert "1 van de 5" not in shown
    assert "1 zegt" not in shown
    assert "zeggen ‘nog niet’" not in shown
    assert "Niet iedereen ziet het zo." in shown


def test_he_reads_it_as_member_of_the_board(als, huis, tom, dossier):
    made = settled(dossier, tom, codes=(EEN,))
    goal = f"{reverse('doelstelling', args=[dossier.pk, 'f0-1'])}?weergave=lijst"
    assert "spiegel-naast" in als(tom).get(goal).text
    board = als(huis.lezer)
    assert "spiegel" not in board.get(goal).text.lower()
    assert "spiegel" not in board.get(reverse("preventieplan", args=[dossier.pk])).text.lower()
    for name in ("spiegel", "spiegel-pdf", "spiegel-poster-pdf", "spiegel-vragen-pdf"):
        url = reverse(name, args=[dossier.pk, made.pk])
        assert board.get(url).status_code == HTTPStatus.FORBIDDEN
    road = reverse("routekaart", args=[dossier.pk])
    assert "5 leerkrachten: " not in board.get(road).text
    put_on_paper(spiegel=made, aan=True)
    assert "5 leerkrachten: " in board.get(road).text


def test_he_reads_a_score_in_it(als, tom, dossier):
    made = settled(dossier, tom)
    shown = als(tom).get(page(made)).text
    assert "scorebalk" not in shown
    assert not re.search(r"\d ?%|/10|gemiddeld", words(shown))


# --- A stranger, a colleague ----------------------------------------------------------------------


def test_a_teacher_reads_what_the_team_answered_before_she_does(client, dossier, tom):
    """Else she answers as is expected of her."""
    team_says(dossier, **{EEN: WEET_NIET})
    Antwoord.objects.update(toelichting="Onze woorden", groeikans="Onze kans")
    made = opened(dossier, tom, EEN)
    shown = client.get(link(made)).text
    assert not re.search("weten we niet|Onze|Jullie kozen|checked", shown)


def test_the_link_opens_nothing_else(client, dossier, tom):
    made = settled(dossier, tom)
    for path in (page(made), reverse("spiegels", args=[dossier.pk])):
        assert client.get(path).status_code == HTTPStatus.FOUND
    assert "leerkrachten" not in client.get(link(made)).text


def test_five_hundred_answers_from_one_device(client, als, tom, dossier, monkeypatch):
    made = opened(dossier, tom, EEN)
    pages = [client.post(link(made), {EEN: NIET}, follow=True).text for _ in range(500)]
    assert ["al geantwoord" in one for one in pages] == [False] + [True] * 499
    assert counts(made) == [(0, 0, 1, 0)]

    # Without its cookies it looks like a hall of teachers, to the limit of the link.
    monkeypatch.setattr(surveys, "MAX_PER_WINDOW", 60)
    caches["rate_limit"].clear()
    answers = [Browser().post(link(made), {EEN: NIET}) for _ in range(500)]
    refused = [one for one in answers if one.status_code == HTTPStatus.TOO_MANY_REQUESTS]
    assert len(refused) == 440
    assert {one.headers["Retry-After"] for one in refused} == {"60"}
    golf = Spiegelgolf.objects.get()
    assert (golf.aantal, counts(made)) == (60, [(0, 0, 1, 0)])
    close_bevraging(bevraging=made, door=tom)
    assert "Beslis eerst" in als(tom).get(page(made)).text
    assert result(made) is None


def test_no_more_than_five_hundred(dossier, tom, client, monkeypatch):
    monkeypatch.setattr(surveys, "MAX_ANSWERS", 3)
    made = opened(dossier, tom, EEN)
    gives(made, DOEN, DOEN, DOEN)
    with pytest.raises(BevragingVol):
        gives(made, NIET)
    assert client.get(link(made)).status_code == HTTPStatus.GONE


def test_no_cookie_says_what_or_when(client, dossier, tom):
    made = opened(dossier, tom, EEN)
    answer = client.post(link(made), {EEN: NIET})
    (cookie,) = answer.cookies.values()
    assert (cookie.key, cookie.value, cookie["path"]) == ("beantwoord", "1", link(made))


# --- Who reads the database -----------------------------------------------------------------------


def test_nothing_is_kept_but_numbers_and_days(dossier, tom):
    made = opened(dossier, tom)
    headers = {"x-forwarded-for": "203.0.113.77", "user-agent": "Zeldzame Browser 9"}
    Browser().post(
        link(made), {EEN: DEELS, TWEE: NIET}, REMOTE_ADDR="203.0.113.77", headers=headers
    )

    assert set(Spiegelvraag.objects.values()[0]) == {
        *("id", "spiegel_id", "volgorde", "doel", "vraag", "tekst", "stand"),
        *("doen_we", "deels", "nog_niet", "weten_niet"),
    }
    assert set(Spiegeldag.objects.values().get()) == {"id", "spiegel_id", "dag", "aantal"}
    assert not Spiegelgolf.objects.exists()
    assert not Golftelling.objects.exists()
    traces = str([*Spiegelvraag.objects.values(), *Counter.objects.values()])
    traces += str(caches["rate_limit"]._cache) + str([*Logregel.objects.values()])
    assert "203.0.113.77" not in traces
    assert "Zeldzame" not in traces


def test_no_table_ties_two_answers_of_one_person(dossier, tom):
    """One of two tables of numbers is the same, whoever answered what together with what."""
    one, other = opened(dossier, tom), None
    codes = [EEN, TWEE]
    for pair in ((DOEN, NIET), (NIET, DOEN)):
        give_answer(spiegel=one, standen=dict(zip(codes, pair, strict=True)), blad=str(pair))
    crossed = list(one.vragen.values("vraag", *models.STANDEN.values()))
    one.dagen.all().delete()
    one.vragen.update(doen_we=0, nog_niet=0)
    for pair in ((DOEN, DOEN), (NIET, NIET)):
        give_answer(spiegel=one, standen=dict(zip(codes, pair, strict=True)), blad=str(pair))
    other = list(one.vragen.values("vraag", *models.STANDEN.values()))
    assert crossed == other


def test_nor_does_the_memory_of_the_process(dossier, tom):
    made = opened(dossier, tom)
    give_answer(spiegel=made, standen={EEN: DOEN, TWEE: NIET}, blad="a")
    give_answer(spiegel=made, standen={EEN: NIET, TWEE: DOEN}, blad="b")
    aantal, given = Lately(made).known(None)
    assert aantal == 2
    assert dict(given) == {(EEN, DOEN): 1, (TWEE, NIET): 1, (EEN, NIET): 1, (TWEE, DOEN): 1}


@pytest.mark.django_db(transaction=True)
def test_no_row_was_written_last(dossier, tom):
    """PostgreSQL stores with each row which transaction wrote it, and where."""
    made = opened(dossier, tom)
    for stand in (DOEN, NIET, DEELS):
        gives(made, stand)
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM spiegel_spiegelvraag")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT volgorde FROM spiegel_spiegelvraag ORDER BY ctid")
            assert [place for (place,) in cursor.fetchall()] == [1, 2]
    assert counts(made) == [(1, 1, 1, 0)] * 2


def test_the_log_says_who_opened_it_and_nothing_of_who_answered(client, dossier, tom):
    made = opened(dossier, tom, EEN)
    before = Logregel.objects.count()
    client.post(link(made), {EEN: NIET})
    assert Logregel.objects.count() == before


def test_the_database_refuses_a_stand_that_teachers_cannot_choose(dossier, tom):
    opened(dossier, tom, EEN)
    for wrong in ({"stand": "nvt"}, {"stand": ""}, {"tekst": ""}, {"doen_we": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spiegelvraag.objects.update(**wrong)


# --- Made-up answers ------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [FLOOD - 1, FLOOD, FLOOD + 1])
def test_twenty_in_ten_minutes_are_a_wave(dossier, tom, count):
    made = opened(dossier, tom, EEN)
    gives(made, *[NIET] * count)
    wave = count >= FLOOD
    assert counts(made) == [(0, 0, 0 if wave else count, 0)]
    assert list(Spiegelgolf.objects.values_list("aantal", flat=True)) == [count] * wave
    assert surveys.kind_of(made).count(made) == count


def test_what_was_there_before_a_wave_stays(dossier, tom, monkeypatch):
    moment = timezone.now().replace(hour=10, minute=0, second=0, microsecond=0)
    monkeypatch.setattr("dossiers.anoniem.domain.golven._ten_minutes", lambda: moment)
    made = opened(dossier, tom)
    gives(made, DOEN, DEELS, DEELS, DOEN, WEET_NIET)
    later = moment + timedelta(minutes=10)
    monkeypatch.setattr("dossiers.anoniem.domain.golven._ten_minutes", lambda: later)
    gives(made, *[NIET] * FLOOD)
    assert counts(made) == [(2, 2, 0, 1)] * 2

    golf = Spiegelgolf.objects.get()
    set_aside(bevraging=made, golven=[golf.pk], agreed=(), door=tom)
    close_bevraging(bevraging=made, door=tom)
    assert [one.verschil.aantallen for one in result(made).vragen] == [(2, 2, 0, 1)] * 2
    assert result(made).aantal == 5
    for decide in (set_aside, let_count):
        with pytest.raises(ResultaatStaatVast):
            decide(bevraging=made, golven=[golf.pk], agreed=list(Effect), door=tom)


def test_a_wave_that_counts_is_one_number_with_the_rest(dossier, tom):
    made = opened(dossier, tom)
    gives(made, *[NIET] * FLOOD, DOEN)
    golf = Spiegelgolf.objects.get()
    let_count(bevraging=made, golven=[golf.pk], agreed=(), door=tom)
    assert counts(made) == [(1, 0, FLOOD, 0)] * 2
    assert Spiegeldag.objects.get().aantal == FLOOD + 1
    assert not Spiegelgolf.objects.exists()
    assert not Golftelling.objects.exists()


def test_a_wave_that_counts_later_is_of_the_day_on_which_it_came(dossier, tom, monkeypatch):
    """Else the page would say that somebody answered on the day of the decision."""
    begin = timezone.now() - timedelta(days=2)
    made = opened(dossier, tom, EEN)
    monkeypatch.setattr("dossiers.anoniem.domain.golven._ten_minutes", lambda: begin)
    gives(made, *[NIET] * FLOOD)
    Spiegeldag.objects.all().delete()
    golf = Spiegelgolf.objects.get()
    let_count(bevraging=made, golven=[golf.pk], agreed=(), door=tom)
    (dag,) = Spiegeldag.objects.all()
    assert (dag.dag, dag.aantal) == (timezone.localdate(begin), FLOOD)


def test_the_page_of_a_goal_waits_for_that_decision_too(als, tom, dossier):
    """Else it told a first result, and another one once the wave counts."""
    made = opened(dossier, tom, EEN)
    gives(made, *[DOEN] * 5)
    golf = Spiegelgolf.objects.create(bevraging=made, begin=timezone.now())
    close_bevraging(bevraging=made, door=tom)
    goal = f"{reverse('doelstelling', args=[dossier.pk, 'f0-1'])}?weergave=lijst"
    assert "spiegel-naast" not in als(tom).get(goal).text

    set_aside(bevraging=made, golven=[golf.pk], agreed=[Effect.OPENS_RESULTS], door=tom)
    assert "spiegel-naast" in als(tom).get(goal).text


def test_the_team_decides_on_the_page(
    als, tom, dossier, mailoutbox, django_capture_on_commit_callbacks
):
    made = opened(dossier, tom, EEN)
    with django_capture_on_commit_callbacks(execute=True):
        gives(made, *[NIET] * FLOOD)
    assert [one.to[0] for one in mailoutbox] == [tom.email]
    assert page(made) in mailoutbox[0].body
    assert "nog niet" not in mailoutbox[0].body
    close_bevraging(bevraging=made, door=tom)
    shown = als(tom).get(page(made)).text
    form = whole_form(shown.split('id="golven"')[1].split("</section>")[0])
    asked = als(tom).post(page(made), form | {"golven": "telt"})
    assert "Daarna zie je de resultaten" in asked.text
    als(tom).post(page(made), whole_form(asked.text) | {"golven": "telt"})
    assert result(made).aantal == FLOOD


# --- At the same moment ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_while_it_closes_is_refused(dossier, tom):
    made = opened(dossier, tom, EEN)
    closing, answered = Event(), Event()

    def close():
        with transaction.atomic():
            close_bevraging(bevraging=made, door=tom)
            closing.set()
            answered.wait(WAIT)

    def late():
        closing.wait(10)
        try:
            gives(made, NIET)
        except BevragingGesloten:
            return "geweigerd"
        finally:
            answered.set()
        return "geteld"

    assert at_once(close, late)[1] == "geweigerd"
    assert counts(made) == [(0, 0, 0, 0)]


@pytest.mark.django_db(transaction=True)
def test_ten_answers_at_once_are_ten(dossier, tom):
    made = opened(dossier, tom, EEN)
    at_once(*[lambda number=number: gives(made, DOEN, blad=str(number)) for number in range(8)])
    assert counts(made) == [(8, 0, 0, 0)]
    assert Spiegeldag.objects.get().aantal == 8


def test_an_answer_in_flight_at_midnight_makes_no_two_results(dossier, tom, monkeypatch):
    """The page of a goal reads without a lock, so it waits until what was in flight is stored."""
    made = opened(dossier, tom, EEN, tot=day(-1))
    Spiegelvraag.objects.update(doen_we=5)
    Spiegeldag.objects.create(spiegel=made, dag=day(-1), aantal=5)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for seconds, shows in ((59, False), (60, True)):
        now = midnight + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        known = with_mirror(Antwoord.objects.filter(dossier=dossier)).get()
        assert (known.gespiegeld is not None) is shows


def test_a_closed_dossier_still_reads_and_changes_nothing(als, tom, an, dossier):
    made = settled(dossier, tom)
    close_dossier(dossier=dossier, door=an)
    shown = als(tom).get(page(made))
    assert "Jullie kozen" in shown.text
    assert "op_papier" not in shown.text
    als(tom).post(page(made), {"op_papier": "1"})
    assert not Spiegel.objects.get().op_papier
