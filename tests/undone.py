"""Asking for a page without what the request did being there afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Roll back what happens inside, also when that asks for the outermost transaction.

    Who erases for good asks for that one, to be sure of the commit.
    """
    around = transaction.atomic()
    # What Django's own TestCase says of the transaction around a test.
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)
