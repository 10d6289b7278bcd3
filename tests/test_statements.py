"""Which stories PostgreSQL hears too."""

import pytest
from django.db import IntegrityError, connection, transaction

from dossiers.mensen.models import CLB
from tests.statements import REFUSED, Listener, adding_nothing


@pytest.fixture
def listener(db):
    listener = Listener()
    with connection.execute_wrapper(listener):
        yield listener


def asked(listener, what):
    """How many new things are asked of the database."""
    before = set(listener.heard)
    what()
    return len(listener.heard - before)


def test_a_story_is_left_out_when_others_ask_all_that_it_asks():
    told = {
        "asks most": ["school", "clb", "dossier"],
        "asks less": ["school", "clb"],
        "asks something else": ["school", "actie"],
        "the same again": ["actie", "school"],
        "is refused": ["school", REFUSED],
    }

    assert adding_nothing(told) == {"asks less", "the same again"}


@pytest.mark.parametrize(
    ("values", "new"),
    [
        (["Ten Berg"], 0),
        (["De Brug", "Ten Berg", "Het Anker"], 0),
        (["Ten Bérg"], 1),
        (["Ten Berg " * 10], 1),
        (["Ten Berg " * 1000], 1),
        ([""], 1),
    ],
)
def test_it_is_the_same_question_with_other_values_of_the_same_kind(listener, values, new):
    def look_up(names):
        CLB.objects.filter(naam__in=names).exists()

    look_up(["De Brug"])

    assert asked(listener, lambda: look_up(values)) == new


@pytest.mark.parametrize(
    ("value", "new"), [(2, 0), (-1, 1), (2**31, 1), (None, 1), (True, 1), ("2", 1), ("\x02", 1)]
)
def test_what_is_no_ordinary_number_is_of_another_kind(listener, value, new):
    def say(value):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [value])

    say(1)

    assert asked(listener, lambda: say(value)) == new


def test_another_question_is_another_one_and_a_savepoint_is_not(listener):
    def in_a_savepoint():
        with transaction.atomic():
            CLB.objects.count()

    in_a_savepoint()

    assert asked(listener, in_a_savepoint) == 0
    assert asked(listener, CLB.objects.exists) == 1


def test_what_the_database_refuses_is_noted(listener):
    CLB.objects.create(naam="De Brug", instellingsnummer="000001")
    assert REFUSED not in listener.heard

    with pytest.raises(IntegrityError), transaction.atomic():
        CLB.objects.create(naam="Ten Berg", instellingsnummer="000001")

    assert REFUSED in listener.heard
