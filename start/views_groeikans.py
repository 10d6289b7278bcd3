"""From a survey to the preventieplan: choose the question that an answer belongs to."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dialoogfiches.queries.bevragingen import shown_answer
from dossiers.access import Recht, get_dossier_or_404
from dossiers.requests import UserRequest
from preventieplan.queries import whole_plan
from start.domain.groeikansen import GeenPlaats, add_groeikans

ONGELDIG = 422
KIES = "Kies eerst bij welke vraag deze groeikans hoort."
GEEN_PLAATS = (
    "Bij die vraag staat al te veel tekst om er nog iets onder te zetten. Kies een andere."
)


@require_http_methods(["GET", "HEAD", "POST"])
def groeikans(
    request: UserRequest, pk: UUID, bevraging_pk: UUID, antwoord_pk: UUID
) -> HttpResponse:
    """The questions of the plan, grouped per goal, for one answer."""
    dossier = get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=request.method != "POST"
    )
    openantwoord = shown_answer(dossier=dossier, bevraging_pk=bevraging_pk, pk=antwoord_pk)
    if openantwoord is None:
        raise Http404
    plan = whole_plan(dossier)
    vragen = {
        vraag.code: vraag for fase in plan for doel in fase.doelen for vraag, _ in doel.antwoorden
    }
    fout = ""
    if request.method == "POST":
        gekozen = vragen.get(request.POST.get("vraag", ""))
        try:
            if gekozen:
                add_groeikans(
                    openantwoord=openantwoord, dossier=dossier, vraag=gekozen, door=request.user
                )
                messages.success(request, "De groeikans staat in het preventieplan.")
                return redirect("bevraging", pk, bevraging_pk)
            fout = KIES
        except GeenPlaats:
            fout = GEEN_PLAATS
    context = {
        "dossier": dossier,
        "antwoord": openantwoord,
        "plan": plan,
        "staat_bij": vragen.get(openantwoord.groeikans),
        "gekozen": request.POST.get("vraag", ""),
        "fout": fout,
    }
    return render(request, "start/groeikans.html", context, status=ONGELDIG if fout else 200)
