"""Pages for who has a link or a code, and no account."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters


def for_strangers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow anybody; keep the page out of caches, error reports and search engines."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(sensitive_post_parameters()(never_cache(answer)))
