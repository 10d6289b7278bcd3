"""The sociale kaart of a CLB: its schools read it, the people of the CLB keep it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.mensen.access import Recht, get_clb_or_404
from dossiers.mensen.models import CLB
from dossiers.mensen.requests import UserRequest
from dossiers.sociale_kaart import pdf
from dossiers.sociale_kaart.domain import (
    KaartVol,
    add_voorziening,
    change_voorziening,
    remove_voorziening,
)
from dossiers.sociale_kaart.forms import VOL, VoorzieningForm
from dossiers.sociale_kaart.models import Voorziening
from dossiers.sociale_kaart.queries import find_voorziening, kaart_of, with_words
from stsdialoog.documents.response import pdf_response
from stsdialoog.seen import IntussenGewijzigd
from stsdialoog.text import looked_for

PER_PAGE = 100
# With more places than one overlooks there is a box to search in.
OVERSEEN = 12
# What `?toon=` asks for: the places that nobody looked at for a year.
OUD = "oud"
ZET_OP_DE_KAART = "Zet op de kaart"


@require_safe
def sociale_kaart(request: UserRequest, pk: UUID) -> HttpResponse:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    rijen = kaart_of(clb, today=timezone.localdate())
    zoek = looked_for(request.GET.get("zoek", ""))
    alleen_oud = request.GET.get("toon") == OUD
    found = [rij for rij in with_words(rijen, zoek) if rij.is_oud or not alleen_oud]
    context = {
        "clb": clb,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("pagina")),
        "aantal": len(rijen),
        "zoek": zoek,
        "alleen_oud": alleen_oud,
        "can_be_searched": len(rijen) > OVERSEEN,
        "oud": sum(rij.is_oud for rij in rijen),
        "schrijven": clb.recht >= Recht.SCHRIJVEN,
    }
    return render(request, "sociale_kaart/sociale_kaart.html", context)


@require_safe
def sociale_kaart_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    document = pdf.sociale_kaart_pdf(clb, today=timezone.localdate())
    return pdf_response(request, document, filename="sociale-kaart.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: UserRequest, pk: UUID) -> HttpResponse:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    today = timezone.localdate()
    new = Voorziening(clb=clb, nagekeken=today)
    form = VoorzieningForm(request.POST or None, instance=new, today=today, knop=ZET_OP_DE_KAART)
    if form.is_valid():
        sleutel = form.cleaned_data["sleutel"]
        try:
            add_voorziening(voorziening=form.instance, sleutel=sleutel, door=request.user)
        except KaartVol:
            form.add_error(None, VOL)
        else:
            messages.success(request, f"{form.instance} staat op de kaart.")
            return redirect("sociale-kaart", pk)
    context = {"clb": clb, "form": form, "voorziening": None, "naam": "", "nu": None, "weg": False}
    return render(request, "sociale_kaart/voorziening.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: UserRequest, pk: UUID, voorziening_pk: UUID) -> HttpResponse:
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    voorziening = find_voorziening(clb, voorziening_pk)
    if voorziening is None:
        return _gone(request, clb)
    today = timezone.localdate()
    form = VoorzieningForm(request.POST or None, instance=voorziening, today=today, knop="Bewaar")
    known, nu, status = str(voorziening), None, HTTPStatus.OK
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            change_voorziening(voorziening=form.instance, seen=seen, door=request.user)
        except IntussenGewijzigd:
            nu, status = find_voorziening(clb, voorziening_pk), HTTPStatus.CONFLICT
            if nu is None:
                return _gone(request, clb)
            form.show_again(nu)
        except Voorziening.DoesNotExist:
            return _gone(request, clb)
        else:
            messages.success(request, f"{form.instance} is bewaard.")
            return redirect("sociale-kaart", pk)
    context = {
        "clb": clb,
        "form": form,
        "voorziening": voorziening,
        "naam": known,
        "nu": nu,
        "weg": False,
    }
    return render(request, "sociale_kaart/voorziening.html", context, status=status)


def _gone(request: UserRequest, clb: CLB) -> HttpResponse:
    """Somebody took the place off the map: what was typed about it is offered as a new one."""
    if request.method != "POST":
        raise Http404
    new, today = Voorziening(clb=clb), timezone.localdate()
    form = VoorzieningForm(request.POST, instance=new, today=today, knop=ZET_OP_DE_KAART)
    form.show_anew(action=reverse("voorziening-nieuw", args=[clb.pk]))
    context = {"clb": clb, "form": form, "voorziening": None, "naam": "", "nu": None, "weg": True}
    return render(request, "sociale_kaart/voorziening.html", context, status=HTTPStatus.CONFLICT)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: UserRequest, pk: UUID, voorziening_pk: UUID) -> HttpResponse:
    """Ask first."""
    clb = get_clb_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    voorziening = find_voorziening(clb, voorziening_pk)
    if voorziening is None:
        return _gone_already(request, clb)
    if request.method == "POST":
        remove_voorziening(voorziening=voorziening, door=request.user)
        messages.success(request, f"{voorziening} staat niet meer op de kaart.")
        return redirect("sociale-kaart", pk)
    context = {"clb": clb, "voorziening": voorziening}
    return render(request, "sociale_kaart/weghalen.html", context)


def _gone_already(request: UserRequest, clb: CLB) -> HttpResponse:
    """A second click, or a colleague was first."""
    if request.method != "POST":
        raise Http404
    messages.info(request, "Die plek staat niet meer op de kaart.")
    return redirect("sociale-kaart", clb.pk)
