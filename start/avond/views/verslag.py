"""The minutes of an evening: on screen, on paper, and as a link in a mail."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from start.avond import pdf
from start.avond.domain.avonden import (
    AvondVoorbij,
    ErIsIetsVan,
    note_aanwezig,
    remove_empty,
)
from start.avond.domain.mailen import AlGemaild, TeVeelVerslagen, WordtGemaild, mail_link
from start.avond.forms import AanwezigForm
from start.avond.models import Avond
from start.avond.queries.punten import find_avond
from start.avond.queries.verslag import minutes_of
from stsdialoog.documents.response import pdf_response
from stsdialoog.mail import MailNietVerstuurd
from stsdialoog.seen import IntussenGewijzigd

AL_GEMAILD = "De link naar dit verslag is al gemaild, of de avond is nog niet afgerond."
WORDT_GEMAILD = "Iemand mailt de link op dit moment. Kijk over tien minuten hier opnieuw."
TE_VEEL = "Vandaag zijn er al te veel verslagen van dit dossier gemaild. Probeer het morgen."
NIET_GEMAILD = "De mail kon niet vertrekken. Probeer het straks opnieuw."
ER_STAAT_IETS = "Dit verslag blijft: er staat iets in, of de link is al gemaild."
WEG = "Het verslag is weggehaald. Er stond niets in."
INTUSSEN = "Intussen paste iemand anders dit aan. Nu staat er: ‘{}’. Bewaar opnieuw wat jij typte."


@require_http_methods(["GET", "HEAD", "POST"])
def verslag(request: UserRequest, pk: UUID, avond_pk: UUID) -> HttpResponse:
    """The minutes, for whoever reads the dossier; whoever writes in it notes who was there."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    avond = _avond(dossier, avond_pk)
    press = {"mail": _mail, "weg": _remove}.get(request.POST.get("knop", ""))
    if press:
        return press(request, avond)
    form = AanwezigForm(request.POST if request.method == "POST" else None, avond=avond)
    status = HTTPStatus.OK
    if form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                note_aanwezig(avond=avond, **form.cleaned_data)
            except AvondVoorbij as gone:
                raise Http404 from gone
            except IntussenGewijzigd:
                avond.refresh_from_db(fields=["aanwezig"])
                form = form.again(avond)
                form.add_error("aanwezig", INTUSSEN.format(avond.aanwezig))
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, "Bewaard.")
                return redirect("avond-verslag", pk, avond_pk)
    context = {
        "dossier": dossier,
        "verslag": minutes_of(dossier, avond),
        "form": form,
        "schrijven": may_write(dossier),
    }
    return render(request, "avond/verslag.html", context, status=status)


@require_safe
def verslag_pdf(request: UserRequest, pk: UUID, avond_pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    avond = _avond(dossier, avond_pk)
    document = pdf.verslag_pdf(dossier, minutes_of(dossier, avond))
    response = pdf_response(request, document, filename=pdf.verslag_name(avond))
    handeling = Logregel.Handeling.VERSLAG_PDF
    return logged(response, door=request.user, handeling=handeling, record=avond)


def _avond(dossier: Dossier, pk: UUID) -> Avond:
    avond = find_avond(dossier, pk)
    if avond is None:
        raise Http404
    return avond


def _remove(request: UserRequest, avond: Avond) -> HttpResponse:
    try:
        leeg = minutes_of(avond.dossier, avond).is_leeg
        remove_empty(avond=avond, leeg=leeg, door=request.user)
    except (AvondVoorbij, ErIsIetsVan):
        messages.error(request, ER_STAAT_IETS)
        return redirect("avond-verslag", avond.dossier_id, avond.pk)
    messages.success(request, WEG)
    return redirect("avond", avond.dossier_id)


def _mail(request: UserRequest, avond: Avond) -> HttpResponse:
    try:
        sent = mail_link(avond=avond, door=request.user)
    except AlGemaild:
        messages.info(request, AL_GEMAILD)
    except WordtGemaild:
        messages.info(request, WORDT_GEMAILD)
    except TeVeelVerslagen:
        messages.warning(request, TE_VEEL)
    except MailNietVerstuurd:
        messages.error(request, NIET_GEMAILD)
    else:
        messages.success(
            request, f"De link is gemaild aan {sent} {'mens' if sent == 1 else 'mensen'}."
        )
    return redirect("avond-verslag", avond.dossier_id, avond.pk)
