"""The board, which reads along."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from clicks.counter import Counter
from clicks.desk import Desk
from clicks.rows import Row

BOARD = "bestuur@demo.test"
JOB = "from login to the routekaart"


def board_to_routekaart(desk: Desk) -> Iterator[Row]:
    with desk.laptop(BOARD) as page:
        yield Row("board, laptop", JOB, _open(Counter(page)).cost, 1, 1)
    with desk.phone(BOARD) as page:
        yield Row("board, phone", JOB, _open(Counter(page, touch=True)).cost, 1, 1)


def _open(who: Counter) -> Counter:
    who.press_on(who.page.get_by_role("link", name=re.compile("routekaart", re.I)).first)
    _is_there(who.page)
    return who


def _is_there(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name=re.compile("^Routekaart"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Fase 0")).first).to_be_attached()
