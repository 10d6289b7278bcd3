"""Somebody fills up a survey with made-up answers; the team sets them aside without reading them.

Only then is anything kept of when an answer came, and never of fewer than twenty at once.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.bevragingen.domain.bevragingen import open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Golf, Inzending, Openantwoord
from dialoogfiches.bevragingen.queries import find_bevraging, locked_result
from dossiers.anoniem.domain import bevragingen as surveys
from dossiers.anoniem.domain import golven
from dossiers.anoniem.domain.bevragingen import ResultaatStaatVast, close_bevraging, set_last_day
from dossiers.anoniem.domain.golven import FLOOD, Effect, let_count, set_aside
from dossiers.domain import close_dossier
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.lidmaatschappen import end_lidmaatschap
from dossiers.mensen.models import Lidmaatschap
from dossiers.models import DossierAfgesloten
from stsdialoog import mail
from tests.dialoogfiches.bevragingen.bevraging import answer, day, let_it_pass
from tests.pages import whole_form

pytestmark = pytest.mark.django_db

TIEN_NA_DRIE = datetime(2026, 11, 30, 14, 10, tzinfo=UTC)
ECHT, VALS = "Ik ken ze.", "Onzin"


@pytest.fixture
def clock(monkeypatch):
    """The ten minutes that it is; `clock(2)` is twenty minutes later."""

    def be(later: int = 0) -> datetime:
        moment = TIEN_NA_DRIE + later * timedelta(minutes=10)
        monkeypatch.setattr(golven, "_ten_minutes", lambda: moment)
        return moment

    be()
    return be


@pytest.fixture(autouse=True)
def _a_process_that_just_started(clock, monkeypatch):
    caches["rate_limit"].clear()
    monkeypatch.setattr(surveys, "MAX_PER_WINDOW", 10_000)


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    return open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Vraag", tot=day(14), door=tom
    )


def flood(bevraging: Bevraging, count: int = FLOOD) -> None:
    for _ in range(count):
        answer(bevraging, ja1=VALS)


def colleagues(bevraging: Bevraging, count: int) -> None:
    for _ in range(count):
        answer(bevraging, ja1=ECHT)


def marked() -> tuple[int, ...]:
    """How many answers and how many texts carry a mark."""
    return tuple(
        model.objects.filter(golf__isnull=False).count() for model in (Inzending, Openantwoord)
    )


def all_of(bevraging: Bevraging, door) -> dict:
    golven = list(bevraging.golven.values_list("pk", flat=True))
    return {"bevraging": bevraging, "golven": golven, "agreed": Effect, "door": door}


def url(bevraging: Bevraging) -> str:
    return reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])


# --- What is kept of when -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "expected"),
    [(FLOOD - 1, (0, 0)), (FLOOD, (FLOOD, FLOOD)), (FLOOD + 1, (FLOOD + 1, FLOOD + 1))],
)
def test_twenty_answers_in_ten_minutes_are_a_wave(bevraging, count, expected):
    assert FLOOD == 20
    flood(bevraging, count)
    assert marked() == expected
    assert Golf.objects.count() == bool(expected[0])
    assert Inzending.objects.count() == Openantwoord.objects.count() == count


@pytest.mark.parametrize(
    ("now", "begin"),
    [((15, 10, 0, 0), (15, 10)), ((15, 19, 59, 999_999), (15, 10)), ((15, 20, 0, 1), (15, 20))],
)
def test_the_ten_minutes_begin_on_the_clock(monkeypatch, now, begin):
    """Two answers of the same ten minutes count together, whatever the second they came in."""
    monkeypatch.undo()
    hour, minute, second, micro = now
    moment = datetime(2026, 11, 30, hour, minute, second, micro, tzinfo=UTC)
    first = moment.replace(hour=begin[0], minute=begin[1], second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: moment)

    assert golven._ten_minutes() == first


def test_a_quiet_survey_keeps_no_moment_at_all(bevraging, clock):
    for later in range(4):
        clock(later)
        colleagues(bevraging, FLOOD - 1)
    assert marked() == (0, 0)
    assert not Golf.objects.exists()
    # Nor does the counter with which it is noticed stand in the database.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM counters_counter")
        assert cursor.fetchone() == (0,)


def test_who_came_before_and_after_a_wave_carries_no_mark(bevraging, clock):
    colleagues(bevraging, 3)
    clock(1)
    flood(bevraging)
    clock(2)
    colleagues(bevraging, 4)

    golf = Golf.objects.get()
    assert golf.begin == TIEN_NA_DRIE + timedelta(minutes=10)
    assert set(Openantwoord.objects.filter(golf=None).values_list("tekst", flat=True)) == {ECHT}
    assert set(Openantwoord.objects.filter(golf=golf).values_list("tekst", flat=True)) == {VALS}
    assert Inzending.objects.filter(golf=None).count() == 7


def test_each_wave_holds_at_least_twenty_however_long_it_lasts(bevraging, clock):
    for later, count in enumerate((FLOOD, FLOOD - 1, FLOOD + 3)):
        clock(later)
        flood(bevraging, count)
    assert sorted(golf.inzendingen.count() for golf in Golf.objects.all()) == [FLOOD, FLOOD + 3]


def test_an_answer_in_a_wave_of_another_process_joins_it(bevraging):
    flood(bevraging)
    caches["rate_limit"].clear()
    flood(bevraging, 1)
    assert marked() == (FLOOD + 1, FLOOD + 1)


def test_after_a_wave_counts_the_next_answer_is_not_alone_in_a_new_one(bevraging, tom):
    flood(bevraging)
    let_count(**all_of(bevraging, tom))
    assert marked() == (0, 0)
    assert not Golf.objects.exists()

    flood(bevraging, FLOOD - 1)
    assert not Golf.objects.exists()
    flood(bevraging, 1)
    assert marked() == (FLOOD, FLOOD)


def test_what_counts_again_is_shuffled_among_the_rest(bevraging, tom):
    """Otherwise PostgreSQL would still tell which rows had a mark, by who wrote them when."""
    colleagues(bevraging, 3)
    flood(bevraging)
    let_count(**all_of(bevraging, tom))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM bevragingen_openantwoord")
            assert cursor.fetchone() == (1,)
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tekst FROM bevragingen_openantwoord ORDER BY {place}")  # noqa: S608
        order = [tekst for (tekst,) in cursor.fetchall()]
    assert len(order) == FLOOD + 3


def test_one_wave_for_each_ten_minutes(bevraging):
    flood(bevraging)
    with pytest.raises(IntegrityError), transaction.atomic():
        Golf.objects.create(bevraging=bevraging, begin=TIEN_NA_DRIE)


# --- Telling the team -----------------------------------------------------------------------------


def told(mailoutbox) -> list[str]:
    found = [one.to[0] for one in mailoutbox]
    assert all("Veel antwoorden kort na elkaar: Vraag" in one.subject for one in mailoutbox)
    mailoutbox.clear()
    return sorted(found)


def test_who_opened_it_is_told_once(
    bevraging, tom, clock, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        flood(bevraging, FLOOD - 1)
    assert told(mailoutbox) == []
    with django_capture_on_commit_callbacks(execute=True):
        flood(bevraging, 2)
        clock(1)
        flood(bevraging)
    assert mailoutbox[0].body.count(f"/dossiers/{bevraging.dossier_id}/") == 1
    assert VALS not in mailoutbox[0].body
    assert told(mailoutbox) == [tom.email]

    # Once that was decided, the next wave is news again.
    set_aside(**all_of(bevraging, tom))
    with django_capture_on_commit_callbacks(execute=True):
        clock(2)
        flood(bevraging)
    assert told(mailoutbox) == [tom.email]


def test_when_who_opened_it_is_gone_the_ankerfiguur_is_told(
    bevraging, tom, an, mailoutbox, django_capture_on_commit_callbacks
):
    end_lidmaatschap(lidmaatschap=Lidmaatschap.objects.get(user=tom), door=an)
    with django_capture_on_commit_callbacks(execute=True):
        flood(bevraging)
    assert told(mailoutbox) == [an.email]


def test_a_mail_that_does_not_leave_keeps_nobody_from_answering(
    bevraging, monkeypatch, django_capture_on_commit_callbacks
):
    def no_server(**_: object) -> None:
        raise mail.MailNietVerstuurd

    monkeypatch.setattr(mail, "send_mail", no_server)
    with django_capture_on_commit_callbacks(execute=True):
        flood(bevraging)
    assert Inzending.objects.count() == FLOOD


# --- Deciding -------------------------------------------------------------------------------------


def test_tom_sets_a_flood_aside_and_reads_only_his_colleagues(als, bevraging, tom, clock):
    colleagues(bevraging, 3)
    clock(1)
    flood(bevraging, FLOOD + 2)
    clock(2)
    colleagues(bevraging, 3)
    page = als(tom).get(url(bevraging)).text
    assert "Er kwamen veel antwoorden kort na elkaar" in page
    assert "30 november, 15:20 tot 15:30: 22 antwoorden" in page
    assert VALS not in page

    typed = whole_form(page.split('id="golven"')[1].split("</section>")[0])
    answered = als(tom).post(url(bevraging), typed | {"golven": "opzij"}, follow=True)
    assert "Die antwoorden staan opzij." in answered.text
    assert "22 antwoorden, opzijgezet" in answered.text
    close_bevraging(bevraging=bevraging, door=tom)

    page = als(tom).get(url(bevraging)).text
    assert len(re.findall(rf"<p[^>]*>{re.escape(ECHT)}</p>", page)) == 6
    assert VALS not in page
    assert "6 collega" in page
    assert locked_result(bevraging).aantal == 6
    assert list(
        Logregel.objects.filter(handeling__startswith="antwoorden").values_list(
            "handeling", "door__naam", "record_id"
        )
    ) == [("antwoorden-opzijgezet", "Tom", str(bevraging.pk))]


def test_each_wave_is_decided_about_by_itself(als, bevraging, tom, clock):
    for later in range(4):
        clock(later)
        flood(bevraging)
    golven = list(Golf.objects.order_by("begin"))
    for wrong in ([golven[1].pk, "x"], []):
        answered = als(tom).post(url(bevraging), {"golf": wrong, "golven": "opzij"})
        assert answered.status_code == 422
        assert not Golf.objects.filter(opzij=True).exists()
    als(tom).post(url(bevraging), {"golf": [golven[1].pk, golven[3].pk], "golven": "opzij"})
    assert [one.opzij for one in Golf.objects.order_by("begin")] == [False, True, False, True]
    last = {"golf": [golven[2].pk, golven[3].pk], "golven": "telt", "akkoord": "terug"}
    als(tom).post(url(bevraging), last)
    assert [one.opzij for one in Golf.objects.order_by("begin")] == [False, True]
    assert list(Logregel.objects.order_by("pk").values_list("handeling", "door__naam"))[-2:] == [
        ("antwoorden-opzijgezet", "Tom"),
        ("antwoorden-teruggezet", "Tom"),
    ]
    assert Inzending.objects.exclude(golf__opzij=True).count() == 3 * FLOOD


def test_what_was_set_aside_is_not_ticked_for_the_next_decision(als, bevraging, tom, clock):
    """Else who lets the rest count, without a look at the list, lets it count too."""
    flood(bevraging)
    clock(1)
    flood(bevraging)
    first, second = Golf.objects.order_by("begin")
    als(tom).post(url(bevraging), {"golf": first.pk, "golven": "opzij"})
    page = als(tom).get(url(bevraging)).text
    assert "opzijgezet" in page
    form = whole_form(page.split('id="golven"')[1].split("</section>")[0])

    assert form == {"golf": str(second.pk)}
    als(tom).post(url(bevraging), form | {"golven": "telt"})
    assert Golf.objects.get().opzij


@pytest.mark.parametrize(("real", "asks"), [(4, False), (5, True), (6, True)])
def test_who_sets_the_last_wave_aside_is_asked_before_results_open(als, bevraging, tom, real, asks):
    colleagues(bevraging, real)
    caches["rate_limit"].clear()
    flood(bevraging)
    let_it_pass(bevraging)
    form = {"golf": Golf.objects.get().pk, "golven": "opzij"}

    answered = als(tom).post(url(bevraging), form)

    assert (answered.status_code == 200) == asks
    assert Golf.objects.get().opzij != asks
    if asks:
        assert "Daarna zie je de resultaten" in answered.text
        als(tom).post(url(bevraging), whole_form(answered.text) | {"golven": "opzij"})
        assert Golf.objects.get().opzij
        assert locked_result(bevraging).aantal == real


def test_who_lets_count_what_was_set_aside_is_asked_each_thing_that_is_for_good(
    als, bevraging, tom
):
    flood(bevraging)
    golf = Golf.objects.get()
    set_aside(bevraging=bevraging, golven=[golf.pk], agreed=(), door=tom)

    asked = als(tom).post(url(bevraging), {"golf": golf.pk, "golven": "telt"}).text
    assert "die jullie eerder opzijzetten" in asked
    assert "Daarna zie je de resultaten" not in asked

    # Meanwhile the survey ended, so that what was agreed to is no longer all.
    let_it_pass(bevraging)
    asked = als(tom).post(url(bevraging), _ticked(asked) | {"golven": "telt"}).text
    assert "Daarna zie je de resultaten" in asked
    assert Golf.objects.get().opzij
    assert not Logregel.objects.filter(handeling="antwoorden-teruggezet").exists()

    als(tom).post(url(bevraging), _ticked(asked) | {"golven": "telt"})
    assert not Golf.objects.exists()
    assert locked_result(bevraging).aantal == FLOOD


def _ticked(page: str) -> dict[str, list[str]]:
    """What the form of a page holds, also where several fields have one name."""
    return {
        name: re.findall(f'type="hidden" name="{name}" value="([^"]+)"', page)
        for name in ("golf", "akkoord")
    }


def test_there_are_no_results_before_the_team_decided(als, bevraging, tom):
    flood(bevraging)
    let_it_pass(bevraging)

    page = als(tom).get(url(bevraging)).text
    assert "Beslis eerst" in page
    assert VALS not in page
    assert locked_result(bevraging) is None
    pdf = reverse("bevraging-pdf", args=[bevraging.dossier_id, bevraging.pk])
    assert als(tom).get(pdf).status_code == 404

    let_count(**all_of(bevraging, tom))
    assert locked_result(bevraging).aantal == FLOOD
    assert VALS in als(tom).get(url(bevraging)).text


def test_once_there_are_results_nothing_is_set_aside_or_put_back(als, bevraging, tom):
    colleagues(bevraging, 5)
    caches["rate_limit"].clear()
    flood(bevraging)
    which = all_of(bevraging, tom)
    set_aside(**which)
    let_it_pass(bevraging)
    assert locked_result(bevraging).aantal == 5
    for decide in (set_aside, let_count):
        with pytest.raises(ResultaatStaatVast):
            decide(**which)
    with pytest.raises(ResultaatStaatVast):
        set_last_day(bevraging=bevraging, tot=day(3), door=tom)
    golf = Golf.objects.get()
    assert 'id="golven"' not in als(tom).get(url(bevraging)).text
    als(tom).post(url(bevraging), {"golf": golf.pk, "golven": "telt", "akkoord": list(Effect)})
    assert Golf.objects.get().opzij


@pytest.mark.parametrize(("real", "enough"), [(4, False), (5, True), (6, True)])
def test_what_was_set_aside_does_not_count_to_the_five(bevraging, tom, real, enough):
    colleagues(bevraging, real)
    caches["rate_limit"].clear()
    flood(bevraging)
    set_aside(**all_of(bevraging, tom))
    let_it_pass(bevraging)
    assert (locked_result(bevraging) is not None) == enough
    assert find_bevraging(dossier=bevraging.dossier, pk=bevraging.pk).is_settled == enough


def test_a_survey_that_was_filled_up_takes_answers_again(bevraging, tom, clock, monkeypatch):
    monkeypatch.setattr(surveys, "MAX_ANSWERS", FLOOD)
    flood(bevraging)
    with pytest.raises(surveys.BevragingVol):
        answer(bevraging)
    set_aside(**all_of(bevraging, tom))
    caches["rate_limit"].clear()
    clock(6)
    answer(bevraging)
    assert Inzending.objects.exclude(golf__opzij=True).count() == 1


def test_a_closed_dossier_takes_no_decision(bevraging, tom, an):
    flood(bevraging)
    which = all_of(bevraging, tom)
    close_dossier(dossier=bevraging.dossier, door=an)
    for decide in (set_aside, let_count):
        with pytest.raises(DossierAfgesloten):
            decide(**which)


# --- The number of answers ------------------------------------------------------------------------


def test_nobody_sees_the_number_go_up_with_an_answer(als, bevraging, tom):
    pages = (url(bevraging), reverse("bevragingen", args=[bevraging.dossier_id]))
    before = [_words(als(tom).get(page).text) for page in pages]
    assert "Tot en met gisteren nog geen antwoorden" in before[0]
    colleagues(bevraging, 4)
    assert [_words(als(tom).get(page).text) for page in pages] == before

    # Not by closing it either, and opening it again.
    close_bevraging(bevraging=bevraging, door=tom)
    assert "Tot en met gisteren nog geen antwoorden" in als(tom).get(url(bevraging)).text
    set_last_day(bevraging=bevraging, tot=day(3), door=tom)

    Inzending.objects.filter(pk=Inzending.objects.first().pk).update(dag=day(-1))
    assert "Tot en met gisteren antwoordde 1 collega." in _words(als(tom).get(url(bevraging)).text)
    Inzending.objects.update(dag=day(-1))
    shown = [_words(als(tom).get(page).text) for page in pages]
    assert "Tot en met gisteren antwoordden 4 collega's." in shown[0].replace("&#x27;", "'")
    assert "4 antwoorden tot en met gisteren" in shown[1]


def _words(page: str) -> str:
    """What a page says, without what differs at each look."""
    main = page.split("<main")[1].split("</main>", maxsplit=1)[0]
    return " ".join(re.sub(r"<[^>]+>|csrfmiddlewaretoken.*?>", " ", main).split())
