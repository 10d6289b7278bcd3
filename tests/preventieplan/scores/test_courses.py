"""Which of all that was saved counts as a score, and how a phase went: rules without a database."""

from datetime import date, timedelta

import pytest

from preventieplan.domain.courses import (
    PAUSE,
    Point,
    Saved,
    before_last,
    course,
    phase_course,
    sentence,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def saved(op: str, waarde: object, veld: str = "score", jaar: int = 2026) -> Saved:
    return Saved("f0-1", jaar, veld, "" if waarde is None else str(waarde), day(op))


def scores(*given: tuple[str, int | None], jaar: int = 2026) -> tuple[Point, ...]:
    return tuple(Point(jaar, day(op), score) for op, score in given)


def told(points) -> list[tuple[str, int | None]]:
    return [(point.op.isoformat(), point.score) for point in points]


def test_each_day_that_ends_with_another_score_is_a_point():
    points = course([saved("2026-11-20", 6), saved("2026-10-05", 4), saved("2026-10-30", 5)])

    assert told(points) == [("2026-10-05", 4), ("2026-10-30", 5), ("2026-11-20", 6)]


def test_a_day_that_ends_as_the_one_before_is_a_slip_that_was_put_right():
    assert told(course([saved("2026-10-05", 4), saved("2026-10-06", 4)])) == [("2026-10-05", 4)]


def test_a_score_that_was_taken_back_is_said_and_one_that_never_was_is_not():
    points = course([saved("2026-10-05", 4), saved("2026-10-06", None), saved("2026-10-09", None)])

    assert told(points) == [("2026-10-05", 4), ("2026-10-06", None)]
    assert course([saved("2026-10-05", None)]) == ()


def test_the_same_score_in_another_schooljaar_is_a_point_again():
    points = course([saved("2026-10-05", 4), saved("2025-10-05", 4, jaar=2025)])

    assert [(point.schooljaar, point.score) for point in points] == [(2025, 4), (2026, 4)]


def test_words_go_with_the_score_that_stood_when_they_were_written():
    first, second, third = course(
        [
            saved("2026-10-05", 4),
            saved("2026-10-05", "we beginnen pas", "want"),
            saved("2026-10-07", "er een peter is", "hoger"),
            saved("2026-10-30", 5),
            saved("2026-11-20", 6),
            saved("2026-11-21", "er is een peter", "want"),
        ]
    )

    assert (first.want, first.hoger) == ("we beginnen pas", "er een peter is")
    assert first.woorden == (
        ("We geven een 4, want …", "we beginnen pas"),
        ("Een 5 zou het zijn als …", "er een peter is"),
    )
    assert (second.want, second.has_new_words) == ("we beginnen pas", False)
    assert (third.want, third.hoger, third.has_new_words) == (
        "er is een peter",
        "er een peter is",
        True,
    )


def test_words_without_a_score_belong_to_no_point():
    assert course([saved("2026-10-05", "nog niet eens", "want")]) == ()


@pytest.mark.parametrize(
    ("jaar", "expected"),
    [
        # Two in the dossier of now: the one before the last.
        (2026, ("2026-10-05", 5)),
        # None in it yet: the last one of before.
        (2027, ("2026-11-20", 6)),
    ],
)
def test_what_a_team_gave_before(jaar, expected):
    points = (
        *scores(("2025-10-05", 3), jaar=2025),
        *scores(("2026-10-05", 5), ("2026-11-20", 6), ("2026-11-21", None)),
    )

    assert told([before_last(points, schooljaar=jaar)]) == [expected]


def test_before_a_first_score_there_is_nothing():
    assert before_last((), schooljaar=2026) is None
    assert before_last(scores(("2026-10-05", 5)), schooljaar=2026) is None


def test_a_phase_is_the_mean_of_its_goals_at_the_end_of_a_round():
    points = phase_course(
        {
            "f0-1": scores(("2026-10-05", 4), ("2027-02-01", 7)),
            "f0-2": scores(("2026-10-12", 3)),
            "f0-3": (),
        }
    )

    assert [(one.op.isoformat(), one.score, one.gegeven, one.doelen) for one in points] == [
        ("2026-10-12", 3.5, 2, 3),
        ("2027-02-01", 5.0, 2, 3),
    ]
    assert not any(one.is_whole for one in points)


@pytest.mark.parametrize(("later", "rounds"), [(-1, 1), (0, 2), (1, 2)])
def test_a_round_ends_when_four_weeks_pass_without_a_score(later, rounds):
    first = day("2026-10-05")
    second = (first + PAUSE + timedelta(days=later)).isoformat()

    points = phase_course({"f0-1": scores(("2026-10-05", 4)), "f0-2": scores((second, 6))})

    assert len(points) == rounds
    assert points[-1].score == 5
    assert points[-1].is_whole


def test_what_was_given_in_another_schooljaar_is_no_part_of_a_mean():
    points = phase_course(
        {
            "f0-1": (*scores(("2026-03-05", 8), jaar=2025), *scores(("2026-10-05", 4))),
            "f0-2": scores(("2026-03-05", 2), jaar=2025),
        }
    )

    assert [(one.schooljaar, one.score, one.gegeven) for one in points] == [
        (2025, 5.0, 2),
        (2026, 4.0, 1),
    ]


def test_a_phase_of_which_every_score_was_taken_back_has_no_mean():
    points = phase_course({"f0-1": scores(("2026-10-05", 4), ("2026-12-01", None))})

    assert [(one.op.isoformat(), one.score) for one in points] == [("2026-10-05", 4.0)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), ""),
        ((None,), ""),
        ((0,), "0 op 10"),
        ((4, 6), "Van 4 naar 6"),
        ((10, 3, 0), "Van 10 naar 0"),
        ((5, 5), "Toen 5, nu nog altijd 5"),
        ((5, 7, 5), "Toen 5, nu weer 5"),
        ((5, None), "Was 5, nu geen score"),
    ],
)
def test_how_it_went_in_a_sentence(given, expected):
    days = ("2026-10-05", "2026-10-30", "2026-11-20")
    assert sentence(scores(*zip(days, given, strict=False))) == expected


def test_a_mean_has_a_comma():
    points = phase_course({"a": scores(("2026-10-05", 4)), "b": scores(("2026-10-05", 5))})

    assert sentence(points) == "4,5 op 10"
    assert points[0].in_dutch == "4,5"
