"""The oefendossier: the way to it, making it, and emptying it."""

import logging
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers.access import get_oefendossier_or_404
from dossiers.mensen.access import TE_KLEINE_ROL, get_clb_to_practise_or_404
from dossiers.mensen.requests import UserRequest
from start.domain.oefendossier import empty_oefendossier, open_oefendossier
from start.queries.oefendossier import last_colleague, oefenplekken
from stsdialoog.wislijst import NotRemembered

logger = logging.getLogger(__name__)


@require_safe
def oefendossier(request: UserRequest) -> HttpResponse:
    """To the dossier itself; before there is one, or with more than one, a page with the way in."""
    plekken = oefenplekken(request.user, today=timezone.localdate())
    if not plekken:
        raise PermissionDenied(TE_KLEINE_ROL)
    if len(plekken) == 1 and plekken[0].dossier:
        return redirect("dossier", plekken[0].dossier.pk)
    return render(request, "start/oefendossier.html", {"plekken": plekken})


@require_POST
def make_oefendossier(request: UserRequest, pk: UUID) -> HttpResponse:
    clb = get_clb_to_practise_or_404(user=request.user, pk=pk)
    try:
        dossier = open_oefendossier(clb=clb, today=timezone.localdate(), door=request.user)
    except NotRemembered as error:
        return _nothing_erased(request, error)
    return redirect("dossier", dossier.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def empty(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask first, and say who else is working in it; POST erases all that was made in it."""
    dossier = get_oefendossier_or_404(user=request.user, pk=pk)
    if request.method == "POST":
        try:
            made = empty_oefendossier(dossier=dossier, door=request.user)
        except NotRemembered as error:
            return _nothing_erased(request, error)
        messages.success(request, "Het oefendossier is leeg. Je kan opnieuw beginnen.")
        return redirect("dossier", made.pk)
    today = timezone.localdate()
    collega = last_colleague(dossier, user=request.user, today=today)
    context = {"dossier": dossier, "collega": collega}
    return render(request, "start/oefendossier_leegmaken.html", context)


def _nothing_erased(request: UserRequest, error: NotRemembered) -> HttpResponse:
    logger.error("%s", error)
    return render(request, "oudergesprekken/niet_gewist.html", status=503)
