"""Several documents for one who asks, made one after the other in the same places as any other."""

import time
from collections.abc import Iterable

from stsdialoog.documents import desk, kept
from stsdialoog.documents.desk import NotYet, Why
from stsdialoog.documents.document import KeptDocument


class Unfinished(Exception):
    """Ask again in a moment: `ready` of the documents are there by now, and no more because of
    `why`."""

    def __init__(self, ready: int, why: Why) -> None:
        super().__init__(ready, why)
        self.ready, self.why = ready, why


def find_or_make_all(documents: Iterable[KeptDocument], *, user: str) -> list[bytes]:
    """The PDFs of documents, in their order.

    Begins with one at least, and with no other once the patience of a request is over. What it made
    is kept, so that the next request begins where this one ended. Nobody has a place for longer
    than one document takes.

    user: the primary key of who asks. Raises Unfinished and NotMade.
    """
    until = time.monotonic() + desk.PATIENCE
    ready: list[bytes] = []
    has_begun = False
    for document in documents:
        if kept.find(document) is None:
            if has_begun and time.monotonic() > until:
                raise Unfinished(len(ready), Why.BEING_MADE)
            has_begun = True
        try:
            ready.append(desk.find_or_make(document, user=user))
        except NotYet as not_yet:
            raise Unfinished(len(ready), not_yet.why) from not_yet
    return ready
