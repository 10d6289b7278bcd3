"""What the scores of now are compared with, and the sentences that are drafted from it."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from preventieplan.routekaart.domain.drafts import (
    ActionChanges,
    Change,
    draft_change,
    draft_standing,
)
from preventieplan.routekaart.domain.since import BETWEEN, GivenScore, since_in

MARCH = date(2026, 3, 12)


def given(*scores: tuple[str, int | None, date]) -> list[GivenScore]:
    return [GivenScore(*one) for one in scores]


@pytest.mark.parametrize(("days", "is_earlier"), [(-1, False), (0, True), (1, True)])
def test_four_weeks_before_the_last_score_begins_an_earlier_round(days, is_earlier):
    later = MARCH + BETWEEN + timedelta(days=days)

    found = since_in(given(("f0-1", 4, MARCH), ("f0-1", 6, later)))

    assert (found is not None) == is_earlier


def test_the_newest_day_of_the_earlier_round_counts_with_all_scores_of_then():
    scores = given(
        ("f0-1", 3, date(2025, 10, 1)),
        ("f0-2", 7, date(2026, 3, 5)),
        ("f0-1", 4, MARCH),
        ("f0-3", None, MARCH),
        ("f0-2", 8, date(2026, 11, 20)),
        ("f0-4", 5, date(2026, 11, 26)),
    )

    found = since_in(scores)

    assert found is not None
    assert (found.op, found.scores) == (MARCH, {"f0-1": 4, "f0-2": 7})


def test_a_score_that_was_cleared_is_no_day_of_scoring():
    assert since_in(given(("f0-1", None, MARCH), ("f0-2", 3, date(2026, 11, 26)))) is None
    assert since_in([]) is None


def phase(nummer: int, *scores: int | None) -> Any:
    doelen = [
        SimpleNamespace(score=score, kort=f"Doel {nummer}{letter}")
        for score, letter in zip(scores, "abcdefgh", strict=False)
    ]
    scored = sum(score is not None for score in scores)
    return SimpleNamespace(nummer=nummer, doelen=doelen, ingeschaald=scored)


@pytest.mark.parametrize(
    ("fasen", "draft"),
    [
        (
            [phase(0, None, None), phase(1, None)],
            "We staan aan het begin: nog geen enkele doelstelling kreeg een score.",
        ),
        (
            [phase(0, 5, None)],
            "Doelstellingen met een score: 1 van 2 in fase 0, gemiddeld 5 op 10.",
        ),
        (
            [phase(0, 7, 4, 7), phase(1, 3, None), phase(2, None)],
            "Doelstellingen met een score: 3 van 3 in fase 0 en 1 van 2 in fase 1, gemiddeld 5,3 "
            "op 10. Het sterkst: Doel 0a en Doel 0c (7). Het meeste werk: Doel 1a (3).",
        ),
        (
            [phase(0, 7, 7, 7, 7, 7, 0)],
            "Doelstellingen met een score: 6 van 6 in fase 0, gemiddeld 5,8 op 10. Het sterkst: "
            "Doel 0a, Doel 0b, Doel 0c en nog 2 (7). Het meeste werk: Doel 0f (0).",
        ),
    ],
)
def test_where_we_stand_is_drafted_from_the_scores(fasen, draft):
    assert draft_standing(fasen) == draft


@pytest.mark.parametrize(
    ("changes", "acties", "draft"),
    [
        ([], ActionChanges(), ""),
        ([Change("A", 5, 5)], ActionChanges(), "De scores bleven gelijk."),
        (
            [Change("A", 5, 6), Change("B", 4, 8), Change("C", 5, 4), Change("D", None, 3)],
            ActionChanges(gedaan=3, bijgestuurd=1, over_tijd=2),
            "Hoger: B van 4 naar 8 en A van 5 naar 6. Lager: C van 5 naar 4. Voor het eerst "
            "ingeschaald: D. 3 acties gedaan, 1 bijgestuurd en 2 over tijd.",
        ),
        (
            [Change("A", 0, 1), Change("B", 0, 2), Change("C", 0, 3), Change("D", 0, 4)],
            ActionChanges(gedaan=1),
            "Hoger: D van 0 naar 4, C van 0 naar 3, B van 0 naar 2 en nog 1. 1 actie gedaan.",
        ),
        ([], ActionChanges(nieuw=2, over_tijd=1), "Acties: 2 nieuw en 1 over tijd."),
    ],
)
def test_what_changed_is_drafted_from_then_and_now(changes, acties, draft):
    assert draft_change(changes, acties, is_start=False) == draft


def test_since_the_start_nothing_has_to_be_named():
    new = [Change("A", None, 5), Change("B", None, 6)]

    assert draft_change(new, ActionChanges(), is_start=True) == "2 doelstellingen ingeschaald."
