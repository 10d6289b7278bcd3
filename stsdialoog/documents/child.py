"""The process that lays out one document, and then ends.

It is forked from a process that has WeasyPrint in memory (`warm.py`) and no threads, so it begins
at once; and whatever it used goes when it ends. It has less priority than a web process, and
bounds; of a document that may not be kept nothing can reach a disk.
"""

import logging
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from os import PRIO_PROCESS, setpriority
from pathlib import Path
from shutil import rmtree
from types import TracebackType

from stsdialoog import pdf
from stsdialoog.documents.document import Document
from stsdialoog.documents.folder import OWN_FOLDER
from stsdialoog.documents.kept import Shelf
from stsdialoog.documents.places import Place

logger = logging.getLogger(__name__)

NICENESS = 10
MEMORY = 2 * 1024**3  # bytes of address space; a plan of thirty pages takes a fifth of it
PROCESSOR_SECONDS = 120
PR_SET_DUMPABLE = 4  # Linux, prctl(2)

_context = get_context("forkserver")
# A child also imports the main module of the web process again; that of gunicorn takes a while.
_context.set_forkserver_preload(["stsdialoog.documents.warm", "gunicorn.app.wsgiapp"])


class ChildDied(Exception):
    """The process ended without a PDF."""


@dataclass(frozen=True)
class Work:
    """What a process is to do with the HTML that it gets.

    template: names the document in the log.
    shelf: where it keeps the PDF; None if nothing of the document may touch a disk.
    memory: bytes that it may take before it is ended.
    seconds: processor time that it may take.
    """

    template: str
    styles: tuple[str, ...]
    shelf: Shelf | None
    memory: int
    seconds: int

    @property
    def largest_file(self) -> int:
        return self.shelf.bound if self.shelf else 0


class Child:
    """A process that lays out a document in a place. It may outlive the `with` block.

    shelf: as for `Work`. Raises ChildDied when it does not even begin.
    """

    def __init__(self, document: Document, place: Place, *, shelf: Shelf | None = None) -> None:
        self._began = time.monotonic()
        self._ours, theirs = _context.Pipe()
        work = Work(document.template, document.styles, shelf, MEMORY, PROCESSOR_SECONDS)
        # As a daemon: it does not hold up the end of the web process.
        self.process = _context.Process(target=_do, args=(theirs, place, work), daemon=True)
        try:
            self.process.start()
        except (OSError, EOFError) as error:
            self._ours.close()
            raise ChildDied from error
        finally:
            theirs.close()
        self._html = document.html.encode()

    def __enter__(self) -> "Child":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ours.close()

    def lay_out(self, *, seconds: float) -> bytes | None:
        """Pass the HTML on through the pipe and wait for the PDF.

        seconds: how long, from when the process was asked for.
        Returns None when it takes longer; the process then goes on. Raises ChildDied.
        """
        try:
            self._ours.send_bytes(self._html)
            left = self._began + seconds - time.monotonic()
            return self._ours.recv_bytes() if self._ours.poll(max(0, left)) else None
        except (OSError, EOFError) as error:
            raise ChildDied from error

    def kill(self) -> None:
        self.process.kill()


def _do(pipe: Connection, place: Place, work: Work) -> None:
    _confine(work)
    try:
        with _temporary_files_in(place.work):
            pdf.open_typeface(styles=work.styles)
            # From here on no file can grow further than this.
            _limit(resource.RLIMIT_FSIZE, work.largest_file)
            made = pdf.write_pdf(pipe.recv_bytes().decode(), styles=work.styles)
            if work.shelf is not None:
                _keep(made, work.shelf, place)
            place.clear()
            pipe.send_bytes(made)
    except (EOFError, ConnectionError):
        place.clear()  # the web process ended, or did not wait
    except Exception as error:
        # Not its message, which may hold what was typed.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("%s was not made: %s\n%s", work.template, type(error).__name__, where)
        sys.exit(1)


def _keep(made: bytes, shelf: Shelf, place: Place) -> None:
    try:
        shelf.keep(made, work=place.work)
    except OSError as error:
        logger.error("A document was made but could not be kept: %s", error)


def _confine(work: Work) -> None:
    setpriority(PRIO_PROCESS, 0, NICENESS)
    _limit(resource.RLIMIT_AS, work.memory)
    _limit(resource.RLIMIT_CPU, work.seconds)
    _limit(resource.RLIMIT_CORE, 0)
    # The limit above does not count where the system pipes core dumps to a program.
    CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    # Ctrl+C is for the web process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


@contextmanager
def _temporary_files_in(path: Path) -> Iterator[None]:
    """Use a folder of its own; what a killed predecessor left in it goes first."""
    rmtree(path, ignore_errors=True)
    path.mkdir(mode=OWN_FOLDER)
    tempfile.tempdir = str(path)
    try:
        yield
    finally:
        rmtree(path, ignore_errors=True)
