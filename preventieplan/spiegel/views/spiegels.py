"""The spiegels of a dossier, for the school team and the CLB: opening, sharing and results."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404
from dossiers.anoniem.domain.bevragingen import (
    MIN_ANSWERS,
    ErLooptEenBevraging,
    MagNuNiet,
    running_in,
)
from dossiers.anoniem.queries import SurveyState
from dossiers.anoniem.views import LOOPT_AL, last_day_form, press, waves
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from preventieplan.spiegel import pdf
from preventieplan.spiegel.domain.spiegels import (
    MAX_VRAGEN,
    REST_DAYS,
    NogNietVast,
    open_spiegel,
    put_on_paper,
)
from preventieplan.spiegel.forms import NieuweSpiegelForm
from preventieplan.spiegel.models import Spiegel
from preventieplan.spiegel.queries import spiegels as queries
from stsdialoog.documents.document import KeptDocument
from stsdialoog.documents.response import pdf_response
from stsdialoog.middleware import never_compressed
from stsdialoog.qr import qr_of

KRUIMELS = "spiegel/delen/kruimels.html"
NOG_NIET = "Er zijn nog geen resultaten om op plan en routekaart te zetten."


@require_safe
def spiegels(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = _dossier(request, pk)
    lopend = running_in(dossier)
    context = {
        "dossier": dossier,
        "standen": queries.spiegels_of(dossier),
        "lopend": lopend,
        "kan_openen": dossier.is_open and lopend is None,
        "min_answers": MIN_ANSWERS,
        "max_vragen": MAX_VRAGEN,
    }
    return render(request, "spiegel/spiegels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_spiegel(request: UserRequest, pk: UUID) -> HttpResponse:
    """Choose the questions, from those that the team answered."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    fasen, rusten = queries.choosable(dossier)
    codes = [one.vraag.code for some in fasen.values() for doel in some for one in doel.antwoorden]
    form = NieuweSpiegelForm(
        request.POST if request.method == "POST" else None,
        codes=codes,
        today=timezone.localdate(),
    )
    if form.is_valid():
        return _open(request, dossier, form)
    context = {
        "dossier": dossier,
        "form": form,
        "fasen": fasen.items(),
        "rusten": rusten,
        "rust_dagen": REST_DAYS,
        "gekozen": form["vragen"].value() or (),
        "min_answers": MIN_ANSWERS,
        "max_vragen": MAX_VRAGEN,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "spiegel/nieuw.html", context, status=status)


@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def spiegel(request: UserRequest, pk: UUID, spiegel_pk: UUID) -> HttpResponse:
    """One spiegel: its link while it runs, and both sides once it is over."""
    stand = _stand(_dossier(request, pk), spiegel_pk)
    if "op_papier" in request.POST:
        return _put_on_paper(request, stand.bevraging)
    form = last_day_form(request, stand)
    golven = waves(request, stand, queries.waves_of(stand.bevraging))
    if request.method == "POST" and (
        answer := press(request, stand, form, golven, kruimels=KRUIMELS)
    ):
        return answer
    context = {**_context(stand), "form": form, "golven": golven}
    wrong = form.is_bound or (golven is not None and golven.form.is_bound)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "spiegel/spiegel.html", context, status=status)


@require_safe
def resultaat_pdf(request: UserRequest, pk: UUID, spiegel_pk: UUID) -> HttpResponse:
    """The results as a PDF; 404 as long as they may not be shown."""
    stand = _stand(_dossier(request, pk), spiegel_pk)
    resultaat = queries.result_of(stand)
    if resultaat is None:
        raise Http404
    document = pdf.resultaat_pdf(stand, resultaat)
    return _logged(request, stand, document, "", Logregel.Handeling.RESULTAAT_PDF)


@require_safe
def poster_pdf(request: UserRequest, pk: UUID, spiegel_pk: UUID) -> HttpResponse:
    """An A4 poster for the staff room; 404 once the spiegel takes no more answers."""
    stand = _running(_dossier(request, pk), spiegel_pk)
    document = pdf.poster_pdf(stand)
    return _logged(request, stand, document, "-poster", Logregel.Handeling.POSTER_PDF)


@require_safe
def vragen_pdf(request: UserRequest, pk: UUID, spiegel_pk: UUID) -> HttpResponse:
    """The questions on paper; 404 once the spiegel takes no more answers."""
    stand = _running(_dossier(request, pk), spiegel_pk)
    name = _filename(stand, "-vragen")
    return pdf_response(request, pdf.vragen_pdf(stand), filename=name)


def _open(request: UserRequest, dossier: Dossier, form: NieuweSpiegelForm) -> HttpResponse:
    try:
        made = open_spiegel(dossier=dossier, door=request.user, **form.cleaned_data)
    except ErLooptEenBevraging:
        messages.error(request, LOOPT_AL)
        return redirect("spiegels", dossier.pk)
    except MagNuNiet as error:
        messages.error(request, str(error))
        return redirect("spiegel-nieuw", dossier.pk)
    messages.success(request, "De spiegel is open. Deel nu de link met de leerkrachten.")
    return redirect(made)


def _put_on_paper(request: UserRequest, found: Spiegel) -> HttpResponse:
    try:
        put_on_paper(spiegel=found, aan=bool(request.POST["op_papier"]))
    except NogNietVast:
        messages.error(request, NOG_NIET)
    return redirect(found)


def _context(stand: SurveyState[Spiegel]) -> dict[str, Any]:
    found = stand.bevraging
    link = pdf.link_of(found)
    return {
        "dossier": found.dossier,
        "stand": stand,
        "link": link,
        "qr": qr_of(link) if stand.is_open else "",
        "resultaat": queries.result_of(stand),
        "vragen": found.vragen.all(),
        "schrijven": found.dossier.is_open,
        "min_answers": MIN_ANSWERS,
    }


def _logged(
    request: UserRequest,
    stand: SurveyState[Spiegel],
    document: KeptDocument,
    what: str,
    handeling: Logregel.Handeling,
) -> HttpResponse:
    response = pdf_response(request, document, filename=_filename(stand, what))
    return logged(response, door=request.user, handeling=handeling, record=stand.bevraging)


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Load the dossier. Even reading spiegels requires the right to write.

    A school board reads what the team puts on plan and routekaart. A closed dossier can still be
    read, but not changed.
    """
    return get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=request.method != "POST"
    )


def _stand(dossier: Dossier, pk: UUID) -> SurveyState[Spiegel]:
    stand = queries.find_spiegel(dossier=dossier, pk=pk)
    if stand is None:
        raise Http404
    return stand


def _running(dossier: Dossier, pk: UUID) -> SurveyState[Spiegel]:
    stand = _stand(dossier, pk)
    if not stand.is_open:
        raise Http404
    return stand


def _filename(stand: SurveyState[Spiegel], what: str) -> str:
    opened = timezone.localdate(stand.bevraging.geopend_op)
    return f"spiegel-{opened:%Y-%m-%d}{what}.pdf"
