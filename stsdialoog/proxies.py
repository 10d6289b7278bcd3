"""What a request says of where it came from, and how much of that is believed."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)

FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
# A monitor on the machine itself asks this directly, past the proxy.
PAST_THE_PROXY = "/gezond/"


class TrustedProxyMiddleware:
    """Gives a request the address of its visitor, seen through TRUSTED_PROXY proxies.

    Each proxy adds, at the end of X-Forwarded-For, the address that it was asked from. Only that
    many are ours; what stands before them a visitor can write herself. Without a proxy nothing of
    it is believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.warned = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hops = _values(request.META.pop(FOR, ""))
        scheme = _values(request.META.pop(PROTO, ""))
        if count := settings.TRUSTED_PROXY:
            if len(hops) >= count:
                request.META["REMOTE_ADDR"] = hops[-count]
            elif request.path != PAST_THE_PROXY:
                self._warn_once(count, len(hops))
            if scheme:
                # A proxy that passes the header of the one before it adds nothing.
                request.META[PROTO] = scheme[-min(count, len(scheme))]
        return self.get_response(request)

    def _warn_once(self, count: int, found: int) -> None:
        if not self.warned:
            self.warned = True
            logger.warning(
                "TRUSTED_PROXY is %d, but a request came with %d addresses in X-Forwarded-For. "
                "Each proxy has to add the address that it is asked from; until then the limits on "
                "logging in count all visitors as one.",
                count,
                found,
            )


def _values(header: str) -> list[str]:
    return [value.strip() for value in header.split(",") if value.strip()]
