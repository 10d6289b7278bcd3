"""How the scores of a school went, over its schooljaren."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from preventieplan.scores_page import first_without, scored_phases


@require_safe
def scores(request: UserRequest, pk: UUID) -> HttpResponse:
    """Each score that was given, per goal and per phase, drawn and in a table."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    fasen = scored_phases(dossier)
    first = first_without(fasen)
    context = {
        "dossier": dossier,
        "fasen": fasen,
        "is_leeg": not any(one.doelen for one in fasen),
        "zonder": [one for one in fasen if not one.doelen],
        "begin": first.doelstelling if first else None,
        "schrijven": may_write(dossier),
    }
    return render(request, "preventieplan/scores.html", context)
