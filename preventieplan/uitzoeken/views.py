"""Who finds out one question of the plan."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404
from dossiers.mensen.access import Recht
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from preventieplan.models import Antwoord
from preventieplan.queries.plan import question_url
from preventieplan.uitzoeken.domain import (
    IntussenGeweten,
    asked_in,
    give,
    seen_mark,
    take_back,
    tick_off,
)
from preventieplan.uitzoeken.forms import UitzoekForm
from preventieplan.uitzoeken.models import Uitzoekvraag
from stsdialoog.seen import IntussenGewijzigd

TAAK = "{} zoekt dit uit, en vindt het bij ‘Mijn taken’."
WOORDEN = "{} zoekt dit uit. Zeg het even: die vindt dit niet zelf in STS-Dialoog."
KLAAR = "Uitgezocht. Vul hier in hoe het zit."
NIEMAND = "Niemand zoekt dit nog uit. De vraag staat weer open."
AL_GEWETEN = "Jullie antwoordden intussen op deze vraag: niemand hoeft ze nog uit te zoeken."


@require_http_methods(["GET", "HEAD", "POST"])
def uitzoeken(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """Give a question that got *weten we niet* to somebody, tick it off, or take it back."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    antwoord = asked_in(dossier, code)
    if antwoord is None:
        raise Http404
    found = antwoord.wordt_uitgezocht
    sent = request.POST if request.method == "POST" else None
    form = UitzoekForm(sent, found=found, seen=seen_mark(found), today=timezone.localdate())
    status, intussen = HTTPStatus.OK, False
    if sent is not None:
        try:
            if done := _press(request, dossier, antwoord, form):
                messages.success(request, done)
                return redirect(question_url(dossier.pk, antwoord.vraag))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        except IntussenGeweten:
            messages.info(request, AL_GEWETEN)
            return redirect(question_url(dossier.pk, antwoord.vraag))
        except IntussenGewijzigd:
            status, intussen = HTTPStatus.CONFLICT, True
    context = {
        "dossier": dossier,
        "antwoord": antwoord,
        "vraag": antwoord.vraag,
        "uitzoek": found,
        "seen": seen_mark(found),
        "form": form,
        "intussen": intussen,
        "team": names_of_team(dossier.school),
        "terug": question_url(dossier.pk, antwoord.vraag),
    }
    return render(request, "uitzoeken/uitzoeken.html", context, status=status)


def _press(
    request: UserRequest, dossier: Dossier, antwoord: Antwoord, form: UitzoekForm
) -> str | None:
    """Do what the pressed button says; returns what happened, None for a form that is not right."""
    here: dict[str, Any] = {"dossier": dossier, "antwoord": antwoord, "door": request.user}
    seen = request.POST.get("seen", "")
    match request.POST.get("knop"):
        case "klaar":
            tick_off(**here, seen=seen)
            return KLAAR
        case "terug":
            take_back(**here, seen=seen)
            return NIEMAND
    if not form.is_valid():
        return None
    return _told(give(**here, **form.cleaned_data))


def _told(given: Uitzoekvraag) -> str:
    return (TAAK if given.gebruiker else WOORDEN).format(given.naam)
