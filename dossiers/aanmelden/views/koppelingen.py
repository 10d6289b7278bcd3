"""Undoing a link between an account and how its owner logs in elsewhere."""

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dossiers.aanmelden.domain import koppelingen
from dossiers.aanmelden.queries import name_of
from dossiers.mensen.middleware import before_second_step
from dossiers.mensen.proof import way_in_first
from dossiers.mensen.requests import UserRequest

LAATSTE_STAP = (
    "Dit is je enige tweede stap, en je kan niet zonder. Stel eerst een app of een passkey in."
)


@before_second_step
@way_in_first
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: UserRequest, sleutel: str) -> HttpResponse:
    koppeling = _mine_or_404(request, sleutel)
    naam = settings.AANBIEDERS[koppeling.provider].naam
    if request.method == "POST":
        try:
            koppelingen.unlink(user=request.user, koppeling=koppeling)
        except koppelingen.LaatsteStap:
            messages.error(request, LAATSTE_STAP)
        else:
            # All sessions ended, and this one goes on.
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            messages.success(request, f"Via {naam} kom je niet meer in je account.")
        return redirect("mfa_index")
    context = {"aanbieder": naam, "als": koppeling.extra_data.get("als", "")}
    return render(request, "aanmelden/losmaken.html", context)


def _mine_or_404(request: UserRequest, sleutel: str) -> SocialAccount:
    for koppeling in koppelingen.koppelingen_of(request.user):
        if name_of(koppeling) == sleutel:
            return koppeling
    raise Http404
