"""The routekaart on screen, and the plan's PDFs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from dossiers.access import Recht, get_dossier_or_404
from dossiers.models import Dossier
from dossiers.requests import UserRequest
from preventieplan import kaart, pdf, queries
from stsdialoog.pdf import pdf_response


@require_safe
def routekaart(request: UserRequest, pk: UUID) -> HttpResponse:
    """The stairs with the school's scores and planned actions."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    found = queries.routekaart(dossier)
    treden = kaart.steps(found)
    context = {
        "dossier": dossier,
        "kaart": found,
        "treden": treden,
        "is_leeg": kaart.is_empty(treden),
    }
    return render(request, "preventieplan/routekaart.html", context)


@require_safe
def routekaart_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    return pdf_response(pdf.routekaart_pdf(dossier), filename=_filename("routekaart", dossier))


@require_safe
def preventieplan_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    """The whole plan; with `?blanco=1` the one to fill in by hand."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    if request.GET.get("blanco"):
        blank = pdf.blank_preventieplan_pdf(dossier)
        return pdf_response(blank, filename=_filename("preventieplan-blanco", dossier))
    return pdf_response(
        pdf.preventieplan_pdf(dossier), filename=_filename("preventieplan", dossier)
    )


def _filename(what: str, dossier: Dossier) -> str:
    # A name in another script leaves no slug.
    school = slugify(dossier.school.naam) or dossier.school.instellingsnummer
    return f"{what}-{school}-{dossier.schooljaar_label}.pdf"
