"""`make clicks` says which bars do not hold, and ends with 1 when one does not."""

from contextlib import nullcontext
from unittest.mock import Mock

import pytest
from playwright.sync_api import TimeoutError as NotThere

from clicks import __main__ as command
from clicks import jobs
from clicks.counter import Cost
from clicks.report import show
from clicks.rows import Row


@pytest.mark.parametrize(
    ("cost", "holds"),
    [
        (Cost(3, 1.0), True),
        (Cost(4, 1.0), True),
        (Cost(5, 1.0), False),
        (Cost(4, 1.004), True),
        (Cost(4, 1.01), False),
    ],
)
def test_a_row_says_whether_its_bars_hold(capsys, cost, holds):
    row = Row("ankerfiguur, laptop", "from login to eight people invited", cost, 4, 1)

    assert show([row]) == holds

    said = capsys.readouterr().out
    line = f"| ankerfiguur, laptop | from login to eight people invited | {cost.clicks} | 1.0"
    assert line in said
    assert ("| **no** |" in said) != holds
    assert ("1 of 1 do not hold." in said) != holds


def test_a_job_that_could_not_be_done_is_told_and_the_others_are_done(monkeypatch, capsys):
    def lost_job(desk):
        yield from ()
        raise NotThere("Timeout: no button\nCall log: ...")

    def easy_job(desk):
        yield Row("board", "to read", Cost(1, 1.0), 1)

    monkeypatch.setattr(jobs, "JOBS", (lost_job, easy_job))

    assert not show(jobs.do_all(Mock()))

    said = capsys.readouterr().out
    assert "| ? | lost job | | | Timeout: no button | **not done** |" in said
    assert "| board | to read | 1 | 1.00 | 1 click | yes |" in said


@pytest.mark.parametrize(("clicks", "ends"), [(4, 0), (5, 1)])
def test_it_ends_with_1_when_a_bar_does_not_hold(monkeypatch, clicks, ends):
    def job(desk):
        yield Row("STS-team", "a sentence", Cost(clicks, 1.0), 4)
        yield Row("board", "to read", Cost(1, 1.0), 1)

    monkeypatch.setattr(jobs, "JOBS", (job,))
    monkeypatch.setattr(command, "_set_up_django", lambda _folder: None)
    monkeypatch.setattr("clicks.world.at_a_desk", lambda _folder: nullcontext(Mock()))

    assert command.main() == ends
