"""Where one is logged in, and ending that elsewhere."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dossiers.mensen.domain.sessies import end_other_sessies, end_sessie
from dossiers.mensen.queries import open_sessies
from dossiers.mensen.requests import UserRequest


@require_safe
def mijn_sessies(request: UserRequest) -> HttpResponse:
    found = open_sessies(user=request.user, here=request.session.session_key or "")
    context = {
        "deze": next((one for one in found if one.deze), None),
        "andere": [one for one in found if not one.deze],
    }
    return render(request, "mensen/mijn_sessies.html", context)


@require_POST
def end_one(request: UserRequest, kenmerk: UUID) -> HttpResponse:
    here = request.session.session_key or ""
    if end_sessie(user=request.user, kenmerk=kenmerk, here=here):
        messages.success(request, "Je bent daar uitgelogd.")
    else:
        messages.info(request, "Daar was je al uitgelogd.")
    return redirect("mijn-sessies")


@require_POST
def end_others(request: UserRequest) -> HttpResponse:
    if end_other_sessies(user=request.user, here=request.session.session_key or ""):
        messages.success(request, "Je bent op alle andere toestellen uitgelogd.")
    else:
        messages.info(request, "Je was nergens anders ingelogd.")
    return redirect("mijn-sessies")
