"""A talk of the team, from where one lands to its first step."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from clicks.counter import Counter
from clicks.desk import Desk
from clicks.rows import Row
from dialoogfiches.gesprekken.models import Gesprek

SCHOOL = "Campus Velpekouter"


def talk_that_runs(desk: Desk) -> Iterator[Row]:
    with desk.laptop("ankerfiguur@demo.test") as page:
        who = Counter(page)
        who.press_on(page.get_by_role("link", name=SCHOOL, exact=True).first)
        _start(who)
    yield Row("ankerfiguur, laptop", "from login to a talk that runs", who.cost, 5)
    with desk.laptop("team@demo.test") as page:
        who = Counter(page)
        _start(who)
    yield Row("schoolteam, laptop", "from the dossier to a talk that runs", who.cost, 5)


def _start(who: Counter) -> None:
    page, before = who.page, Gesprek.objects.count()
    who.press_on(page.get_by_role("link", name="Gesprekken", exact=True))
    who.press_on(page.get_by_role("link", name=re.compile("^Start een gesprek met")).first)
    who.press_on(page.get_by_role("button", name="Start het gesprek"))
    who.press_on(page.get_by_role("link", name=re.compile("^Start met")))
    # It runs when the first thing can be written down.
    page.wait_for_url(re.compile(r"/gesprekken/[0-9a-f-]{36}/[a-z0-9-]+/"))
    expect(page.get_by_role("textbox").first).to_be_editable()
    assert Gesprek.objects.count() == before + 1
