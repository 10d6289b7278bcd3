"""The public page of a survey: for anybody with the link, without an account or a session.

These views store nothing about the visitor: no address, no session, and a single cookie that only
says that this device has answered.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.bevragingen.domain.inzendingen import save_inzending
from dialoogfiches.bevragingen.forms import InvulForm
from dialoogfiches.bevragingen.models import Bevraging
from dialoogfiches.bevragingen.queries import bevraging_behind
from dialoogfiches.queries import fiche_of
from dossiers.anoniem.domain.bevragingen import (
    WINDOW_SECONDS,
    BevragingGesloten,
    BevragingVol,
    TeDruk,
    is_full,
    takes_answers,
)
from dossiers.anoniem.views import with_the_link
from stsdialoog.strangers import has_answered, remember_answered
from stsdialoog.text import opening

VRAGEN = "bevragingen/invullen.html"
DANK = "bevragingen/dank.html"
AL_BEANTWOORD = "bevragingen/antwoordde_al.html"
VOORBIJ = "bevragingen/gesloten.html"
VOL = "bevragingen/vol.html"


@with_the_link(bevraging_behind)
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, bevraging: Bevraging) -> HttpResponse:
    """The questions; a submission is stored, or shown again with the reason why it was not."""
    form = InvulForm(
        request.POST if request.method == "POST" else None, fiche=fiche_of(bevraging.versie)
    )
    if not takes_answers(bevraging):
        return _page(request, bevraging, VOORBIJ, HTTPStatus.GONE, form=form)
    if has_answered(request):
        return _page(request, bevraging, AL_BEANTWOORD, form=form)
    if form.is_valid():
        return _send(request, bevraging, form)
    if is_full(bevraging):
        return _page(request, bevraging, VOL, HTTPStatus.GONE, form=form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _page(request, bevraging, VRAGEN, status, form=form)


@with_the_link(bevraging_behind)
@require_safe
def thanks(request: HttpRequest, bevraging: Bevraging) -> HttpResponse:
    return _page(request, bevraging, DANK)


def _page(
    request: HttpRequest,
    bevraging: Bevraging,
    template: str,
    status: int = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    woorden = bevraging.versie.teksten["woorden"]
    known = {
        "bevraging": bevraging,
        "inleiding": bevraging.versie.teksten["inleiding"],
        "woorden": woorden,
        "privacy": opening(woorden["privacy"]["tekst"]),
        "te_druk": False,
    }
    return render(request, template, known | context, status=status)


def _send(request: HttpRequest, bevraging: Bevraging, form: InvulForm) -> HttpResponse:
    """Store the submission, or say why not: the survey may have changed since the first checks."""
    try:
        save_inzending(
            bevraging=bevraging,
            keuze=form.cleaned_data["keuze"],
            teksten=form.teksten,
            blad=form.cleaned_data["blad"],
        )
    except BevragingGesloten:
        return _page(request, bevraging, VOORBIJ, HTTPStatus.GONE, form=form)
    except BevragingVol:
        return _page(request, bevraging, VOL, HTTPStatus.GONE, form=form)
    except TeDruk:
        return _too_busy(request, bevraging, form)
    path = reverse("bevraging-invullen", args=[bevraging.sleutel])
    return remember_answered(redirect("bevraging-dank", bevraging.sleutel), path=path)


def _too_busy(request: HttpRequest, bevraging: Bevraging, form: InvulForm) -> HttpResponse:
    response = _page(
        request, bevraging, VRAGEN, HTTPStatus.TOO_MANY_REQUESTS, form=form, te_druk=True
    )
    response.headers["Retry-After"] = str(WINDOW_SECONDS)
    return response
