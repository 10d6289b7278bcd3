"""A folder for each story."""

from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from stsdialoog.documents import desk


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.DOCUMENTEN_DIR = tmp_path / "documenten"
    return settings.DOCUMENTEN_DIR


@pytest.fixture
def heard(capfd) -> Iterator[Callable[[], str]]:
    """What the processes that make documents write to standard error."""
    # They have that of the process they come from, so that one begins anew.
    forkserver._forkserver._stop()
    yield lambda: capfd.readouterr().err
    forkserver._forkserver._stop()


@pytest.fixture
def make_no_more(monkeypatch) -> Callable[[], None]:
    """From the moment that it is called, making a document fails the story."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("it was made once more")

    return lambda: monkeypatch.setattr(desk, "Child", refuse)
