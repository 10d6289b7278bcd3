"""Starting a schooljaar from the last dossier, and undoing that."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from start.nieuw_jaar.domain.starting import NietTeStarten, next_of, start_schooljaar
from start.nieuw_jaar.domain.undoing import AlGebruikt, undo_start
from start.nieuw_jaar.forms import StartForm
from start.nieuw_jaar.queries import coming_along

GESTART = (
    "Schooljaar {} is gestart. Kijk in het preventieplan na wat van vorig schooljaar nog klopt."
)
AL_GESTART = "Dit schooljaar is al gestart. Je bent nu in het nieuwe dossier."
AL_GEBRUIKT = (
    "Er gebeurde al iets in dit dossier, dus het blijft. Is het toch te vroeg? Heropen dan dat van "
    "vorig schooljaar en werk daar verder."
)
ONGEDAAN = "De start van {} is ongedaan gemaakt. In {} staat alles weer zoals het was."


@require_http_methods(["GET", "HEAD", "POST"])
def nieuw_schooljaar(request: UserRequest, pk: UUID) -> HttpResponse:
    """Say what comes along from this dossier; POST starts the next schooljaar."""
    vorig = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN, closed_ok=True)
    today = timezone.localdate()
    try:
        following = next_of(vorig, today=today)
        if following.there is not None and following.is_begun:
            messages.info(request, AL_GESTART)
            return redirect("dossier", following.there.pk)
        page = coming_along(vorig, following, today=today)
        data = request.POST if request.method == "POST" else None
        form = StartForm(data, nu=vorig.planversie, nieuwere=page.nieuwere)
        if form.is_valid():
            started = start_schooljaar(
                vorig=vorig, door=request.user, today=today, planversie=form.chosen
            )
            label = started.dossier.schooljaar_label
            messages.success(request, GESTART.format(label) if started.is_new else AL_GESTART)
            return redirect("dossier", started.dossier.pk)
    except NietTeStarten as reason:
        return _not_now(request, vorig, reason)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"dossier": vorig, "school": vorig.school, "page": page, "form": form}
    return render(request, "nieuw_jaar/starten.html", context, status=status)


def _not_now(request: UserRequest, vorig: Dossier, reason: NietTeStarten) -> HttpResponse:
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    context = {"dossier": vorig, "school": vorig.school, "waarom": str(reason)}
    context["verder"] = reason.verder
    return render(request, "nieuw_jaar/niet_nu.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def ongedaan(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask first; POST deletes the new dossier, while nobody did anything in it."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN, closed_ok=True)
    if dossier.vorig is None:
        raise Http404
    if request.method == "POST":
        try:
            vorig = undo_start(dossier=dossier, door=request.user)
        except AlGebruikt:
            messages.error(request, AL_GEBRUIKT)
            return redirect("dossier", dossier.pk)
        done = ONGEDAAN.format(dossier.schooljaar_label, vorig.schooljaar_label)
        messages.success(request, done)
        return redirect("dossier", vorig.pk)
    context = {"dossier": dossier, "school": dossier.school, "vorig": dossier.vorig}
    return render(request, "nieuw_jaar/ongedaan.html", context)
