"""A small storm goes on to its end, and what a large one may do wrong is found."""

import re
import subprocess
import sys
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse

from storm.answers import Answers, Request, note
from storm.databases import POSTGRESQL, SQLITE
from storm.junk import FORM
from storm.oracle import History, Row, Sent, Verdict, judge
from storm.targets import asked_in
from tests.production import ROOT
from tests.proxy import NGINX

VELD = "antwoord-f0-1-v01-toelichting"
MINE, HERS = UUID(int=1), UUID(int=2)
SENT = [
    Sent(VELD, MINE, 1, basis=0, text="onthaal"),
    Sent(VELD, MINE, 2, basis=1, text="elke dag", overtaken_by=3),
    Sent(VELD, MINE, 3, basis=1, text="elke ochtend"),
    # A conflict: the first try is not saved, the second one below what she saw.
    Sent(VELD, HERS, 1, basis=1, text="peter", acknowledged=False),
    Sent(VELD, HERS, 2, basis=2, text="meter", beneath=True),
]
ROWS = [
    Row(1, "onthaal", MINE, 1),
    Row(2, "elke ochtend", MINE, 3),
    Row(3, "elke ochtend\n\nmeter", HERS, 2),
]
WHOLE = History(ROWS, 3, "elke ochtend\n\nmeter")


def verdict(*rows: Row, sent: list[Sent] = SENT) -> Verdict:
    return judge(sent, {VELD: History(rows, rows[-1].revisie, rows[-1].text)})


def storm(*options: str) -> str:
    """All that a storm on the database of these tests says; it fails as `make storm` does."""
    kind = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "-m", "storm", "--database", kind, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def figure(what: str, said: str) -> int:
    found = re.search(rf"^\| {what} \| (\d+) \|$", said, re.MULTILINE)
    assert found, said
    return int(found[1])


@pytest.mark.database
def test_saves_go_on_while_everything_is_killed_once():
    said = storm("--only", "saves", "--saves", "50")

    assert figure("texts acknowledged", said) >= 50
    assert figure("workers killed", said) >= 1
    assert figure("masters killed", said) >= 1
    assert figure("answers of a board acknowledged", said) >= 1
    if connection.vendor == "postgresql":
        assert figure("postmasters killed", said) == 1
    assert figure("lost", said) == figure("without a conflict", said) == 0


@pytest.mark.database
@pytest.mark.skipif(not NGINX, reason="nginx is not installed")
def test_no_text_is_lost_when_a_release_takes_the_place_of_another():
    said = storm("--only", "restarts", "--saves", "50")

    assert figure("texts acknowledged", said) >= 50
    assert figure("instances restarted", said) >= 2
    assert figure("lost", said) == figure("doubled", said) == figure("gaps", said) == 0


@pytest.mark.database
def test_requests_that_no_browser_sends_are_answered():
    said = storm("--only", "requests", "--requests", "60")

    assert "60 requests" in said
    assert figure("200", said) > 0
    assert "0 times 5xx, 0 kinds of failure" in said


@pytest.mark.django_db
def test_a_storm_knows_what_the_links_of_a_page_ask_for(als, huis):
    asked: dict[str, set[str]] = {}
    for name, args in (
        ("preventieplan", []),
        ("routekaart", []),
        ("cijfers", []),
        ("fase-rond", [0]),
    ):
        url = reverse(name, args=[huis.dossier.pk, *args])
        for found, query in asked_in(als(huis.team).get(url).text, url):
            asked.setdefault(found, set()).update(one for one, _ in query)

    assert {"fase", "blanco"} <= asked["preventieplan-pdf"]
    assert asked["routekaart-pdf"] == {"formaat"}
    assert asked["cijfers"] == {"per"}


def test_a_history_that_holds_what_was_answered_is_whole():
    assert judge(SENT, {VELD: WHOLE}) == Verdict()


def test_an_acknowledged_text_that_is_not_there_is_lost():
    assert verdict(ROWS[0], replace(ROWS[1], text="elke dag"), ROWS[2]).lost >= 1
    assert verdict(*ROWS[:2]).lost == 1


def test_what_was_overtaken_is_lost_without_what_overtook_it():
    assert verdict(ROWS[0], sent=SENT[:2]).lost == 1
    assert verdict(*ROWS[:2], sent=SENT[:2]).lost == 0


def test_a_text_that_stands_twice_is_doubled():
    again = replace(ROWS[2], revisie=4)
    assert verdict(*ROWS, again).doubled == 1
    assert verdict(*ROWS, replace(again, nummer=9)).doubled == 1
    assert verdict(*ROWS, replace(again, text="nog eens")).doubled == 1


def test_an_older_text_of_a_page_on_top_of_a_later_one_is_out_of_order():
    older = Row(4, "elke dag", MINE, 2)
    assert verdict(*ROWS, older).disordered == 1
    assert verdict(*ROWS, replace(older, pagina=UUID(int=3))).disordered == 0


def test_a_revision_that_is_missing_or_another_text_in_the_field_is_a_gap():
    assert verdict(ROWS[0], ROWS[1], replace(ROWS[2], revisie=4)).gaps == 1
    assert judge(SENT, {VELD: replace(WHOLE, text="anders")}).gaps == 1
    assert judge(SENT, {VELD: replace(WHOLE, revisie=4)}).gaps == 1
    assert judge([], {VELD: History([], 0, "")}).gaps == 0


@pytest.mark.parametrize(("basis", "unseen"), [(1, 1), (2, 0), (3, 0)])
def test_on_top_of_a_colleague_one_saves_only_what_she_saw(basis, unseen):
    assert verdict(*ROWS, sent=[*SENT[:4], replace(SENT[4], basis=basis)]).unseen == unseen


def test_each_kind_of_failure_is_told_once_with_the_request_that_made_it():
    answers = Answers()
    first, second = (
        Request(number, "an", "POST", "/", "", b"a=b", {"CONTENT_TYPE": FORM}) for number in (7, 8)
    )
    fault = 'File "/a/b.py", line 5, in view\nKeyError: 3'

    note(answers, first, 500, [fault])
    note(answers, second, 500, [fault])
    note(answers, second, 200, [])

    assert answers.statuses == {500: 2, 200: 1}
    assert [str(one).splitlines()[0] for one in answers.failures.values()] == [
        "request 7, by an: POST '/'?"
    ]
    assert list(answers.failures) == ["KeyError: 3 < /a/b.py:5"]
