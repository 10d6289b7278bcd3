"""Following an evening on a phone: for anybody with the code on the screen, without an account.

Nothing of who follows is kept: no cookie, no count, no time. A phone sees the question of now in
the words of the material, nothing that anybody typed, and goes along to a round that runs.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from preventieplan.inschalen.forms import CodeForm
from start.avond.queries.volgen import behind_code, followed, mark_at
from stsdialoog.counters.limits import is_full, take

# Wrong codes from one address, as for rounds: a hall behind one access point may mistype them.
WRONG_CODES, WINDOW_SECONDS = 60, 600
CODE, VOORBIJ = "inschalen/telefoon/code.html", "avond/telefoon_voorbij.html"
ONBEKEND = "Deze code kennen we niet (meer). Kijk ze na op het scherm."


def _public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Allow anybody; keep the page out of caches and search engines."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(never_cache(answer))


@_public
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The question of now; while a round runs, that round; after the evening, that it is over."""
    tried = f"avond-code-{get_ip(request)}"
    found = None if is_full(tried, amount=WRONG_CODES) else behind_code(code)
    if found is None:
        return _unknown(request, code, tried)
    now = followed(found)
    if now is not None and now.ronde:
        return redirect("score", now.ronde)
    context = {"volgt": now, "school": found.dossier.school}
    status = HTTPStatus.OK if now else HTTPStatus.GONE
    return render(request, "avond/telefoon.html" if now else VOORBIJ, context, status=status)


@_public
@require_safe
def mark(_: HttpRequest, code: str) -> HttpResponse:
    """Where the evening is, in a few letters: what a phone that follows asks for."""
    return HttpResponse(mark_at(code), content_type="text/plain")


def _unknown(request: HttpRequest, code: str, tried: str) -> HttpResponse:
    """The page that asks for another code; whoever tried many wrong ones waits."""
    if take(tried, amount=WRONG_CODES, seconds=WINDOW_SECONDS):
        form = CodeForm({"code": code})
        form.add_error("code", ONBEKEND)
        context = {"form": form, "te_vaak": False}
        return render(request, CODE, context, status=HTTPStatus.NOT_FOUND)
    context = {"form": CodeForm(None), "te_vaak": True}
    response = render(request, CODE, context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response
