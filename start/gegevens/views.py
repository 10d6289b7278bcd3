"""One's own data: to read, to take along, to correct and to have erased; and by letter."""

from collections.abc import Iterable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.mensen.domain.accounts import correct_own_name
from dossiers.mensen.domain.wissen import ask_to_erase_own_account
from dossiers.mensen.models import User
from dossiers.mensen.proof import proof_first, require_recent_step
from dossiers.mensen.requests import UserRequest
from start.gegevens.access import get_user_or_404
from start.gegevens.domain import got_of, got_own
from start.gegevens.file import json_pieces
from start.gegevens.forms import NaamForm
from start.gegevens.queries.everything import about, about_for_beheer
from start.gegevens.queries.leaving import leaves_behind
from start.gegevens.queries.parts import SHOWN, Deel, Shown, shown
from stsdialoog.seen import IntussenGewijzigd
from stsdialoog.wislijst import WACHTTIJD


@never_cache
@require_safe
def mijn_gegevens(request: UserRequest) -> HttpResponse:
    context = {
        **_parted(shown(deel, limit=SHOWN) for deel in about(request.user)),
        "wachttijd": WACHTTIJD.days,
    }
    return render(request, "gegevens/mijn_gegevens.html", context)


@never_cache
@require_safe
@proof_first
def alles(request: UserRequest) -> HttpResponse:
    """All of it on one page, to read and to print."""
    context = {
        **_parted(shown(deel) for deel in about(request.user)),
        "gemaakt_op": timezone.now(),
    }
    got_own(user=request.user)
    return render(request, "gegevens/alles.html", context)


@require_safe
@proof_first
def bestand(request: UserRequest) -> HttpResponseBase:
    got_own(user=request.user)
    return _file(about(request.user), name="mijn-gegevens.json")


@require_http_methods(["GET", "HEAD", "POST"])
def naam(request: UserRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    form = NaamForm(request.POST or None, instance=user)
    nu, status = None, HTTPStatus.OK
    if form.is_valid():
        data = form.cleaned_data
        try:
            correct_own_name(user=request.user, naam=data["naam"], seen=data["seen"])
        except IntussenGewijzigd:
            nu, status = User.objects.get(pk=user.pk).naam, HTTPStatus.CONFLICT
            form.show_again(nu)
        else:
            messages.success(request, f"Je heet hier nu {data['naam']}.")
            return redirect("mijn-gegevens")
    return render(request, "gegevens/naam.html", {"form": form, "nu": nu}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@proof_first
def wissen(request: UserRequest) -> HttpResponse:
    """Ask first, and say what happens and what stays behind."""
    today = timezone.localdate()
    if request.method == "POST":
        ask_to_erase_own_account(user=request.user, today=today)
        logout(request)
        messages.success(
            request, "Je account staat uit en wordt gewist. In je mailbox lees je op welke dag."
        )
        return redirect("start")
    context = {
        "dagen": WACHTTIJD.days,
        "dag": today + WACHTTIJD,
        "achter": leaves_behind(request.user),
    }
    return render(request, "gegevens/wissen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def gegevens_van(request: UserRequest, pk: UUID) -> HttpResponseBase:
    """For a letter: what is kept about somebody, without what stands in dossiers."""
    user = get_user_or_404(door=request.user, pk=pk)
    if request.method == "POST":
        require_recent_step(request)
        got_of(user=user, door=request.user)
        return _file(about_for_beheer(user), name="gegevens.json")
    return render(request, "gegevens/van.html", {"wie": user, "wachttijd": WACHTTIJD.days})


def _parted(parts: Iterable[Shown]) -> dict[str, list[Shown]]:
    """The parts that have something, and those that have nothing."""
    found = list(parts)
    return {
        "delen": [one for one in found if one.rijen],
        "leeg": [one for one in found if not one.rijen],
    }


def _file(delen: list[Deel], *, name: str) -> HttpResponseBase:
    return StreamingHttpResponse(
        json_pieces(delen, made_at=timezone.localtime()),
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
