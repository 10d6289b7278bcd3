"""The end of a phase: what was discussed, what comes first, and what comes next."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404, may_write
from dossiers.materialen.models import Fase
from dossiers.mensen.access import right_needed
from dossiers.mensen.requests import UserRequest
from preventieplan.domain.priorities import TeVeelPrioriteiten, choose_priorities
from preventieplan.models import Prioriteit
from preventieplan.queries.phase import phase_end

BEWAARD = "Jullie keuze is bewaard. Ze staat nu overal bij de doelstelling."


@require_http_methods(["GET", "HEAD", "POST"])
def fase_rond(request: UserRequest, pk: UUID, nummer: int) -> HttpResponse:
    """One phase with what is still open in it; POST chooses the goals that come first."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if nummer not in Fase.values:
        raise Http404
    fase, te_veel, status = Fase(nummer), "", HTTPStatus.OK
    chosen = request.POST.getlist("doel")
    if request.method == "POST":
        try:
            choose_priorities(dossier=dossier, fase=fase, codes=chosen, door=request.user)
        except TeVeelPrioriteiten as error:
            te_veel, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, BEWAARD)
            return redirect("fase-rond", pk, nummer)
    page = phase_end(dossier=dossier, fase=fase, today=timezone.localdate())
    context = {
        "dossier": dossier,
        "page": page,
        "gekozen": chosen if te_veel else [doel.code for doel in page.stand.prioriteiten],
        "te_veel": te_veel,
        "hoogstens": Prioriteit.AANTAL,
        "schrijven": may_write(dossier),
    }
    return render(request, "preventieplan/fase.html", context, status=status)
