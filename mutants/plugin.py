"""What pytest does for it: it notes which test runs a line, and runs only the tests it is given."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutant-tests", type=Path, help="a JSON list of the tests to run")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen: Path | None = config.getoption("mutant_tests")
    if chosen:
        wanted = set(json.loads(chosen.read_text()))
        items[:] = [item for item in items if item.nodeid in wanted]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    if coverage := Coverage.current():
        coverage.switch_context(item.nodeid)
    return (yield)
