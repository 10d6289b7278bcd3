"""Which stories PostgreSQL hears too: as many as it takes to ask it all that SQLite was asked.

Most stories ask a database what other stories asked before; telling them all twice made the tests
twice as long and found nothing. So each story on SQLite is listened to:

    pytest -p tests.statements --statements-to FILE

writes what it asked, and `--statements-of FILE`, on PostgreSQL, leaves out the stories that add
nothing. What two stories ask is the same when it differs in its values alone, and these are of the
same kinds: the databases disagree about values that are very long or large, or odd. What a story
looks up by itself, to see what became of it, the application never asks: that counts only where
the application asks nothing. Stories in which a database refused something are always told on both,
and so are those with transactions or threads of their own. A story that was not listened to is
told.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Set
from hashlib import blake2b
from heapq import heapify, heappop, heappush
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import DatabaseError, connections

TESTS = Path(__file__).resolve().parent
# Where the code of the application stands, and what stands there too.
OURS = f"{TESTS.parent}{os.sep}"
BESIDE = (f"{TESTS}{os.sep}", f"{sys.prefix}{os.sep}")

# A list of values is asked for in as many marks as it has values.
LISTS = re.compile(r"\((?:%s, )*%s\)(?:, \((?:%s, )*%s\))*")
# Django names a savepoint after its thread and counts them.
SAVEPOINT = re.compile(r'"s\d+_x\d+"')
INTEGER = 2**31
# Letters: the length of most columns for a name, and far more than anybody types.
LONG, VERY_LONG = 60, 2000

HEARD = "statements"
REFUSED = "refused"
TRANSACTIONS = {"transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--statements-to", type=Path, help="write what each story asked")
    parser.addoption("--statements-of", type=Path, help="leave out what asks nothing else")


class Listener:
    """What the connection of this thread was asked since the story began."""

    def __init__(self) -> None:
        self._by_the_application: set[str] = set()
        self._by_the_story: set[str] = set()

    def start(self) -> None:
        self._by_the_application.clear()
        self._by_the_story.clear()

    @property
    def heard(self) -> set[str]:
        return self._by_the_application or self._by_the_story

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        by = self._by_the_application if _application_asks() else self._by_the_story
        by.add(_what_is_asked(str(sql), () if many else params or ()))
        try:
            return execute(sql, params, many, context)
        except DatabaseError:
            self._by_the_application.add(REFUSED)
            raise


class Writing:
    """Listens to the stories on SQLite, in each process that tells some."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._listener = Listener()
        self._told: dict[str, list[str]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        self._listener.start()
        wrappers = connections["default"].execute_wrappers
        if self._listener not in wrappers:
            wrappers.append(self._listener)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        # The report about the end of the story takes it along, also out of another process.
        item.user_properties.append((HEARD, sorted(self._listener.heard)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self._told[report.nodeid] = dict(report.user_properties)[HEARD]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not hasattr(session.config, "workerinput"):
            self._path.write_text(json.dumps(self._told))


def pytest_configure(config: pytest.Config) -> None:
    if path := config.getoption("--statements-to"):
        config.pluginmanager.register(Writing(path))


# After the marks are given (tests/conftest.py) and stories were left out by them.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if path := config.getoption("--statements-of"):
        told: dict[str, list[str]] = json.loads(path.read_text())
        alone = {item.nodeid for item in items if _has_transactions(item)}
        heard = {item.nodeid: asked for item in items if (asked := told.get(item.nodeid))}
        spare = adding_nothing(heard, anyway=alone)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in spare])
        items[:] = [item for item in items if item.nodeid not in spare]


def adding_nothing(
    told: Mapping[str, Iterable[str]], *, anyway: Set[str] = frozenset()
) -> set[str]:
    """The stories that ask nothing which those that stay do not ask.

    told: what each story asked. Those in which something was refused stay, and so do those that are
    told `anyway`. Of the others stays, each time, the one that asks most of what none asks yet.
    """
    refused = {story for story, asked in told.items() if REFUSED in asked}
    stay = refused | anyway
    heard = {one for story in stay for one in told.get(story, ())}
    asked = {story: set(all_of_it) for story, all_of_it in told.items() if story not in stay}
    most = [(-len(all_of_it), story) for story, all_of_it in asked.items()]
    heapify(most)
    spare = set()
    while most:
        _, story = heappop(most)
        new = asked[story] - heard
        if not new:
            spare.add(story)
        elif most and -len(new) > most[0][0]:
            # It adds less than it did before others were chosen: its turn comes later.
            heappush(most, (-len(new), story))
        else:
            heard |= new
    return spare


def _has_transactions(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    marked = mark is not None and mark.kwargs.get("transaction", False)
    return marked or not TRANSACTIONS.isdisjoint(getattr(item, "fixturenames", ()))


def _application_asks() -> bool:
    """Whether code of the application is at work, and not only that of a story."""
    frame: FrameType | None = sys._getframe()
    while frame:
        file = frame.f_code.co_filename
        if file.startswith(OURS) and not file.startswith(BESIDE):
            return True
        frame = frame.f_back
    return False


def _what_is_asked(sql: str, values: Iterable[Any]) -> str:
    shape = SAVEPOINT.sub("a savepoint", LISTS.sub("(%s)", sql))
    kinds = sorted({_kind(value) for value in values})
    return blake2b(f"{shape} {kinds}".encode(), digest_size=8).hexdigest()


def _kind(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return f"int {value >= 0} {abs(value) < INTEGER}"
    if isinstance(value, str):
        length = (len(value) > 0) + (len(value) > LONG) + (len(value) > VERY_LONG)
        odd = any(ord(sign) < ord(" ") and sign not in "\r\n\t" for sign in value)
        return f"str {length} {value.isascii()} {odd}"
    return type(value).__name__
