"""Error pages, which say what to do and give back what the user typed.

None of them reads the body of a request: one that cannot be read would fail a second time. What was
sent stands in `request.POST` because BodyMiddleware read it.
"""

import re
from collections.abc import ItemsView, Mapping
from http import HTTPStatus
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.debug import SafeExceptionReporterFilter

# A submitted value that is one word of at most this many characters (a revision, a score, the value
# of a button) is not text that a person typed.
LONGEST_CODE = 50
WORDS = {"class": "form-control groeit", "rows": 3}
# Fields that hold nothing a person typed, or something that must not be shown again.
NOT_TYPED = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}
# The account that a page was drawn for, as a form that saves itself sends it along
# (templates/velden/delen/wie.html).
TYPED_BY = "getypt_door"


class AlreadyExists(Exception):
    """Somebody else added the same record in the meantime."""


class Refusal(PermissionDenied):
    """A PermissionDenied that has a heading of its own, and a way on.

    verder: the name of a URL without arguments, and the words of the link to it.
    """

    kop: str
    verder: tuple[str, str]


class ResendForm(forms.Form):
    """The values of a rejected POST, to be sent again: what was typed is shown, the rest is hidden.

    typed: the submitted values by field name.
    """

    def __init__(self, typed: dict[str, str]) -> None:
        super().__init__(initial=typed, auto_id="getypt-%s")
        shown = [name for name in typed if _is_words(typed[name]) and _is_touched(name, typed)]
        for name in typed:
            widget = forms.Textarea(attrs=WORDS) if name in shown else forms.HiddenInput()
            self.fields[name] = forms.CharField(widget=widget)
        for number, name in enumerate(shown, start=1):
            # What the field is called, only its own form knows.
            few = len(shown) == 1
            self.fields[name].label = "Wat je typte" if few else f"Tekst {number} van {len(shown)}"


class ClosedReporterFilter(SafeExceptionReporterFilter):
    """Keeps submitted values and the encryption keys out of error reports."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + "|SLEUTEL", re.IGNORECASE
    )

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        """In production, leave out all local variables: they can hold what somebody typed."""
        if self.is_active(request):
            return {}.items()
        return super().get_traceback_frame_variables(request, tb_frame)

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(_read_form(request), self.cleansed_substitute) if request else {}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer a 500 without the request: whatever went wrong may be in what it brought along."""
    page = render_to_string("500.html")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a missing or stale CSRF token: give back what was typed, to resend with a fresh token.

    Only a request from one of our own pages gets its values back; a form on another site gets a
    bare refusal.
    """
    return give_back(request, typed=_typed(request) if _from_our_own_page(request) else {})


def typed_by_somebody_else(request: HttpRequest) -> bool:
    """Whether another account is logged in now than the one that typed what was sent."""
    author = _read_form(request).get(TYPED_BY)
    return author is not None and request.user.is_authenticated and author != str(request.user.pk)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a 403, with the message of the exception when it has one, and what was typed.

    Raised for a role that is too small, or for a dossier that is closed.
    """
    uitleg = str(exception) if isinstance(exception, PermissionDenied) else ""
    context: dict[str, Any] = {"uitleg": uitleg, "resend_form": what_was_typed(request)}
    context["kop"], context["verder"] = "Hier kan je niet bij", ("start", "Terug naar het begin")
    if isinstance(exception, Refusal):
        context["kop"], context["verder"] = exception.kop, exception.verder
    if getattr(request, "htmx", False):
        return render(request, "delen/geweigerd.html", context, status=403)
    return render(request, "403.html", context, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer a 404, with what was typed: a colleague may have removed what it was about.

    Only a view that exists was asked with our own token; what is sent elsewhere, another site may
    have written.
    """
    known = request.resolver_match is not None
    context = {"resend_form": what_was_typed(request) if known else ResendForm({})}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def give_back(request: HttpRequest, *, typed: dict[str, str] | None = None) -> HttpResponse:
    """Answer a POST that is not safe to carry out now: save nothing and give back what was typed.

    The session ended, somebody else is logged in, or the token is one of before. Logging in makes a
    new token and the page that is given back still has the old one, so that it is given back once
    more: a token that outlives a login would be worth stealing.
    typed: by default all of it.
    """
    if getattr(request, "htmx", False) or request.headers.get("HX-Request") == "true":
        # The page asks for a fresh token, and sends it again by itself (bewaren/send.js).
        return HttpResponse("Log opnieuw in.", status=403, headers={"Sessie": "verlopen"})
    context = {
        "anders": typed_by_somebody_else(request),
        "uitgelogd": _asks_login(request),
        "resend_form": ResendForm(_typed(request) if typed is None else typed),
        "pad": request.get_full_path(),
    }
    return render(request, "niet_bewaard.html", context, status=403)


def what_was_typed(request: HttpRequest) -> ResendForm:
    """All that was sent and is not saved, for a page that gives it back (delen/getypt.html)."""
    return ResendForm(_typed(request))


def _asks_login(request: HttpRequest) -> bool:
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(view, "login_required", True) and not request.user.is_authenticated


def _typed(request: HttpRequest) -> dict[str, str]:
    form = _read_form(request)
    return {name: form[name] for name in form if name not in NOT_TYPED}


def _read_form(request: HttpRequest) -> Mapping[str, str]:
    """What was sent, if it was read before; `request.POST` itself would read it now."""
    return getattr(request, "_post", {})


def _is_words(text: str) -> bool:
    return " " in text.strip() or "\n" in text.strip() or len(text) > LONGEST_CODE


def _is_touched(name: str, typed: Mapping[str, str]) -> bool:
    """Whether somebody changed a field, as far as that is known.

    The script of a page counts the changes (static/js/bewaren/send.js); without it all that was
    sent may be new.
    """
    counts = "pagina" in typed and f"{name}_basis" in typed
    return not counts or f"{name}_nummer" in typed


def _from_our_own_page(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    # A sandboxed frame on another site sends "null", which has no host.
    return bool(_host_of(origin)) and url_has_allowed_host_and_scheme(
        origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
