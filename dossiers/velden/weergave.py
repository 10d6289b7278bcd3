"""The two views of a page of fields, and the road of stops through one of them.

bespreken shows one stop at a time, for a room or a phone; lijst shows everything, for who works on
alone. Both have the same fields in one form, so what is saved in one stands in the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dossiers.access import may_write
from dossiers.mensen.requests import for_a_room
from dossiers.models import Dossier
from stsdialoog.cookies import host_only, secure_only

# How long a device keeps the view that somebody chose on it.
COOKIE, KEPT = "weergave", 365 * 24 * 3600
# On a device that leads an evening of a dossier, for the pages of that dossier: they then ask where
# the evening is, and on other devices they do nothing for it.
LEADS_COOKIE = "avond"


class Weergave(StrEnum):
    BESPREKEN = "bespreken"
    LIJST = "lijst"


VIEWS = frozenset(Weergave)


def weergave_of(request: HttpRequest) -> Weergave:
    """The view that was asked for, else that of this device."""
    asked = request.GET.get("weergave") or request.POST.get("weergave")
    return Weergave(asked) if asked in VIEWS else weergave_of_device(request)


def weergave_of_device(request: HttpRequest) -> Weergave:
    """The view that somebody chose on this device, else the one that fits it.

    A phone is known by what its browser sends with every request, so that also without JavaScript
    the first page is the right one.
    """
    chosen = request.COOKIES.get(host_only(COOKIE))
    if chosen in VIEWS:
        return Weergave(chosen)
    return Weergave.BESPREKEN if is_phone(request) else Weergave.LIJST


def is_phone(request: HttpRequest) -> bool:
    # Chromium says so itself; every other browser on a phone has "Mobi" in its name.
    if hint := request.headers.get("Sec-CH-UA-Mobile"):
        return hint == "?1"
    return "Mobi" in request.headers.get("User-Agent", "")


def in_its_view(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Answer with a page in the view that was asked for.

    Keeps the view on this device when somebody chose it: an address with a view and no stop. In the
    view for a room the session lasts as long as a talk.
    """
    if weergave_of(request) is Weergave.BESPREKEN:
        for_a_room(response)
    if request.GET.get("weergave") in VIEWS and "stop" not in request.GET:
        response.set_cookie(
            host_only(COOKIE),
            request.GET["weergave"],
            max_age=KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def leads(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether this device leads an evening of the dossier of its page, as far as it knows.

    Not for who logged in on it later and only reads along: a bar that asks would be refused.
    """
    return may_write(dossier) and bool(request.COOKIES.get(secure_only(LEADS_COOKIE)))


def lead(response: HttpResponse, dossier: Dossier, *, max_age: timedelta) -> HttpResponse:
    """Let a device lead an evening of a dossier: only that it does is kept there."""
    response.set_cookie(
        secure_only(LEADS_COOKIE),
        "1",
        max_age=max_age,
        path=reverse("dossier", args=[dossier.pk]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def stop_leading(response: HttpResponse, dossier: Dossier) -> HttpResponse:
    path = reverse("dossier", args=[dossier.pk])
    response.delete_cookie(secure_only(LEADS_COOKIE), path=path, samesite="Lax")
    return response


def address(pad: str, view: str, stop: str = "") -> str:
    """The address of a view of a page, or of one stop in it."""
    return f"{pad}?{urlencode({'weergave': view, **({'stop': stop} if stop else {})})}"


def in_same_view(request: HttpRequest, pad: str, stop: str = "") -> str:
    """The address to go to after a submit, in the view that it came from."""
    view = weergave_of(request)
    return address(pad, view, stop) if stop or view != weergave_of_device(request) else pad


def asked_stop(request: HttpRequest) -> str:
    """The code of the stop that was asked for, or that was on the screen at a submit."""
    return request.GET.get("stop") or request.POST.get("stop", "")


@dataclass(frozen=True)
class Stop:
    """A place on the road.

    naam: says what it is to who does not see its dot. kort: its name, for a stop that is no dot.
    waarde, woorden: what it came to, as a value and in words; both empty as long as it is open.
    let_op: whether something in it was not saved.
    begint: whether the stops before it are of another kind; the road leaves some room there.
    """

    code: str
    naam: str
    kort: str = ""
    waarde: str = ""
    woorden: str = ""
    let_op: bool = False
    begint: bool = False


class PageWithStops(Protocol):
    @property
    def stops(self) -> Sequence[Stop]:
        """The road through the page, in order."""


class Road:
    """The stops of a page, seen from one of them. Made anew for each request.

    stops: read only when it is drawn, which is after a save.
    leidt: whether its page is on a device that leads an evening.
    """

    def __init__(self, page: PageWithStops, pad: str, asked: str, *, leidt: bool) -> None:
        self._page, self._pad, self._asked = page, pad, asked
        self.leidt = leidt

    @cached_property
    def stops(self) -> Sequence[Stop]:
        return self._page.stops

    @cached_property
    def place(self) -> int:
        """Of the stop that is shown: the first that was not saved, else the one asked for."""
        wrong = [place for place, stop in enumerate(self.stops) if stop.let_op]
        asked = [place for place, stop in enumerate(self.stops) if stop.code == self._asked]
        return [*wrong, *asked, 0][0]

    @property
    def nu(self) -> Stop:
        return self.stops[self.place]

    @property
    def vorige(self) -> Stop | None:
        return self.stops[self.place - 1] if self.place else None

    @property
    def volgende(self) -> Stop | None:
        return self.stops[self.place + 1] if self.place + 1 < len(self.stops) else None

    @property
    def addresses(self) -> list[tuple[Stop, str]]:
        """Every stop with its address."""
        return [(stop, address(self._pad, Weergave.BESPREKEN, stop.code)) for stop in self.stops]
