"""A folder for what is not ready yet, which does not outlive its process for long."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

PREFIX = ".kopie-"
LOCK = "bezig"


@contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """A new folder that only this user can enter, on the same disk as what comes of it.

    Those that a killed process left behind are removed first: nobody holds their lock any more.
    """
    for left in parent.glob(f"{PREFIX}*"):
        _remove_unless_busy(left)
    with (
        TemporaryDirectory(prefix=PREFIX, dir=parent) as name,
        (Path(name) / LOCK).open("w") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(name)


def _remove_unless_busy(folder: Path) -> None:
    with suppress(BlockingIOError, FileNotFoundError), (folder / LOCK).open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
