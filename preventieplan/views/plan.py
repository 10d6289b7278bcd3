"""The pages of the plan: the four phases, and one goal."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.views import Pressed, answer_page, post_data
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.overnemen.views import offered_version
from dossiers.velden.views import save_one
from preventieplan import pdf
from preventieplan.pages import GoalPage, goal_page
from preventieplan.pdf import filename
from preventieplan.queries.stand import plan_stand, to_find_out
from preventieplan.views.buttons import press
from stsdialoog.documents.response import pdf_response


@require_safe
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    """The four phases of the zorgcontinuüm, with the score and progress of each goal."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    context = {
        "dossier": dossier,
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


@require_http_methods(["GET", "HEAD", "POST"])
def doelstelling(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """One goal: its checklist, score, focus and actions. The most used page."""
    dossier = _dossier(request, pk)
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    page = goal_page(dossier=dossier, code=code, data=post_data(request))
    if page is None:
        raise Http404
    here = reverse("doelstelling", args=[pk, code])
    return _answer(request, dossier, page, "preventieplan/doelstelling.html", here)


def _answer(
    request: UserRequest,
    dossier: Dossier,
    page: GoalPage,
    template: str,
    here: str,
) -> HttpResponse:
    def pressed() -> Pressed:
        return press(post=request.POST, dossier=dossier, page=page, door=request.user)

    offered = None if request.method == "POST" else offered_version(dossier, dossier.planversie)
    return answer_page(
        request,
        dossier,
        page,
        template=template,
        here=here,
        press=pressed,
        context={"nieuwere": offered},
    )


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    return get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
