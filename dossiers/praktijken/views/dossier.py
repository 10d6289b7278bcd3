"""What a dossier shares of what worked: its list, telling, changing the words, taking it back."""

import logging
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.models import Actie
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.praktijken.access import get_own_praktijk_or_404
from dossiers.praktijken.domain.delen import (
    PraktijkWeg,
    change_praktijk,
    share_praktijk,
    withdraw_praktijk,
)
from dossiers.praktijken.forms import PraktijkForm
from dossiers.praktijken.models import Praktijk
from dossiers.praktijken.queries.van_dossier import praktijken_of, shareable, told_by
from dossiers.velden.forms import as_uuid
from stsdialoog.seen import IntussenGewijzigd
from stsdialoog.wislijst import NotRemembered

logger = logging.getLogger(__name__)

DEEL, BEWAAR = "Deel dit", "Bewaar en deel"
VERTELD = "Bedankt. De ankerfiguur van je CLB leest het eerst."
VERTELD_OEFENING = "Bewaard. Dit is een oefendossier, dus er gaat niets naar andere scholen."
INGETROKKEN = "Het is weg: uit de toolbox, uit wat iemand zoekt en uit dit dossier."
AL_WEG = "Dit was al ingetrokken."
NIET_GEWIST = "Intrekken lukte niet. Probeer het straks opnieuw, of verwittig het STS-team."


@require_safe
def praktijken(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    writes = may_write(dossier)
    context = {
        "dossier": dossier,
        "praktijken": list(praktijken_of(dossier)),
        "te_delen": list(shareable(dossier)) if writes else [],
        "schrijven": writes,
        "intrekken": dossier.recht >= Recht.SCHRIJVEN,
        "leest_eerst": dossier.recht >= Recht.BEHEREN,
    }
    return render(request, "praktijken/praktijken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: UserRequest, pk: UUID) -> HttpResponse:
    """Tell what worked; `?actie=` says from which action its first words come."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    actie = _asked_action(request, dossier)
    if actie and (known := praktijken_of(dossier).filter(actie=actie).first()):
        return redirect("praktijk-wijzigen", pk, known.pk)
    form = PraktijkForm(
        request.POST or None,
        instance=Praktijk(dossier=dossier),
        initial=told_by(actie) if actie else None,
        today=timezone.localdate(),
        knop=DEEL,
    )
    if form.is_valid():
        share_praktijk(
            dossier=dossier,
            actie=actie,
            woorden=form.woorden,
            sleutel=form.cleaned_data["sleutel"],
            door=request.user,
        )
        return _told(request, dossier)
    return _show(request, form, {"dossier": dossier, "praktijk": None, "nu": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: UUID, praktijk_pk: UUID) -> HttpResponse:
    """The words of a practice, to be changed; the question that came back stands above them."""
    praktijk = get_own_praktijk_or_404(
        user=request.user, pk=pk, praktijk_pk=praktijk_pk, recht=Recht.SCHRIJVEN
    )
    dossier, status = praktijk.dossier, HTTPStatus.OK
    form = PraktijkForm(
        request.POST or None, instance=praktijk, today=timezone.localdate(), knop=BEWAAR
    )
    nu = None
    if form.is_valid():
        seen, now = form.cleaned_data["seen"], Praktijk(pk=praktijk.pk, dossier=dossier)
        try:
            change_praktijk(praktijk=now, woorden=form.woorden, seen=seen, door=request.user)
        except PraktijkWeg:
            messages.info(request, AL_WEG)
            return redirect("praktijken", pk)
        except IntussenGewijzigd:
            nu, status = praktijken_of(dossier).get(pk=praktijk_pk), HTTPStatus.CONFLICT
            form.show_again(nu)
        else:
            return _told(request, dossier)
    context = {"dossier": dossier, "praktijk": praktijk, "nu": nu}
    return _show(request, form, context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: UserRequest, pk: UUID, praktijk_pk: UUID) -> HttpResponse:
    """Ask first. It also goes when the dossier is closed."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)
    praktijk = praktijken_of(dossier).filter(pk=praktijk_pk).first()
    if request.method == "POST":
        try:
            done = praktijk is not None and withdraw_praktijk(praktijk=praktijk, door=request.user)
        except NotRemembered as error:
            logger.error("Nothing was withdrawn: %s", error)
            messages.error(request, NIET_GEWIST)
        else:
            messages.success(request, INGETROKKEN if done else AL_WEG)
        return redirect("praktijken", pk)
    if praktijk is None:
        raise Http404
    context = {"dossier": dossier, "praktijk": praktijk}
    return render(request, "praktijken/intrekken.html", context)


def _asked_action(request: UserRequest, dossier: Dossier) -> Actie | None:
    """The action of `?actie=`; None without one. Raises Http404 for one that is not done."""
    asked = request.GET.get("actie")
    if not asked:
        return None
    known = praktijken_of(dossier).filter(actie=as_uuid(asked)).select_related("actie").first()
    if known is not None:
        return known.actie
    return get_object_or_404(shareable(dossier), pk=as_uuid(asked))


def _told(request: UserRequest, dossier: Dossier) -> HttpResponse:
    messages.success(request, VERTELD_OEFENING if dossier.school.oefen else VERTELD)
    return redirect("praktijken", dossier.pk)


def _show(
    request: UserRequest,
    form: PraktijkForm,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    if form.is_bound and form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "praktijken/delen.html", {**context, "form": form}, status=status)
