"""Preparing a talk: the page for it, the invitation, and the sheet with the chosen questions."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.gesprekken import pdf
from dialoogfiches.gesprekken.domain.preparing import (
    GesprekGeschrapt,
    IntussenVoorbereid,
    prepare_gesprek,
)
from dialoogfiches.gesprekken.invitation import invitation
from dialoogfiches.gesprekken.models import Gesprek
from dialoogfiches.gesprekken.pages.preparation import preparation_page
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek, voorbereiding_of
from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.views import post_data
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import right_needed
from dossiers.mensen.requests import UserRequest
from stsdialoog.documents.response import pdf_response

INTUSSEN = (
    "Intussen bewaarde iemand anders iets aan deze voorbereiding. Wat jij invulde, staat hier nog: "
    "leg het naast wat er nu is en bewaar dan opnieuw."
)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    """When, where, how long and which questions; POST replaces what there was."""
    gesprek = _gesprek_or_404(request, pk, gesprek_pk, struck_ok=request.method == "POST")
    page = preparation_page(gesprek=gesprek, data=post_data(request))
    status, intussen, geschrapt = HTTPStatus.OK, False, gesprek.geschrapt_op is not None
    if page.form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if page.form.is_valid():
            agreed = {
                naam: page.form.cleaned_data[naam]
                for naam in ("seen", "datum", "uur", "minuten", "plaats")
            }
            try:
                prepare_gesprek(
                    gesprek=gesprek, vragen=page.form.chosen, door=request.user, **agreed
                )
            except IntussenVoorbereid:
                status, intussen = HTTPStatus.CONFLICT, True
            except GesprekGeschrapt:
                status, geschrapt = HTTPStatus.CONFLICT, True
            else:
                messages.success(request, "De voorbereiding is bewaard.")
                return redirect("gesprek", pk, gesprek_pk)
    context = {
        "dossier": gesprek.dossier,
        "page": page,
        "schrijven": may_write(gesprek.dossier),
        "nu": preparation_page(gesprek=gesprek) if intussen else None,
        "intussen": INTUSSEN,
        "geschrapt": geschrapt,
    }
    return render(request, "gesprekken/voorbereiden.html", context, status=status)


@require_safe
def gesprek_ics(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    """The invitation to download; not there as long as the day or the hour is open."""
    gesprek = _gesprek_or_404(request, pk, gesprek_pk)
    calendar = invitation(gesprek)
    if calendar is None:
        raise Http404
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    name = f"gesprek-{slugify(gesprek.dossier.school.naam) or gesprek.dossier.school.pk}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    handeling = Logregel.Handeling.AFSPRAAK_OPGEHAALD
    return logged(response, door=request.user, handeling=handeling, record=gesprek)


@require_safe
def vragenblad_pdf(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    """The sheet to hand out; there is none for a talk that was not prepared."""
    gesprek = _gesprek_or_404(request, pk, gesprek_pk)
    if voorbereiding_of(gesprek) is None:
        raise Http404
    name = f"vragen-{slugify(gesprek.titel)[:60].strip('-') or 'gesprek'}.pdf"
    response = pdf_response(request, pdf.vragenblad_pdf(gesprek.dossier, gesprek), filename=name)
    handeling = Logregel.Handeling.VRAGENBLAD_PDF
    return logged(response, door=request.user, handeling=handeling, record=gesprek)


def _gesprek_or_404(
    request: UserRequest, pk: UUID, gesprek_pk: UUID, *, struck_ok: bool = False
) -> Gesprek:
    """A talk that is not struck: one that is can't be prepared before it is put back.

    struck_ok: also one that is, for who gets back what she typed about it.
    """
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    gesprek = find_gesprek(dossier, gesprek_pk)
    if gesprek is None or (gesprek.geschrapt_op is not None and not struck_ok):
        raise Http404
    return gesprek
