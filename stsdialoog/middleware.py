"""Project middleware: what a request is called and believed, what it may bring along, who may ask
it, and how the answer travels."""

import logging
import re
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import middleware as auth_middleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

from stsdialoog.bodies import refuse
from stsdialoog.errors import give_back, typed_by_somebody_else
from stsdialoog.log import request_id

logger = logging.getLogger(__name__)

View = TypeVar("View", bound=Callable[..., HttpResponse])
FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
# A monitor on the machine itself asks this directly, past the proxy.
PAST_THE_PROXY = "/gezond/"
NAME, NAME_GIVEN = "X-Request-ID", "HTTP_X_REQUEST_ID"
# As proxies make them, a UUID among others: too few signs to hide a sentence in.
GOOD_NAME = re.compile(r"[0-9A-Za-z-]{16,36}")


class RequestIdMiddleware:
    """Names each request, in the log and in a header of its answer.

    Behind a proxy the name is the one that our proxy gave it, so that both logs can be laid side by
    side; what a visitor gives is never taken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.pop(NAME_GIVEN, "")
        ours = settings.TRUSTED_PROXY and GOOD_NAME.fullmatch(given)
        name = given if ours else uuid4().hex
        # It stays until the next request in this thread: Django and gunicorn write about a request
        # when its answer has left here.
        request_id.set(name)
        response = self.get_response(request)
        response.headers[NAME] = name
        return response


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


class BodyMiddleware:
    """Reads what comes with a request before anything else does, or refuses it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Of another request nothing but its address is ever read, in our own encoding.
        brings = request.method == "POST" or request.encoding is not None
        if brings and (refusal := refuse(request)):
            return refusal
        return self.get_response(request)


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Django's own, except that a POST after the session ended gives back what was typed.

    So does one that was typed under another account than is logged in now: its words would be saved
    in the wrong name.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if answer := super().process_view(request, view_func, view_args, view_kwargs):
            return answer
        if request.method == "POST" and typed_by_somebody_else(request):
            return give_back(request)
        return None

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        if request.method == "POST":
            return give_back(request)
        return super().handle_no_permission(request, view_func)


def never_stored(view: View) -> View:
    """Mark a view so that no browser stores its responses, error responses included."""
    view.never_stored = True  # type: ignore[attr-defined]
    return view


def never_compressed(view: View) -> View:
    """Mark a view whose pages show a key as it is, or what parents said: no size may tell of it."""
    view.never_compressed = True  # type: ignore[attr-defined]
    return view


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages, and nothing else: PDFs and static files come compressed as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if _is_page(response) and not _marked(request, "never_compressed"):
            return super().process_response(request, response)
        return response


class PrivacyHeadersMiddleware:
    """Keeps pages out of shared caches, and switches off what no page uses: features of a browser,
    and being part of a page of another site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if _marked(request, "never_stored"):
            response.headers["Cache-Control"] = "private, no-store"
        elif not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, **_keeping(response))
        return response


def _keeping(response: HttpResponse) -> dict[str, bool]:
    """A page holds what a school typed and a key of its reader, so no browser writes it to disk."""
    return {"no_store": True} if _is_page(response) else {"no_cache": True}


def _is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def _marked(request: HttpRequest, mark: str) -> bool:
    return getattr(getattr(request.resolver_match, "func", None), mark, False)


def _values(header: str) -> list[str]:
    return [value.strip() for value in header.split(",") if value.strip()]
