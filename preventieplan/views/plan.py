"""The pages of the plan: the four phases, and the overview per phase."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404
from dossiers.acties.views import Pressed, answer_page, post_data
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.overnemen.views import offered_version
from dossiers.velden.views import save_one
from preventieplan import pdf
from preventieplan.pages import overview_page
from preventieplan.pdf import filename
from preventieplan.queries.plan import plan_stand
from preventieplan.views.buttons import press
from stsdialoog.documents.response import pdf_response


@require_safe
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    """The four phases of the zorgcontinuüm, with the score and progress of each goal."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    context = {
        "dossier": dossier,
        "fasen": plan_stand(dossier),
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


@require_http_methods(["GET", "HEAD", "POST"])
def overzicht(request: UserRequest, pk: UUID) -> HttpResponse:
    """The overview per phase, with the columns of the source: Schaal, Wat, Wie, Wanneer, Check."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    page = overview_page(dossier=dossier, data=post_data(request))

    def pressed() -> Pressed:
        return press(post=request.POST, dossier=dossier, page=page, door=request.user)

    offered = None if request.method == "POST" else offered_version(dossier, dossier.planversie)
    return answer_page(
        request,
        dossier,
        page,
        template="preventieplan/overzicht.html",
        here=reverse("overzicht", args=[pk]),
        press=pressed,
        context={"nieuwere": offered},
    )
