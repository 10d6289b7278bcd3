"""Middleware of the project: login required by default, and headers that keep pages private."""

from collections.abc import Callable

from django.contrib.auth import middleware as auth_middleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from stsdialoog.errors import logged_out_while_typing


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Django's own, but what somebody typed before the session ended is given back."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        if request.method == "POST":
            return logged_out_while_typing(request)
        return super().handle_no_permission(request, view_func)


class PrivacyHeadersMiddleware:
    """No page of a logged-in person stays in a shared cache, and no device feature is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response
