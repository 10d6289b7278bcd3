"""From five schools and two CLB's, and never what one of them said between two looks."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dossiers.mensen.models import School
from dossiers.reacties.domain.zeggen import AlGezegd
from dossiers.reacties.models import Gezegd, Reactie, Reactiemaand
from tests.dossiers.reacties.gebied import DECEMBER, LIJN, NOVEMBER, OKTOBER, settle, told

pytestmark = pytest.mark.django_db


def beside() -> Counter:
    """What stands beside what was told, and how often."""
    return Counter((one.niveau, one.provincie) for one in told())


@pytest.mark.parametrize(("schools", "is_told"), [(4, 0), (5, 5), (6, 6)])
def test_a_line_is_told_of_five_schools(gebied, schools, is_told):
    gebied.schools(2, schools - 2)

    assert settle(OKTOBER) == bool(is_told)

    assert len(told()) == is_told


def test_a_month_with_four_schools_tells_nothing_and_the_fifth_brings_them_along(gebied):
    gebied.schools(2, 2)
    settle(OKTOBER)
    assert told() == []

    gebied.say(gebied.school(gebied.zuid), omdat="Te lang voor onze kleuters")
    settle(NOVEMBER)

    assert len(told()) == 5
    assert {one.maand for one in told()} == {NOVEMBER}


@pytest.mark.parametrize(("others", "is_told"), [(0, False), (1, False), (2, True), (4, True)])
def test_no_clb_has_all_but_one(gebied, others, is_told):
    gebied.schools(6 - others, others)

    settle(OKTOBER)

    assert bool(told()) is is_told


@pytest.mark.parametrize(("others", "is_told"), [(4, True), (5, False)])
def test_nor_the_other_clb(gebied, others, is_told):
    gebied.schools(6 - others, others)

    settle(OKTOBER)

    assert bool(told()) is is_told


@pytest.mark.parametrize(("come", "moves"), [(4, False), (5, True), (6, True)])
def test_who_looks_twice_does_not_see_what_fewer_than_five_said_since(gebied, come, moves):
    gebied.schools(3, 3)
    settle(OKTOBER)
    gebied.schools(2, come - 2)

    settle(NOVEMBER)

    assert len(told()) == (6 + come if moves else 6)


def test_nor_what_five_of_one_clb_said_since(gebied):
    gebied.schools(3, 3)
    settle(OKTOBER)
    gebied.schools(4, 1)
    settle(NOVEMBER)
    assert len(told()) == 6

    gebied.schools(0, 1)
    settle(DECEMBER)

    assert len(told()) == 12


def test_a_school_that_moves_to_another_clb_counts_there(gebied):
    schools = gebied.schools(3, 2)
    School.objects.filter(pk=schools[-1].pk).update(clb=gebied.noord)

    settle(OKTOBER)
    assert told() == []

    School.objects.filter(pk=schools[0].pk).update(clb=gebied.zuid)
    settle(NOVEMBER)
    assert len(told()) == 5


def test_a_clb_that_says_something_comes_along_and_makes_no_five(gebied):
    gebied.schools(2, 2)
    gebied.say(clb=gebied.noord, omdat="Onze scholen slaan dit over")
    gebied.say(clb=gebied.zuid)
    settle(OKTOBER)
    assert told() == []

    gebied.schools(1, 0)
    settle(NOVEMBER)

    assert len(told()) == 7
    # Nothing stands beside what a CLB said, so nothing stands beside one of the others either.
    assert beside() == {("", ""): 7}


def test_lines_do_not_add_up(gebied):
    for school in gebied.schools(2, 2):
        gebied.say(school, code="f0-1-v02")
    gebied.schools(0, 1)

    assert settle(OKTOBER) == 1

    assert len(told()) == 5
    assert told("f0-1-v02") == []


def test_a_school_says_one_thing_of_a_line_until_that_was_told(gebied):
    first, *_ = gebied.schools(3, 2)
    with pytest.raises(AlGezegd):
        gebied.say(first, omdat="Toch niet")
    assert Reactie.objects.count() == 5
    settle(OKTOBER)

    gebied.say(first, omdat="Toch niet")
    with pytest.raises(AlGezegd):
        gebied.say(first, omdat="Echt niet")

    # It is one of five again: four others have to come.
    gebied.schools(1, 2)
    settle(NOVEMBER)
    assert len(told()) == 5
    gebied.schools(1, 0)
    settle(DECEMBER)
    assert len(told()) == 10


def test_what_a_school_said_stays_when_it_is_erased_and_it_counts_no_more(gebied):
    """Nobody could tell which words were of that school."""
    schools = gebied.schools(3, 2)
    schools[0].delete()
    settle(OKTOBER)
    assert told() == []

    gebied.schools(1, 0)
    settle(NOVEMBER)

    assert len(told()) == 6
    assert Gezegd.objects.count() == 5


def test_what_one_practises_in_says_nothing(gebied):
    school = School.objects.create(clb=gebied.noord, naam="Oefenschool", oefen=True)

    gebied.say(school)

    assert not Reactie.objects.exists()
    assert not Gezegd.objects.exists()


def test_beside_a_sentence_stands_what_five_schools_share(gebied):
    gebied.schools(3, 2)

    settle(OKTOBER)

    assert beside() == {("so", "limburg"): 5}


@pytest.mark.parametrize(("bao", "is_told"), [(4, False), (5, True), (6, True)])
def test_but_not_when_fewer_share_something_else(gebied, bao, is_told):
    """It would say that those without are of another niveau; all are of the same province."""
    gebied.schools(3, 3, niveau="so")
    gebied.schools(2, bao - 2, niveau="bao")

    settle(OKTOBER)

    expected = {("so", "limburg"): 6, ("bao", "limburg"): bao}
    assert beside() == (expected if is_told else {("", "limburg"): 6 + bao})


def test_the_niveau_alone_when_the_province_would_tell_too_much(gebied):
    gebied.schools(2, 1, provincie="antwerpen")
    gebied.schools(1, 2, provincie="limburg")

    settle(OKTOBER)

    assert beside() == {("so", ""): 6}


def test_or_the_province_alone(gebied):
    gebied.schools(2, 1, niveau="so")
    gebied.schools(1, 2, niveau="bao")

    settle(OKTOBER)

    assert beside() == {("", "limburg"): 6}


def test_five_of_one_clb_share_nothing_that_is_told(gebied):
    """That CLB would know which sentences are of its schools."""
    gebied.schools(5, 0, niveau="so", provincie="limburg")
    gebied.schools(0, 5, niveau="bao", provincie="antwerpen")

    settle(OKTOBER)

    assert beside() == {("", ""): 10}


def test_five_with_the_rest_of_as_many_are_told_and_the_rest_is_not(gebied):
    gebied.schools(3, 2, niveau="so")
    gebied.schools(1, 2, niveau="bao", provincie="antwerpen")
    gebied.schools(1, 1, niveau="buo", provincie="brussel")

    settle(OKTOBER)

    assert beside() == {("so", "limburg"): 5, ("", ""): 5}


def test_what_most_schools_share_stays_when_something_has_to_go(gebied):
    gebied.schools(3, 2, niveau="so")
    gebied.schools(3, 3, niveau="bao")
    gebied.schools(1, 1, niveau="buo")

    settle(OKTOBER)

    assert beside() == {("bao", "limburg"): 6, ("", ""): 7}


def test_a_school_whose_niveau_was_wrong_is_told_under_neither(gebied):
    """Five say they are so now; of one of them the words came in as bao."""
    schools = gebied.schools(2, 2)
    wrong = gebied.school(gebied.noord, niveau="bao")
    gebied.say(wrong)
    School.objects.filter(pk=wrong.pk).update(niveau="so")
    assert len(schools) == 4

    settle(OKTOBER)

    assert beside() == {("", "limburg"): 5}


@pytest.mark.parametrize(("so", "is_told"), [(5, False), (6, True)])
def test_of_words_that_came_in_under_another_niveau_no_four_are_told(gebied, so, is_told):
    """One of the schools that are so now said it as bao."""
    gebied.schools(3, 3, niveau="bao")
    wrong, *_ = gebied.schools(1, 0, niveau="bao")
    School.objects.filter(pk=wrong.pk).update(niveau="so")
    gebied.schools(2, so - 3, niveau="so")

    settle(OKTOBER)

    expected = {("bao", "limburg"): 7, ("so", "limburg"): so - 1}
    assert beside() == (expected if is_told else {("", "limburg"): 6 + so})


def test_a_month_is_settled_once(gebied):
    gebied.schools(3, 2)
    assert settle(OKTOBER) == 1
    gebied.schools(3, 2)

    assert settle(OKTOBER) is None

    assert len(told()) == 5
    assert settle(NOVEMBER) == 1
    assert len(told()) == 10


def test_the_night_says_what_it_did(gebied, monkeypatch):
    gebied.schools(3, 2)
    said = StringIO()
    call_command("reken_reacties", stdout=said)
    call_command("reken_reacties", stdout=said)

    first, second = said.getvalue().splitlines()
    assert first.endswith("vastgelegd: over 1 regels zeiden genoeg scholen iets.")
    assert second.endswith("was al vastgelegd.")


def test_the_order_of_rows_says_nothing(gebied, monkeypatch):
    """What waits is written again with each new one, and what is told with what was told before."""
    shuffled: list[list[Reactie]] = []
    monkeypatch.setattr("stsdialoog.shuffling._chance.shuffle", shuffled.append)
    gebied.schools(3, 2)
    assert [len(rows) for rows in shuffled] == [1, 2, 3, 4, 5]
    settle(OKTOBER)
    gebied.schools(3, 2)
    shuffled.clear()

    settle(NOVEMBER)

    assert [len(rows) for rows in shuffled] == [10]
    assert len({row.pk for row in shuffled[0]}) == 10


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a column of PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_what_waits_was_written_in_one_transaction(gebied):
    """Which words came with the school that was last is not to be seen."""
    gebied.schools(3, 2)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM reacties_reactie")
        assert cursor.fetchone() == (1,)


def test_no_row_ties_words_to_a_school():
    fields = {field.name for field in Reactie._meta.get_fields()}
    assert fields == {"id", "verwijzing", "werkt", "omdat", "niveau", "provincie", "maand"}
    assert {field.name for field in Gezegd._meta.get_fields()} == {
        *("id", "school", "clb", "verwijzing", "wacht", "gelezen"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"omdat": "x" * 201},
        {"verwijzing": "preventieplan"},
        {"niveau": "x"},
        {"provincie": "x"},
        {"maand": OKTOBER.replace(day=2)},
    ],
)
def test_the_database_keeps_the_rules_as_well(wrong):
    right = {"verwijzing": LIJN, "werkt": True}
    # PostgreSQL finds a text too long before it asks its rule.
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Reactie.objects.create(**{**right, **wrong})
    Reactie.objects.create(**right)


def test_somebody_says_it_and_exactly_one(gebied):
    school = gebied.school()
    for wrong in ({}, {"school": school, "clb": gebied.noord}, {"school": school, "wacht": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Gezegd.objects.create(verwijzing=LIJN, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reactiemaand.objects.create(maand=OKTOBER.replace(day=2))


def test_saying_it_takes_as_many_queries_with_many_others(gebied):
    gebied.schools(1, 0)
    school, other = gebied.school(), gebied.school()
    with CaptureQueriesContext(connection) as few:
        gebied.say(school)
    gebied.schools(5, 5)
    with CaptureQueriesContext(connection) as many:
        gebied.say(other)
    assert len(few) == len(many)
