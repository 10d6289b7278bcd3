"""The chart of scores, with measurable coordinates."""

from datetime import date

from django.utils import translation

from preventieplan.domain.courses import PhasePoint, Point
from preventieplan.score_chart import BOTTOM, LEFT, NARROW, RIGHT, TOP, ScoreChart


def chart(*given: tuple[str, int | None]) -> ScoreChart:
    """Scores on days; each in the dossier of the schooljaar of its day."""
    points = []
    for op, score in given:
        day = date.fromisoformat(op)
        points.append(Point(day.year if day.month >= 9 else day.year - 1, day, score))
    return ScoreChart(points)


def test_time_runs_to_the_right_and_a_higher_score_stands_higher():
    low, middle, high = chart(("2026-10-05", 0), ("2026-10-20", 5), ("2026-11-20", 10)).dots

    assert LEFT < low.x < middle.x < high.x < RIGHT
    # Two weeks, then a month.
    assert high.x - middle.x > 1.9 * (middle.x - low.x)
    assert (low.y, middle.y, high.y) == (BOTTOM, (BOTTOM + TOP) / 2, TOP)


def test_0_and_10_have_a_number_too():
    assert [dot.tekst for dot in chart(("2026-10-05", 0), ("2026-11-20", 10)).dots] == ["0", "10"]


def test_a_number_stands_on_no_line():
    down, up = chart(("2026-10-05", 3), ("2026-11-20", 9)).dots
    assert not down.is_below
    assert not up.is_below
    # In a valley the line comes from above on both sides: its number is below it.
    around = (("2026-09-02", 5), ("2026-11-01", 9)), (("2026-11-07", 9), ("2027-06-01", 5))
    valley = chart(*around[0], ("2026-11-04", 3), *around[1]).dots[2]
    assert valley.is_below
    assert valley.baseline > valley.y


def test_a_score_that_was_taken_back_leaves_no_dot_and_breaks_the_line():
    drawn = chart(("2026-10-05", 4), ("2026-10-12", None), ("2026-11-20", 7))

    assert [dot.tekst for dot in drawn.dots] == ["4", "7"]
    assert drawn.segments == ()


def test_one_score_or_none_is_not_drawn():
    assert not chart().is_drawn
    assert not chart(("2026-10-05", 6)).is_drawn
    assert not chart(("2026-10-05", 6), ("2026-10-12", None)).is_drawn
    assert chart(("2026-10-05", 6), ("2026-10-12", 6)).is_drawn


def test_equal_scores_are_a_flat_line():
    (segment,) = chart(("2026-10-05", 6), ("2026-11-20", 6)).segments
    begin, end = segment.points.split()

    assert begin.split(",")[1] == end.split(",")[1]


def test_within_a_schooljaar_the_first_and_the_last_day_stand_below_it():
    with translation.override("nl-be"):
        marks = chart(("2026-10-05", 4), ("2026-11-20", 7)).marks

    assert [(one.x, one.tekst, one.line) for one in marks] == [
        (LEFT, "5 oktober", None),
        (RIGHT, "20 november", None),
    ]


def test_from_one_schooljaar_to_the_next_the_line_is_dashed():
    drawn = chart(("2025-10-05", 4), ("2026-05-20", 5), ("2026-10-20", 7))

    assert [segment.is_between for segment in drawn.segments] == [False, True]
    assert [one.tekst for one in drawn.marks] == ["2025-2026", "2026-2027"]
    # The line of September stands between the dots of May and October.
    assert drawn.dots[1].x < (drawn.marks[1].line or 0) < drawn.dots[2].x


def test_a_year_without_a_score_keeps_its_place():
    drawn = chart(("2021-10-05", 4), ("2026-10-05", 7))

    assert [one.tekst for one in drawn.marks] == [
        "21-22",
        "22-23",
        "23-24",
        "24-25",
        "25-26",
        "26-27",
    ]
    assert [segment.is_between for segment in drawn.segments] == [True]


def test_of_ten_years_every_year_has_its_name_and_of_twenty_every_other_one():
    ten = [one.tekst for one in chart(("2017-10-05", 4), ("2026-10-05", 7)).marks]
    assert len(ten) == 10
    assert all(ten)
    twenty = chart(("2007-10-05", 4), ("2026-10-05", 7)).marks
    assert (RIGHT - LEFT) / len(twenty) < NARROW
    assert [bool(one.tekst) for one in twenty] == [True, False] * 10


def test_many_scores_close_to_each_other_keep_their_dots_and_the_last_its_number():
    dots = chart(*((f"2026-10-{day:02}", day // 2 % 2 + 4) for day in range(1, 31))).dots

    assert len(dots) == 30
    assert dots[-1].tekst == "5"
    assert 1 < sum(bool(dot.tekst) for dot in dots) < 30


def test_a_mean_of_not_all_goals_is_an_open_dot():
    partial = PhasePoint(2026, date(2026, 10, 5), 3.5, 2, 3)
    whole = PhasePoint(2026, date(2026, 11, 20), 4.3, 3, 3)

    dots = ScoreChart([partial, whole]).dots

    assert [(dot.tekst, dot.is_open) for dot in dots] == [("3,5", True), ("4,3", False)]


def test_the_drawing_is_told_in_words():
    with translation.override("nl-be"):
        titel = chart(("2025-10-05", 4), ("2026-05-20", 5), ("2026-10-20", 7)).titel

    assert titel == "Van 4 op 5 oktober 2025 naar 7 op 20 oktober 2026, in 3 scores"
