"""The pages for what goes wrong: they say what to do and give back what was typed."""

import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.debug import SafeExceptionReporterFilter

# A revision, a score, a button's value: one word, no longer than this, in characters.
LONGEST_CODE = 50
WORDS = {"class": "form-control groeit", "rows": 3}
# Fields that carry no words of a person, or words that may not be shown again.
NOT_TYPED = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}


class AlreadyThere(Exception):
    """What somebody wants to add was added by somebody else in the meantime."""


class ResendForm(forms.Form):
    """What came along with a request, to be sent again: words to look at, the rest out of sight."""

    def __init__(self, typed: dict[str, str]) -> None:
        super().__init__(initial=typed, auto_id="getypt-%s")
        for name, value in typed.items():
            widget = forms.Textarea(attrs=WORDS) if _is_words(value) else forms.HiddenInput()
            self.fields[name] = forms.CharField(label="Wat je typte", widget=widget)


class ClosedReporterFilter(SafeExceptionReporterFilter):
    """An error report never holds what somebody typed, nor what it was encrypted with."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern + "|SLEUTEL", re.IGNORECASE
    )

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        """On a server no variables at all: they hold the words that the code was busy with."""
        if self.is_active(request):
            return {}.items()
        return super().get_traceback_frame_variables(request, tb_frame)

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        return dict.fromkeys(request.POST, self.cleansed_substitute)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A lost or stale token: show what was typed, with a fresh token and a button to send it again.

    Only for a request that our own page sent; another site's form gets a bare refusal.
    """
    typed = _typed(request) if _from_our_own_page(request) else {}
    return _give_back(request, typed, uitgelogd=False)


def logged_out_while_typing(request: HttpRequest) -> HttpResponse:
    """A form that arrives after the session ended: nothing is saved and nothing is lost."""
    return _give_back(request, _typed(request), uitgelogd=True)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too small a role, or a dossier that is closed: the exception's own words when it has them."""
    uitleg = str(exception) if isinstance(exception, PermissionDenied) else ""
    words = {name: text for name, text in _typed(request).items() if _is_words(text)}
    context = {"uitleg": uitleg, "getypt": ResendForm(words)}
    if getattr(request, "htmx", False):
        return render(request, "delen/geweigerd.html", context, status=403)
    return render(request, "403.html", context, status=403)


def _give_back(request: HttpRequest, typed: dict[str, str], *, uitgelogd: bool) -> HttpResponse:
    if getattr(request, "htmx", False) or request.headers.get("HX-Request") == "true":
        return render(request, "delen/niet_bewaard.html", {"uitgelogd": uitgelogd}, status=403)
    context = {"uitgelogd": uitgelogd, "getypt": ResendForm(typed), "pad": request.get_full_path()}
    return render(request, "niet_bewaard.html", context, status=403)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in request.POST if name not in NOT_TYPED}


def _is_words(text: str) -> bool:
    return " " in text.strip() or "\n" in text.strip() or len(text) > LONGEST_CODE


def _from_our_own_page(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    # "null" is what a sandboxed frame of another site sends.
    return bool(urlsplit(origin).netloc) and url_has_allowed_host_and_scheme(
        origin, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
