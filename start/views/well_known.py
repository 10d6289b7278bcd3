"""Addresses that programs know by heart: where to report a weakness, where to change a password."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from start.domain.well_known import contact_uri, security_txt
from stsdialoog.mail import absolute_url


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    contact = contact_uri(settings.SECURITY_CONTACT)
    if not contact:
        raise Http404
    text = security_txt(
        contact=contact, address=absolute_url("security-txt"), today=datetime.now(UTC).date()
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Where a password manager sends its user (W3C, A Well-Known URL for Changing Passwords)."""
    return redirect("account_change_password")
