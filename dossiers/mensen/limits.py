"""How often one may try to log in, and be mailed, so that nobody can shut another one out.

Wrong tries from one place stop only that place. All places together have a limit too, so wide that
it takes a flood; a device that the account logged in on before counts by itself (devices.py), and a
code by mail can always be asked for there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest

from dossiers.mensen.devices import device_of
from stsdialoog.counters.limits import give_back, take
from stsdialoog.text import address

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@dataclass(frozen=True)
class Limit:
    amount: int
    seconds: int


PER_PLACE_AND_ACCOUNT = Limit(5, 5 * MINUTE)
PER_PLACE = Limit(10, MINUTE)
PER_ACCOUNT = Limit(100, DAY)
MAILS = Limit(5, HOUR)


class Attempt:
    """One try of a password or a code, counted before it is looked at.

    what: "wachtwoord" or "code".
    email: of the account that is tried, which may not exist.
    allowed: whether it may be looked at.
    """

    def __init__(self, request: HttpRequest, *, what: str, email: str) -> None:
        self._names = []
        self.allowed = True
        for name, limit in _counted(request, what, address(email)):
            self._names.append(name)
            if not take(name, amount=limit.amount, seconds=limit.seconds):
                self.allowed = False
                return

    def was_right(self) -> None:
        for name in self._names:
            give_back(name)


def may_be_mailed(request: HttpRequest, *, email: str) -> bool:
    """Count a mail with a code or a link; whether it may go to this address now.

    On a device that the account knows it counts by itself: whoever has others mail her all the time
    does not stop her there.
    """
    email = address(email)
    name = f"mail:{email}:{device_of(request, email)}"
    return take(name, amount=MAILS.amount, seconds=MAILS.seconds)


def _counted(request: HttpRequest, what: str, email: str) -> Iterator[tuple[str, Limit]]:
    if device := device_of(request, email):
        yield f"{what}:toestel:{device}:{email}", PER_PLACE_AND_ACCOUNT
        return
    place = get_ip(request)
    yield f"{what}:hier:{place}:{email}", PER_PLACE_AND_ACCOUNT
    yield f"{what}:hier:{place}", PER_PLACE
    yield f"{what}:overal:{email}", PER_ACCOUNT
