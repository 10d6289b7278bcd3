"""The jobs that are counted, by subject."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Error

from clicks.desk import Desk
from clicks.jobs import checks, goals, lists, materials, people, reading, talks
from clicks.rows import NotDone, Row

Job = Callable[[Desk], Iterator[Row]]

JOBS: tuple[Job, ...] = (
    goals.fase_0_on_a_laptop,
    goals.fase_0_on_a_phone,
    goals.goal_by_keyboard,
    lists.fase_0_as_a_list,
    checks.check_on_a_phone,
    reading.board_to_routekaart,
    talks.talk_that_runs,
    people.eight_invited,
    materials.one_sentence,
)


def do_all(desk: Desk) -> Iterator[Row | NotDone]:
    """Do each job; one that could not be finished does not keep the others from being done."""
    for job in JOBS:
        try:
            yield from job(desk)
        except (Error, AssertionError) as error:
            yield NotDone(job.__name__.replace("_", " "), _first_line(error))


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
