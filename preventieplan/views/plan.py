"""The page of the plan, with its four phases, and its PDF."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.overnemen.views import offered_version
from preventieplan import pdf
from preventieplan.pdf import filename
from preventieplan.queries.plan import introduction_of
from preventieplan.queries.stand import plan_stand, to_find_out
from stsdialoog.documents.response import pdf_response


@require_safe
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    """The four phases of the zorgcontinuüm, with the score and progress of each goal."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    context = {
        "dossier": dossier,
        "inleiding": introduction_of(dossier.planversie),
        "fasen": plan_stand(dossier),
        "uit_te_zoeken": to_find_out(dossier),
        "schrijven": may_write(dossier),
        "nieuwere": offered_version(dossier, dossier.planversie),
    }
    return render(request, "preventieplan/plan.html", context)


@require_safe
def preventieplan_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    """The PDF of the plan; with `?blanco=1`, blank to fill in by hand."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    if request.GET.get("blanco"):
        blank = pdf.blank_preventieplan_pdf(dossier)
        return pdf_response(request, blank, filename=filename("preventieplan-blanco", dossier))
    document, name = pdf.preventieplan_pdf(dossier), filename("preventieplan", dossier)
    return pdf_response(request, document, filename=name)
