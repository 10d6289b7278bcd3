"""Project middleware: login required by default, and headers that keep pages private."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth import middleware as auth_middleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from stsdialoog.errors import logged_out_while_typing

View = TypeVar("View", bound=Callable[..., HttpResponse])


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Django's own, except that a POST after the session ended gives back what was typed."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        if request.method == "POST":
            return logged_out_while_typing(request)
        return super().handle_no_permission(request, view_func)


def never_stored(view: View) -> View:
    """Mark a view so that no browser stores its responses, error responses included."""
    view.never_stored = True  # type: ignore[attr-defined]
    return view


class PrivacyHeadersMiddleware:
    """Keeps pages out of shared caches, and switches off browser features that no page uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if getattr(getattr(request.resolver_match, "func", None), "never_stored", False):
            response.headers["Cache-Control"] = "private, no-store"
        elif not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, **_keeping(response))
        return response


def _keeping(response: HttpResponse) -> dict[str, bool]:
    """A page holds what a school typed and a key of its reader, so no browser writes it to disk."""
    if response.headers.get("Content-Type", "").startswith("text/html"):
        return {"no_store": True}
    return {"no_cache": True}
