"""The line chart of scores, with measurable coordinates."""

from django.utils import timezone

from preventieplan.queries.plan import Score
from preventieplan.score_chart import ScoreChart


def line_of(*scores):
    return ScoreChart(tuple(Score(score, timezone.now(), "Tom") for score in scores))


def test_the_line_runs_from_left_to_right_and_a_higher_score_stands_higher():
    low, middle, high = line_of(0, 5, 10).points

    assert low.x < middle.x < high.x
    assert (low.y, middle.y, high.y) == (62, 36, 10)


def test_a_score_that_was_taken_back_leaves_no_dot():
    assert [point.score for point in line_of(4, None, 7).points] == [4, 7]


def test_one_score_or_none_is_no_line_and_no_error():
    assert line_of(6).line == "10.0,30.8"
    assert line_of(None).last is None
