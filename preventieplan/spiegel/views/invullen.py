"""The public page of a spiegel: for anybody with the link, without an account or a session.

These views store nothing about the visitor: no address, no session, and a single cookie that only
says that this device has answered.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.anoniem.domain.bevragingen import (
    WINDOW_SECONDS,
    BevragingGesloten,
    BevragingVol,
    TeDruk,
    is_full,
    takes_answers,
)
from dossiers.anoniem.views import with_the_link
from preventieplan.spiegel.domain.antwoorden import give_answer
from preventieplan.spiegel.forms import SpiegelForm
from preventieplan.spiegel.models import Spiegel
from preventieplan.spiegel.pdf import INLEIDING, PRIVACY
from preventieplan.spiegel.queries.spiegels import spiegel_behind
from stsdialoog.strangers import has_answered, remember_answered

VRAGEN = "spiegel/telefoon/vragen.html"
BERICHT = "spiegel/telefoon/bericht.html"


@with_the_link(spiegel_behind)
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, spiegel: Spiegel) -> HttpResponse:
    """The questions; an answer is counted, or shown again with the reason why it was not."""
    if not takes_answers(spiegel):
        return _say(request, spiegel, HTTPStatus.GONE, voorbij=True)
    if has_answered(request):
        return _say(request, spiegel, al=True)
    form = SpiegelForm(
        request.POST if request.method == "POST" else None, vragen=list(spiegel.vragen.all())
    )
    if form.is_valid():
        return _send(request, spiegel, form)
    if is_full(spiegel):
        return _say(request, spiegel, HTTPStatus.GONE, vol=True)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _ask(request, spiegel, form, status)


@with_the_link(spiegel_behind)
@require_safe
def thanks(request: HttpRequest, spiegel: Spiegel) -> HttpResponse:
    return _say(request, spiegel, dank=True)


def _send(request: HttpRequest, spiegel: Spiegel, form: SpiegelForm) -> HttpResponse:
    """Count the answer, or say why not: the spiegel may have changed since the first checks."""
    sheet = str(form.cleaned_data["blad"])
    try:
        give_answer(spiegel=spiegel, standen=form.standen, blad=sheet)
    except BevragingGesloten:
        return _say(request, spiegel, HTTPStatus.GONE, voorbij=True)
    except BevragingVol:
        return _say(request, spiegel, HTTPStatus.GONE, vol=True)
    except TeDruk:
        response = _ask(request, spiegel, form, HTTPStatus.TOO_MANY_REQUESTS, te_druk=True)
        response.headers["Retry-After"] = str(WINDOW_SECONDS)
        return response
    path = reverse("spiegel-invullen", args=[spiegel.sleutel])
    return remember_answered(redirect("spiegel-dank", spiegel.sleutel), path=path)


def _ask(
    request: HttpRequest, spiegel: Spiegel, form: SpiegelForm, status: int, **context: Any
) -> HttpResponse:
    known = {
        "spiegel": spiegel,
        "form": form,
        "inleiding": INLEIDING,
        "privacy": PRIVACY,
        "te_druk": False,
    }
    return render(request, VRAGEN, known | context, status=status)


def _say(
    request: HttpRequest, spiegel: Spiegel, status: int = HTTPStatus.OK, **why: bool
) -> HttpResponse:
    """why: which of the messages of the template it is."""
    known = {"spiegel": spiegel, "voorbij": False, "al": False, "vol": False, "dank": False}
    return render(request, BERICHT, known | why, status=status)
