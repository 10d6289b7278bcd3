"""Places to make a document in: as many as this machine makes at once, whatever its web processes.

A place is a locked file. The lock goes along to the process that lays the document out and ends
with it, however it ends; so no crash leaves a place taken.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import reduction
from pathlib import Path
from typing import Any

from stsdialoog.documents.folder import folder, open_own

LONGEST_JOB = 200  # bytes
LARGE = "large"


@dataclass(frozen=True)
class Job:
    """What a place was taken for: the key of a document, and the user who asked for it.

    large: whether it is one that takes long.
    """

    key: str
    user: str
    large: bool = False


class Place:
    """A file that is locked by whoever has it open, also by the process that it is passed to."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path, self._fd = path, fd

    def __reduce__(self) -> tuple[Any, ...]:
        return _passed_on, (self.path, reduction.DupFd(self._fd))

    def take(self) -> bool:
        """Lock it; False if another has it."""
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self) -> None:
        """Lock it, as soon as the other lets go."""
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    @property
    def job(self) -> Job | None:
        """What is being made here. In a free place: what was being made when its process died."""
        key, *rest = os.pread(self._fd, LONGEST_JOB, 0).decode().split(" ")
        return Job(key, rest[0], large=LARGE in rest) if key else None

    def write(self, job: Job) -> None:
        self.clear()
        words = (job.key, job.user, *((LARGE,) if job.large else ()))
        os.pwrite(self._fd, " ".join(words).encode(), 0)

    def clear(self) -> None:
        os.ftruncate(self._fd, 0)

    def same(self) -> "Place":
        """The same place under the same lock, which lasts until both are closed."""
        return Place(self.path, os.dup(self._fd))

    def close(self) -> None:
        """Leave it. It stays taken as long as the process that it was passed to goes on."""
        os.close(self._fd)

    @property
    def work(self) -> Path:
        """The folder for temporary files of the process that works here."""
        return self.path.with_suffix(".work")


def _passed_on(path: Path, fd: Any) -> Place:
    return Place(path, fd.detach())


def open_place(name: str) -> Place:
    path = folder() / f"{name}.place"
    return Place(path, open_own(path))


@contextmanager
def all_places(many: int) -> Iterator[list[Place]]:
    """The places for kept documents, while nobody else on this machine decides about them."""
    gate = open_place("gate")
    places = [open_place(f"document-{number}") for number in range(many)]
    try:
        gate.wait()
        yield places
    finally:
        for one in (*places, gate):
            one.close()
