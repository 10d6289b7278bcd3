"""What a session proved: whether its second step was taken, and when who it is was shown."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from dossiers.mensen.domain.tweede_stap import has_second_step
from stsdialoog.errors import Refusal

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# How allauth calls a code of an app, a recovery code or a passkey in what it keeps of a session.
SECOND_STEP = "mfa"


def second_step_taken(request: HttpRequest) -> bool:
    return any(one["method"] == SECOND_STEP for one in _records(request))


def recently_proven(request: HttpRequest) -> bool:
    """Whether this session showed who it is in the last quarter of an hour.

    With the second step, for an account that has one; a password or a mailed code alone is no proof
    of it then.
    """
    records = _records(request)
    if has_second_step(request.user):  # type: ignore[arg-type]
        records = [one for one in records if one["method"] == SECOND_STEP]
    age = time.time() - records[-1]["at"] if records else float("inf")
    return bool(age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def require_recent_step(request: HttpRequest) -> None:
    """Ask for the second step again before a role, a right or an address changes.

    What was sent is kept in the session, and goes on after the step. An account without a second
    step has nothing to be asked for. Raises ImmediateHttpResponse, which leads to the step.
    """
    if step := _step_to_take(request):
        suspend_request(request, step.partition("?")[0])
        raise ImmediateHttpResponse(HttpResponseRedirect(step))


def step_first(view: View) -> View:
    """Ask for the second step before a page with a password: what was typed there is never kept."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if step := _step_to_take(request):
            return HttpResponseRedirect(step)
        return view(request, *args, **kwargs)

    return cast(View, asked)


class EerstOpnieuw(Refusal):
    """Somebody who only logs in by mailed codes did so some time ago."""

    kop = "Log eerst opnieuw in"
    verder = ("account_logout", "Uitloggen")

    def __init__(self) -> None:
        super().__init__(
            "Dit bepaalt wie in je account kan, en je logde al een tijd geleden in. Log uit, log "
            "opnieuw in met een code en kom dan terug."
        )


def login_first(view: View) -> View:
    """Refuse who has nothing to show who she is with, unless she logged in lately.

    allauth itself lets such an account pass.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways and not recently_proven(request):
            raise EerstOpnieuw
        return view(request, *args, **kwargs)

    return cast(View, asked)


def _step_to_take(request: HttpRequest) -> str:
    """Where the step is taken again; empty when it was lately, or when there is none."""
    user = request.user
    if not has_second_step(user) or recently_proven(request):  # type: ignore[arg-type]
        return ""
    step = get_adapter().get_reauthentication_methods(user)[0]["url"]
    # Without the query of the page: allauth goes on with what was sent to this very path only.
    return f"{step}?{urlencode({'next': request.path})}"


def step_was_made_here(request: HttpRequest, step: Authenticator.Type) -> None:
    """Whoever sets up a second step shows that she has it: this session has taken it."""
    record_authentication(request, request.user, SECOND_STEP, type=step.value, reauthenticated=True)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    return list(get_authentication_records(request, request.user))
