"""Asking for the PDF of a document: found, made at once, or told to wait."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from threading import BoundedSemaphore

from django.conf import settings

from stsdialoog.documents import kept
from stsdialoog.documents.child import Child, ChildDied
from stsdialoog.documents.document import Document, KeptDocument
from stsdialoog.documents.places import Job, Place, all_places, open_place
from stsdialoog.metrics import documents

logger = logging.getLogger(__name__)

# Documents that are made for one user at the same time: fewer than there are places.
PER_USER = 1
# Letters of HTML from which a document takes long: a plan of thirty pages has a third of them. Such
# documents together never take the last place, which is for the short ones.
LARGE = 500_000
# How long a request waits for what it set going, in seconds.
PATIENCE = 3.0
PATIENCE_UNKEPT = 10.0
# How often a request looks whether the place for unkept documents is free, in seconds.
LOOK_AGAIN = 0.05

# Each of them waits on a thread; the others of this process are for pages.
_waiting_unkept = BoundedSemaphore(2)


class Why(Enum):
    """Why there is no PDF yet."""

    BEING_MADE = auto()
    ANOTHER_OF_YOURS = auto()
    FULL = auto()


class NotYet(Exception):
    """Ask again in a moment."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


class NotMade(Exception):
    """Making it failed, and is not tried again by itself."""


class Busy(Exception):
    """A document that cannot be kept was not made in time."""


def find_or_make(document: KeptDocument, *, user: str) -> bytes:
    """The PDF of a document. Waits only for what this request set going itself.

    user: the primary key of who asks. Raises NotYet and NotMade.
    """
    found = kept.find(document)
    if found is not None:
        documents.labels("kept").inc()
        return found
    with _counted():
        try:
            place = _take_place(document, user)
        except OSError as error:
            # A disk without any room: nobody could write down that the place is taken.
            raise _not_made(document, "no place can be written") from error
        return _make(document, place)


def make_unkept(document: Document) -> bytes:
    """Make the PDF of a document of which nothing may stay, in the place that is for those alone.

    Raises Busy and NotMade.
    """
    if not _waiting_unkept.acquire(blocking=False):
        raise Busy
    try:
        with _counted():
            return _make_unkept(document, until=time.monotonic() + PATIENCE_UNKEPT)
    finally:
        _waiting_unkept.release()


@contextmanager
def _counted() -> Iterator[None]:
    """Count what came of making a document; one that waits is asked for, and counted, again."""
    outcome = "failed"
    try:
        yield
        outcome = "made"
    except (NotYet, Busy):
        outcome = "waiting"
        raise
    finally:
        documents.labels(outcome).inc()


def _take_place(document: KeptDocument, user: str) -> Place:
    job = Job(document.key, user, large=len(document.html) >= LARGE)
    with all_places(settings.DOCUMENTEN_PROCESSEN) as places:
        free = [place for place in places if place.take()]
        _look_back(document, free)
        going = [place.job for place in places if place not in free]
        _look_around(job, going)
        if not free or not _leaves_room(job, going, places=len(places)):
            raise NotYet(Why.FULL)
        free[0].write(job)
        return free[0].same()


def _look_back(document: KeptDocument, free: Sequence[Place]) -> None:
    """Raises NotMade if this document was the last to be made in a free place, and was not."""
    for place in free:
        if place.job and place.job.key == document.key:
            place.clear()
            raise _not_made(document)


def _look_around(job: Job, busy: Sequence[Job | None]) -> None:
    going = [one for one in busy if one]
    if any(one.key == job.key for one in going):
        raise NotYet(Why.BEING_MADE)
    if sum(one.user == job.user for one in going) >= PER_USER:
        raise NotYet(Why.ANOTHER_OF_YOURS)


def _leaves_room(job: Job, going: Sequence[Job | None], *, places: int) -> bool:
    """Whether a place is left for short documents, where there is more than one."""
    large = sum(one is not None and one.large for one in going)
    return not job.large or large < max(places - 1, 1)


def _make(document: KeptDocument, place: Place) -> bytes:
    shelf = kept.shelf_for(document, bound=settings.DOCUMENTEN_MB * 1024**2)
    try:
        with Child(document, place, shelf=shelf) as child:
            made = child.lay_out(seconds=PATIENCE)
    except ChildDied as error:
        place.clear()
        raise _not_made(document) from error
    finally:
        place.close()
    if made is None:
        raise NotYet(Why.BEING_MADE)
    return made


def _make_unkept(document: Document, *, until: float) -> bytes:
    place = open_place("unkept")
    try:
        while not place.take():
            if time.monotonic() >= until:
                raise Busy
            time.sleep(LOOK_AGAIN)
        return _lay_out_unkept(document, place, until=until)
    except ChildDied as error:
        raise _not_made(document) from error
    finally:
        place.close()


def _lay_out_unkept(document: Document, place: Place, *, until: float) -> bytes:
    with Child(document, place) as child:
        made = child.lay_out(seconds=max(0.0, until - time.monotonic()))
        if made is None:
            child.kill()
            raise Busy
        return made


def _not_made(document: Document, why: str = "its process ended") -> NotMade:
    logger.error("%s was not made: %s", document.template, why)
    return NotMade()
