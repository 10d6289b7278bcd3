"""Which stories PostgreSQL hears too."""

import pytest
from django.db import IntegrityError, connection, transaction

from dossiers.access import Recht, get_dossier_or_404
from dossiers.mensen.models import CLB
from dossiers.models import Dossier
from tests.conftest import SCHOOLJAAR
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
        "asks something else": ["school", "actie", "check"],
        "less of that": ["actie", "school"],
        "is refused": ["school", REFUSED],
    }

    assert adding_nothing(told) == {"asks less", "less of that"}


def test_what_is_told_anyway_need_not_be_asked_by_another():
    told = {
        "with threads": ["school", "clb"],
        "asks most": ["school", "clb", "dossier"],
        "asks as much of what is left": ["dossier", "actie"],
        "is refused": ["actie", REFUSED],
    }

    assert adding_nothing(told) == {"with threads", "asks as much of what is left"}
    assert adding_nothing(told, anyway={"with threads", "asks as much of what is left"}) == {
        "asks most"
    }


def test_each_time_stays_the_one_that_adds_most():
    told = {
        "asks most": ["school", "clb", "dossier", "actie", "veld"],
        "adds one": ["school", "clb", "dossier", "check"],
        "adds three": ["check", "score", "bestuur"],
    }

    assert adding_nothing(told) == {"adds one"}


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


def test_what_a_story_looks_up_counts_only_where_the_application_asks_nothing(listener, huis):
    listener.start()
    Dossier.objects.get(school__naam="Sint-Jozefschool")
    assert len(listener.heard) == 1
    looked_up = set(listener.heard)

    get_dossier_or_404(user=huis.team, pk=huis.dossier.pk, recht=Recht.LEZEN)
    assert listener.heard.isdisjoint(looked_up)
    asked_by_us = set(listener.heard)
    Dossier.objects.get(schooljaar=SCHOOLJAAR)

    assert listener.heard == asked_by_us != set()


def test_what_the_database_refuses_is_noted(listener):
    CLB.objects.create(naam="De Brug", instellingsnummer="000001")
    assert REFUSED not in listener.heard

    with pytest.raises(IntegrityError), transaction.atomic():
        CLB.objects.create(naam="Ten Berg", instellingsnummer="000001")

    assert REFUSED in listener.heard
