"""Pages for who has a link or a code, and no account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from stsdialoog.cookies import secure_only

# The name of the cookie that says that this device has answered, for one link.
ANSWERED_COOKIE = "beantwoord"
BEWAARD = 366 * 24 * 3600  # its lifetime, in seconds


def for_strangers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow anybody; keep the page out of caches, error reports and search engines."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(sensitive_post_parameters()(never_cache(answer)))


def has_answered(request: HttpRequest) -> bool:
    """Whether this device answered what is asked at this address."""
    return secure_only(ANSWERED_COOKIE) in request.COOKIES


def remember_answered(response: HttpResponse, *, path: str) -> HttpResponse:
    """Set a cookie, for this path only, that says that the device answered; not what, nor when."""
    response.set_cookie(
        secure_only(ANSWERED_COOKIE),
        "1",
        max_age=BEWAARD,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
