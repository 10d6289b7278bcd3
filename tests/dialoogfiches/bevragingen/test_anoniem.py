"""What nobody may find out: who answered what, not even with full access to the database."""

import re
from collections import defaultdict
from threading import Event

import pytest
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_delete
from django.urls import reverse

from dialoogfiches.bevragingen.domain.bevragingen import MIN_ANSWERS_PER_BRANCH, open_bevraging
from dialoogfiches.bevragingen.models import Bevraging, Inzending, Openantwoord
from dialoogfiches.bevragingen.queries import find_bevraging, locked_result
from dossiers.anoniem.domain.bevragingen import (
    MAX_ANSWERS,
    MIN_ANSWERS,
    BevragingGesloten,
    close_bevraging,
)
from stsdialoog.counters.models import Counter
from stsdialoog.shuffling import MAX_SHUFFLED
from tests.concurrency import WAIT, at_once
from tests.dialoogfiches.bevragingen.bevraging import answer, day


@pytest.fixture(autouse=True)
def _a_new_minute():
    caches["rate_limit"].clear()


@pytest.fixture
def bevraging(dossier, laad, tom) -> Bevraging:
    return open_bevraging(
        dossier=dossier, versie=laad("mini-bevraging"), titel="Vraag", tot=day(14), door=tom
    )


def shown(bevraging, keuze="ja"):
    """The texts under each question of a branch."""
    branch = next(branch for branch in locked_result(bevraging).branches if branch.keuze == keuze)
    return {vraag.tekst: [one.tekst for one in vraag.antwoorden] for vraag in branch.vragen}


# --- What is stored ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_is_kept_but_a_choice_a_day_and_loose_texts(bevraging, client):
    link = reverse("bevraging-invullen", args=[bevraging.sleutel])
    headers = {"x-forwarded-for": "203.0.113.77", "user-agent": "Zeldzame Browser 9"}
    client.post(
        link,
        {"keuze": "ja", "schakel-ja1": "Tekst"},
        REMOTE_ADDR="203.0.113.77",
        headers=headers,
    )

    assert set(Inzending.objects.values().get()) == {
        *("id", "bevraging_id", "keuze", "dag", "golf_id"),
    }
    assert set(Openantwoord.objects.values().get()) == {
        *("id", "bevraging_id", "item_id", "tekst", "golf_id", "actie_id", "groeikans"),
    }
    # The mark of a wave, which stays empty for anybody who does not answer amid twenty others.
    assert Inzending.objects.get().golf is Openantwoord.objects.get().golf is None
    traces = str([*Inzending.objects.values(), *Openantwoord.objects.values()])
    traces += str([*Counter.objects.values()]) + str(caches["rate_limit"]._cache)
    assert "203.0.113.77" not in traces
    assert "Zeldzame" not in traces


@pytest.mark.django_db
def test_the_order_of_the_rows_tells_nothing(bevraging):
    """Ten people with six texts each: unshuffled, every six rows would have the same author."""
    questions = ("ja1", "ja2", "ja3", "ja4", "ja5", "ja6")
    for number in range(10):
        answer(bevraging, **dict.fromkeys(questions, f"{number}"))
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tekst FROM bevragingen_openantwoord ORDER BY {place}")  # noqa: S608
        authors = [tekst for (tekst,) in cursor.fetchall()]

    assert sorted(authors) == sorted(str(number) for number in range(10) for _ in questions)
    # Six of one author together by chance: once in five million times.
    assert not [i for i in range(0, 60, 6) if len(set(authors[i : i + 6])) == 1], authors
    assert set(authors[-6:]) != {"9"}, "nor is the last one at the end"
    assert Inzending.objects.count() == 10


@pytest.fixture
def moved():
    """The keys of the rows that were deleted (and written again), by model."""
    found = defaultdict(set)

    def note(sender, instance, **_):
        found[sender].add(instance.pk)

    for model in (Inzending, Openantwoord):
        post_delete.connect(note, sender=model)
    yield found
    for model in (Inzending, Openantwoord):
        post_delete.disconnect(note, sender=model)


@pytest.mark.django_db(transaction=True)
def test_no_row_says_with_which_others_it_was_written(bevraging, moved):
    for number in range(6):
        there = {
            model: set(model.objects.values_list("pk", flat=True))
            for model in (Inzending, Openantwoord)
        }
        moved.clear()
        answer(bevraging, ja1=f"{number}", ja2=f"{number}")
        assert all(moved[model] == keys for model, keys in there.items())
        assert all(
            model.objects.filter(pk__in=keys).count() == len(keys) for model, keys in there.items()
        )

    if connection.vendor == "postgresql":
        # Only PostgreSQL stores with each row which transaction wrote it.
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM bevragingen_openantwoord")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM bevragingen_inzending")
            assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_in_a_large_school_only_so_many_rows_change_places(bevraging, moved, monkeypatch):
    monkeypatch.setattr("stsdialoog.shuffling.MAX_SHUFFLED", 4)
    counts = []
    for number in range(12):
        moved.clear()
        answer(bevraging, ja1=f"{number}", ja2=f"{number}")
        counts.append((len(moved[Inzending]), len(moved[Openantwoord])))

    assert counts == [(min(n, 4), min(2 * n, 4)) for n in range(12)]
    assert sorted(Openantwoord.objects.values_list("tekst", flat=True)) == sorted(
        str(number) for number in range(12) for _ in range(2)
    )
    assert Inzending.objects.count() == 12


def test_in_the_largest_school_every_choice_changes_places():
    # More teachers than any school has, and few enough to write again with each answer.
    assert 300 < MAX_ANSWERS <= MAX_SHUFFLED


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"keuze": "wel"}, {"keuze": ""}])
def test_the_database_refuses_another_choice(bevraging, wrong):
    answer(bevraging)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inzending.objects.update(**wrong)


# --- What is shown -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_order_is_chance_per_question_and_the_same_at_each_look(bevraging, tom):
    for number in range(9):
        answer(bevraging, ja1=f"een {number}", ja2=f"twee {number}", ja3=f"drie {number}")
    close_bevraging(bevraging=bevraging, door=tom)

    first = shown(bevraging)
    orders = [[tekst[-1] for tekst in teksten] for teksten in first.values() if teksten]

    assert shown(bevraging) == first
    assert len(orders) == 3
    assert all(sorted(order) == list("012345678") for order in orders)
    assert len({tuple(order) for order in orders}) == 3, "no question has the order of another"


@pytest.mark.django_db
def test_one_nee_among_six_is_counted_and_not_quoted(bevraging, tom, als):
    for _ in range(5):
        answer(bevraging, "ja", ja1="Ik ken ze.")
    answer(bevraging, "nee", nee1="Ik alleen", nee2="durf dit")
    close_bevraging(bevraging=bevraging, door=tom)

    url = reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])
    page = als(tom).get(url).text

    assert [branch.aantal for branch in locked_result(bevraging).branches] == [5, 1]
    assert "Ik alleen" not in page
    assert "durf dit" not in page
    assert "tonen we niet" in page
    assert "Ik ken ze." in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("aantal", "te_klein"),
    [
        (0, False),
        (1, True),
        (MIN_ANSWERS_PER_BRANCH - 1, True),
        (MIN_ANSWERS_PER_BRANCH, False),
        (MIN_ANSWERS_PER_BRANCH + 1, False),
    ],
)
@pytest.mark.parametrize("keuze", ["ja", "nee"])
def test_a_branch_speaks_from_three_on(bevraging, tom, als, keuze, aantal, te_klein):
    assert MIN_ANSWERS_PER_BRANCH == 3, "what the page to fill in promises"
    other = "nee" if keuze == "ja" else "ja"
    for _ in range(MIN_ANSWERS):
        answer(bevraging, other, **{f"{other}1": "De anderen"})
    for number in range(aantal):
        answer(bevraging, keuze, **{f"{keuze}1": f"Woorden {number}"})
    close_bevraging(bevraging=bevraging, door=tom)
    assert sorted(
        Openantwoord.objects.exclude(tekst="De anderen").values_list("tekst", flat=True)
    ) == [f"Woorden {number}" for number in range(aantal)]

    quoted = [] if te_klein else [f"Woorden {number}" for number in range(aantal)]
    branch = next(branch for branch in locked_result(bevraging).branches if branch.keuze == keuze)
    assert (branch.aantal, branch.is_too_small) == (aantal, te_klein)
    found = shown(bevraging, keuze).get(f"Wat maakt dat je {keuze} zegt?", [])
    assert sorted(found) == quoted
    page = als(tom).get(reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])).text
    assert sorted(set(re.findall(r"Woorden \d", page))) == quoted
    assert ("tonen we niet" in page) == te_klein


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [MIN_ANSWERS - 1, MIN_ANSWERS, MIN_ANSWERS + 1])
def test_a_survey_is_settled_from_five_answers_on(bevraging, dossier, tom, als, aantal):
    assert MIN_ANSWERS == 5, "what the page to fill in promises"
    genoeg = aantal >= 5
    for _ in range(aantal):
        answer(bevraging, ja1="Ik ken ze.")
    close_bevraging(bevraging=bevraging, door=tom)
    bevraging.refresh_from_db()
    url = reverse("bevraging", args=[dossier.pk, bevraging.pk])

    assert (locked_result(bevraging) is not None) == genoeg
    assert find_bevraging(dossier=dossier, pk=bevraging.pk).is_settled == genoeg
    assert ("Ik ken ze." in als(tom).get(url).text) == genoeg
    the_list = als(tom).get(reverse("bevragingen", args=[dossier.pk])).text
    assert ("resultaten" in the_list.split("<main")[1].split("Vraag de leerkrachten")[1]) == genoeg
    reopened = als(tom).post(url, {"tot": day(3).isoformat()}, follow=True).text
    assert ("staan vast" in reopened) == genoeg
    assert ("staat weer open" in reopened) != genoeg


@pytest.mark.django_db
def test_the_head_stands_apart_and_only_when_five_filled_it_in(bevraging, tom, als):
    for number in range(6):
        richting = {"h2": f"Richting {number}"} if number < 4 else {}
        answer(bevraging, "ja", h1=f"Vak {number}", ja1=f"Tekst {number}", **richting)
    close_bevraging(bevraging=bevraging, door=tom)

    resultaat = locked_result(bevraging)
    (vakken,) = resultaat.hoofd
    assert vakken.tekst == "Vak(ken)"
    assert sorted(one.tekst for one in vakken.antwoorden) == [f"Vak {n}" for n in range(6)]
    assert not any("Vak" in tekst for teksten in shown(bevraging).values() for tekst in teksten)
    page = als(tom).get(reverse("bevraging", args=[bevraging.dossier_id, bevraging.pk])).text
    assert "Richting 1" not in page
    assert page.index("Vak 3") > page.rindex("Tekst ")


@pytest.mark.django_db
def test_a_next_survey_starts_from_nothing(bevraging, dossier, tom):
    for _ in range(5):
        answer(bevraging, ja1="Vorig jaar")
    close_bevraging(bevraging=bevraging, door=tom)
    second = open_bevraging(
        dossier=dossier, versie=bevraging.versie, titel="Twee", tot=day(3), door=tom
    )
    answer(second, ja1="Ik alleen")
    close_bevraging(bevraging=second, door=tom)
    second.refresh_from_db()

    assert locked_result(second) is None
    assert locked_result(bevraging).aantal == 5


# --- Answering and closing concurrently ----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_nearly_in_is_in_the_results(bevraging, tom):
    for _ in range(4):
        answer(bevraging)
    inside, closed = Event(), Event()

    def fifth():
        with transaction.atomic():
            answer(bevraging)
            inside.set()
            closed.wait(WAIT)

    def close():
        inside.wait(10)
        close_bevraging(bevraging=bevraging, door=tom)
        closed.set()
        return Inzending.objects.filter(bevraging=bevraging).count()

    _, at_closing = at_once(fifth, close)

    bevraging.refresh_from_db()
    assert at_closing == 5
    assert locked_result(bevraging).aantal == 5


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_while_it_closes_is_refused(bevraging, tom):
    closing, answered = Event(), Event()

    def close():
        with transaction.atomic():
            close_bevraging(bevraging=bevraging, door=tom)
            closing.set()
            answered.wait(WAIT)

    def late():
        closing.wait(10)
        try:
            answer(bevraging)
        except BevragingGesloten:
            return "teruggegeven"
        finally:
            answered.set()
        return "bewaard"

    _, outcome = at_once(close, late)

    assert outcome == "teruggegeven"
    assert not Inzending.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_looks_at_midnight_waits_for_the_answer_that_is_on_its_way(bevraging):
    for _ in range(5):
        answer(bevraging)
    inside, looked = Event(), Event()

    def sixth():
        with transaction.atomic():
            answer(bevraging)
            inside.set()
            looked.wait(WAIT)
            # Midnight: the survey ends by itself before this answer is committed.
            Bevraging.objects.filter(pk=bevraging.pk).update(tot=day(-1))

    def look():
        inside.wait(10)
        found = locked_result(bevraging)
        looked.set()
        return found.aantal

    assert at_once(sixth, look)[1] == 6
    bevraging.refresh_from_db()
    assert locked_result(bevraging).aantal == 6


@pytest.mark.django_db(transaction=True)
def test_eight_answers_at_once_are_all_kept(bevraging):
    at_once(*[lambda n=n: answer(bevraging, ja1=f"{n}", ja2=f"{n}") for n in range(8)])

    assert Inzending.objects.filter(bevraging=bevraging).count() == 8
    assert Openantwoord.objects.count() == 16
