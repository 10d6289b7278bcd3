"""Adopting a newer version of the plan in a dossier."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.overnemen.views import Adoption, adopt_page
from preventieplan.domain.versions import adopt_planversie
from preventieplan.queries.earlier import codes_in, filled_codes


@require_http_methods(["GET", "HEAD", "POST"])
def planversie(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show what a newer version of the preventieplan changes; POST adopts it."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    overname = Adoption(
        versie=dossier.planversie,
        wat="Preventieplan",
        back_url=reverse("preventieplan", args=[pk]),
        adopt=lambda nieuw: adopt_planversie(dossier=dossier, nieuw=nieuw, door=request.user),
        filled_codes=partial(filled_codes, dossier),
        available_codes=codes_in,
    )
    return adopt_page(request, dossier, overname)
