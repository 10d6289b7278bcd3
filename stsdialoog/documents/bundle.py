"""Several documents for one who asks, made one after the other in the same places as any other."""

import time
from collections.abc import Iterable

from stsdialoog.documents import desk, kept
from stsdialoog.documents.desk import NotMade, NotYet, Why
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

    user: the primary key of who asks. Raises Unfinished, and NotMade: also when what it made could
    not be kept, for the next request would begin with the same one.
    """
    until = time.monotonic() + desk.PATIENCE
    ready: list[bytes] = []
    begun: KeptDocument | None = None
    for document in documents:
        if kept.find(document) is None:
            if begun is not None and time.monotonic() > until:
                if kept.find(begun) is None:
                    raise NotMade
                raise Unfinished(len(ready), Why.BEING_MADE)
            begun = document
        try:
            ready.append(desk.find_or_make(document, user=user))
        except NotYet as not_yet:
            raise Unfinished(len(ready), not_yet.why) from not_yet
    return ready
