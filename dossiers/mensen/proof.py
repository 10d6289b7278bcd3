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
from django.urls import reverse

from dossiers.mensen.domain.tweede_stap import has_second_step, providers_that_count
from dossiers.mensen.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# How allauth calls a code of an app, a recovery code or a passkey in what it keeps of a session.
SECOND_STEP = "mfa"
# And a code that was mailed.
MAILED_CODE = "code"
# Of us: a login elsewhere that is no second step.
ELSEWHERE = "elders"


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


def mailbox_first(view: View) -> View:
    """Ask for a code by mail before the first second step of an account is set up.

    Whoever knows a password and nothing else would otherwise give herself the step that the owner
    does not have yet, and shut her out. An account that has a step is asked for that one, by
    allauth.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not mailbox_proven(request) and not has_second_step(request.user):  # type: ignore[arg-type]
            return _to_mailbox(request.path)
        return view(request, *args, **kwargs)

    return cast(View, asked)


def way_in_first(view: View) -> View:
    """Ask who it is before a login elsewhere opens an account, or does so no more.

    By a code in her mailbox; by the second step of who has one. allauth itself lets a password, or
    nothing at all, be enough.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        has_step = has_second_step(request.user)  # type: ignore[arg-type]
        if recently_proven(request) if has_step else mailbox_proven(request):
            return view(request, *args, **kwargs)
        if has_step:
            ways = get_adapter().get_reauthentication_methods(request.user)
            return suspend_request(request, ways[0]["url"])
        # Where the button stands that she pressed.
        return _to_mailbox(reverse("mfa_index"))

    return cast(View, asked)


def proof_first(view: View) -> View:
    """Ask who somebody is before a page with all that is kept about her, or that ends her account.

    With the second step, or the password of who has none; by a code in her mailbox when she has
    neither.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if recently_proven(request):
            return view(request, *args, **kwargs)
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            return _to_mailbox(request.path)
        return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': request.path})}")

    return cast(View, asked)


def mailbox_proven(request: HttpRequest) -> bool:
    """Whether this session showed in the last quarter of an hour that it reads the mailbox."""
    at = [one["at"] for one in _records(request) if one["method"] == MAILED_CODE]
    return bool(at) and time.time() - at[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def mailbox_was_read(request: HttpRequest, user: User) -> None:
    """Whoever typed a code from her mailbox, or followed the link of an invitation, reads it."""
    record_authentication(request, user, MAILED_CODE, email=user.email)


def _to_mailbox(back: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('mailbox-tonen')}?{urlencode({'next': back})}")


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


def record_elsewhere(request: HttpRequest, user: User, *, code: str, at: float) -> None:
    """Keep in the session that somebody logged in elsewhere, as a second step where it counts.

    code: of the provider. at: when she showed there who she is, in seconds since 1970.
    """
    method = SECOND_STEP if code in providers_that_count() else ELSEWHERE
    record_authentication(request, user, method, aanbieder=code, at=at, reauthenticated=True)


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    """What the session showed; no step that was taken where it does not count any more."""
    counts = {None, *providers_that_count()}
    return [
        one
        for one in get_authentication_records(request, request.user)
        if one["method"] != SECOND_STEP or one.get("aanbieder") in counts
    ]
