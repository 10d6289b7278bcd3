"""A talk goes on in a newer version of its material."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dialoogfiches.domain.versies import adopt_gespreksversie
from dialoogfiches.queries.gesprekken import find_gesprek
from dialoogfiches.queries.versies import codes_of, filled_codes
from dossiers.access import Recht, get_dossier_or_404
from dossiers.requests import UserRequest
from dossiers.views.versies import Overname, adopt_page


@require_http_methods(["GET", "HEAD", "POST"])
def gespreksversie(request: UserRequest, pk: UUID, gesprek_pk: UUID) -> HttpResponse:
    """What a newer version of the material of a talk changes; POST takes it into use."""
    recht = Recht.SCHRIJVEN if request.method == "POST" else Recht.LEZEN
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=recht)
    gesprek = find_gesprek(dossier, gesprek_pk)
    # A struck talk asks nothing; put back, it is offered the version again.
    if gesprek is None or gesprek.geschrapt_op is not None:
        raise Http404
    overname = Overname(
        versie=gesprek.versie,
        wat=gesprek.titel,
        terug=reverse("gesprek", args=[pk, gesprek_pk]),
        adopt=lambda nieuw: adopt_gespreksversie(gesprek=gesprek, nieuw=nieuw, door=request.user),
        ingevuld=partial(filled_codes, gesprek),
        plaatsen=codes_of,
    )
    return adopt_page(request, dossier, overname)
