"""Moving a talk to a newer version of its material."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dialoogfiches.gesprekken.domain.versions import adopt_gespreksversie
from dialoogfiches.gesprekken.queries.earlier import codes_in, filled_codes
from dialoogfiches.gesprekken.queries.gesprekken import find_gesprek
from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.overnemen.views import Adoption, adopt_page


@require_http_methods(["GET", "HEAD", "POST"])
def gespreksversie(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    """Show what changed in a newer version of a talk's material; POST adopts that version."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    gesprek = find_gesprek(dossier, gesprek_pk)
    # A struck talk cannot adopt a version; once restored, it is offered the version again.
    if gesprek is None or gesprek.geschrapt_op is not None:
        raise Http404
    overname = Adoption(
        versie=gesprek.versie,
        wat=gesprek.titel,
        back_url=reverse("gesprek", args=[pk, gesprek_pk]),
        adopt=lambda nieuw: adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=request.user),
        filled_codes=partial(filled_codes, gesprek),
        available_codes=codes_in,
    )
    return adopt_page(request, dossier, overname)
