"""The routekaart as a page and as a PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from preventieplan.pdf import filename
from preventieplan.routekaart import layout, pdf, queries
from stsdialoog.documents.response import pdf_response


@require_safe
def routekaart(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    found = queries.routekaart(dossier)
    treden = layout.steps(found)
    context = {
        "dossier": dossier,
        "kaart": found,
        "treden": treden,
        "eerst": layout.priorities(treden),
        "is_empty": layout.is_empty(treden),
    }
    return render(request, "routekaart/routekaart.html", context)


@require_safe
def routekaart_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    name = filename("routekaart", dossier)
    return pdf_response(request, pdf.routekaart_pdf(dossier), filename=name)
