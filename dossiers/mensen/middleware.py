"""What holds for each request of somebody: the second step comes first for who cannot do without,
and a session goes on as long as somebody is there."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from dossiers.mensen.domain.tweede_stap import has_second_step, needs_second_step, standing_of
from dossiers.mensen.proof import second_step_taken
from dossiers.mensen.requests import is_for_a_room, shows_somebody
from dossiers.mensen.session_store import note_sign_of_life
from stsdialoog.errors import give_back

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# Where a session keeps for which standing of its account the second step was in order.
IN_ORDER = "tweede_stap_in_orde"


class TweedeStapMiddleware:
    """The one place where the second step is asked of who cannot do without.

    What was found is kept in the session with what it followed from, which stands on the account
    that each request loads: a page and a save cost no query for it, and a role that is given
    meanwhile counts from the next request on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.TWEEDE_STAP_VERPLICHT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        _args: tuple[Any, ...],
        _kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated or _is_open(view):
            return None
        if request.session.get(IN_ORDER) == standing_of(request.user):
            return None
        if where := _step_to_take(request):
            return give_back(request) if request.method == "POST" else redirect(where)
        request.session[IN_ORDER] = standing_of(request.user)
        return None


class ActivityMiddleware:
    """The one place where what somebody asks for moves the end of her session.

    A click or a key in an open page is told by its script (`stay` in views/session.py). Pages that
    anybody may see do not count: of those nobody asks whose session it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _asks_login(request) and shows_somebody(request, response):
            note_sign_of_life(request, in_gesprek=_view_of(request, response))
        return response


def _asks_login(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True)


def _view_of(request: HttpRequest, response: HttpResponse) -> bool | None:
    """Whether a room looks at what is open now; None for an answer that opens no page."""
    shown = request.method == "GET" and response.headers.get("Content-Type", "").startswith(
        "text/html"
    )
    return is_for_a_room(response) if shown else None


def _is_open(view: Callable[..., HttpResponseBase]) -> bool:
    asks_login = getattr(view, "login_required", True)
    return not asks_login or getattr(view, "before_second_step", False)


def before_second_step(view: View) -> View:
    """Mark a view that one needs to take or set up a second step."""
    view.before_second_step = True  # type: ignore[attr-defined]
    return view


def _step_to_take(request: HttpRequest) -> str:
    """Where the second step is set up or taken; empty when there is nothing to do."""
    user = request.user
    if not needs_second_step(user):  # type: ignore[arg-type]
        return ""
    if not has_second_step(user):  # type: ignore[arg-type]
        return reverse("mfa_index")
    if second_step_taken(request):
        return ""
    # This session began before the step was there.
    step = get_adapter().get_reauthentication_methods(user)[0]["url"]
    return f"{step}?{urlencode({'next': request.get_full_path()})}"
