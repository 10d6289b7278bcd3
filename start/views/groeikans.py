"""From a survey to the preventieplan: choosing the question to copy an answer to."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dialoogfiches.bevragingen.models import Openantwoord
from dialoogfiches.bevragingen.queries import shown_answer
from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from preventieplan.queries.plan import whole_plan
from start.domain.groeikansen import GeenPlaats, add_groeikans
from start.forms import GroeikansForm

GEEN_PLAATS = (
    "Bij die vraag staat al te veel tekst om er nog iets onder te zetten. Kies een andere."
)


@require_http_methods(["GET", "HEAD", "POST"])
def groeikans(
    request: UserRequest, pk: UUID, bevraging_pk: UUID, antwoord_pk: UUID
) -> HttpResponse:
    """Choose among the questions of the plan, grouped by goal; POST copies the answer."""
    posted = request.method == "POST"
    dossier = get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=not posted
    )
    antwoord = _antwoord(dossier, bevraging_pk, antwoord_pk)
    plan = whole_plan(dossier)
    form = GroeikansForm(request.POST if posted else None, plan=plan)
    if form.is_valid():
        vraag = form.cleaned_data["vraag"]
        try:
            add_groeikans(openantwoord=antwoord, dossier=dossier, vraag=vraag, door=request.user)
        except GeenPlaats:
            form.add_error("vraag", GEEN_PLAATS)
        else:
            messages.success(request, "De groeikans staat in het preventieplan.")
            return redirect("bevraging", pk, bevraging_pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if posted else HTTPStatus.OK
    context = {
        "dossier": dossier,
        "antwoord": antwoord,
        "plan": plan,
        "staat_bij": form.vragen.get(antwoord.groeikans),
        "form": form,
    }
    return render(request, "start/groeikans.html", context, status=status)


def _antwoord(dossier: Dossier, bevraging_pk: UUID, pk: UUID) -> Openantwoord:
    """Raises Http404 for an answer that is not shown."""
    found = shown_answer(dossier=dossier, bevraging_pk=bevraging_pk, pk=pk)
    if found is None:
        raise Http404
    return found
