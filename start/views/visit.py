"""Before somebody enters a school."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from start.queries.dossier import dossier_page
from start.queries.visit import visit as visit_of


@require_safe
def visit(request: UserRequest, pk: UUID) -> HttpResponse:
    """What changed since somebody was last there, what she promised, and one question to ask."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)
    today = timezone.localdate()
    page = dossier_page(dossier=dossier, today=today, clb=False)
    context = {
        "dossier": dossier,
        "page": page,
        "bezoek": visit_of(dossier=dossier, page=page, user=request.user, today=today),
    }
    return render(request, "start/voor_je_binnengaat.html", context)
