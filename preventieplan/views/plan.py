"""The page of the plan, with its four phases, and its PDF."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.materialen.models import Fase
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.overnemen.views import offered_version
from preventieplan import pdf
from preventieplan.pdf import Excerpt, filename
from preventieplan.queries.last_year import unconfirmed_of
from preventieplan.queries.plan import goal_of, introduction_of
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
        "vorig": unconfirmed_of(dossier),
        "nieuwere": offered_version(dossier, dossier.planversie),
    }
    return render(request, "preventieplan/plan.html", context)


@require_safe
def preventieplan_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    """The PDF of the plan, or with `?fase=` or `?doelstelling=` of a part of it.

    `?blanco=1` gives it to fill in by hand, `?bijlage=1` with the questions that nobody touched.
    """
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    excerpt = _excerpt(dossier, request.GET)
    what = f"-{excerpt.slug}" if excerpt else ""
    if request.GET.get("blanco"):
        blank = pdf.blank_preventieplan_pdf(dossier, excerpt)
        name = filename(f"preventieplan-blanco{what}", dossier)
        return pdf_response(request, blank, filename=name)
    document = pdf.preventieplan_pdf(dossier, excerpt, bijlage=bool(request.GET.get("bijlage")))
    response = pdf_response(request, document, filename=filename(f"preventieplan{what}", dossier))
    handeling = Logregel.Handeling.PLAN_PDF
    return logged(response, door=request.user, handeling=handeling, record=dossier)


def _excerpt(dossier: Dossier, asked: Mapping[str, str]) -> Excerpt | None:
    """The phase or goal that was asked for; a goal is in one phase. Raises Http404."""
    code, nummer = asked.get("doelstelling"), asked.get("fase")
    if code:
        doel = goal_of(dossier.planversie, code)
        if doel is None:
            raise Http404
        return Excerpt(Fase(doel.fase), doel)
    if nummer and nummer not in map(str, Fase.values):
        raise Http404
    return Excerpt(Fase(int(nummer))) if nummer else None
