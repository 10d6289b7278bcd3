"""Guessing a code: a hall may mistype one, and who tries them all needs years."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from preventieplan.inschalen.models import new_code
from stsdialoog.counters.limits import is_full, take

# Counted by address: a wrong code is of no round. A hall of phones behind one access point is one.
WRONG_CODES, WINDOW_SECONDS = 60, 600


def note_wrong_code(place: str) -> bool:
    """Count a wrong code; False when that makes more than WRONG_CODES in WINDOW_SECONDS.

    place: the network address that it comes from.
    """
    return take(_tried(place), amount=WRONG_CODES, seconds=WINDOW_SECONDS)


def tried_too_many(place: str) -> bool:
    """Whether so many wrong codes came from an address that a right one has to wait too.

    Otherwise who tries them all would know the right one by its answer.
    """
    return is_full(_tried(place), amount=WRONG_CODES)


def free_code(over: QuerySet[Any], *, length: int) -> str:
    """A code that leads nowhere yet.

    over: the rows whose day is over: their codes are free again.
    """
    over.filter(code__isnull=False).update(code=None)
    while over.model._default_manager.filter(code=(code := new_code(length))).exists():
        pass
    return code


def sealed(code: str) -> str:
    """A code with a seal on it: what a page asks by that waits for its round.

    Only who opened a page of the round has it, so that asking all the time needs no limit and
    tells nobody which codes there are.
    """
    return _signer().sign(code)


def unsealed(text: str) -> str | None:
    """The code under a seal; None when it is not ours."""
    try:
        return _signer().unsign(text)
    except BadSignature:
        return None


def _signer() -> Signer:
    return Signer(salt="inschalen.code")


def _tried(place: str) -> str:
    return f"inschalen-code-{place}"
