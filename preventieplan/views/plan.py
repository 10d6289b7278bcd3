"""The plan itself: the four steps, one goal, and the overview per phase."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import Recht, get_dossier_or_404
from dossiers.models import Dossier
from dossiers.requests import UserRequest
from preventieplan.pages import (
    Doelpagina,
    Overzichtpagina,
    doelpagina,
    overzichtpagina,
    struck_meanwhile,
)
from preventieplan.queries import plan_stand
from preventieplan.views.knoppen import press
from preventieplan.views.velden import ONGELDIG, attention, save_all, save_one, status_of

INTUSSEN_GESCHRAPT = (
    "Iemand schrapte intussen een actie waarin jij nog iets typte. Je tekst is bewaard: "
    "onderaan het overzicht kan je de actie terugzetten."
)
NIET_ALLES = "Niet alles is bewaard. Kijk bij de velden die gemarkeerd zijn; je tekst staat er nog."


@require_safe
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    """The four steps of the zorgcontinuum with score and progress per goal."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    context = {"dossier": dossier, "fasen": plan_stand(dossier)}
    return render(request, "preventieplan/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def doelstelling(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """One goal: its checklist, score, focus and actions. The page that people live in."""
    dossier = _dossier(request, pk)
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    pagina = doelpagina(dossier=dossier, code=code, data=_data(request))
    if pagina is None:
        raise Http404
    here = reverse("doelstelling", args=[pk, code])
    return _answer(request, dossier, pagina, "preventieplan/doelstelling.html", here)


@require_http_methods(["GET", "HEAD", "POST"])
def overzicht(request: UserRequest, pk: UUID) -> HttpResponse:
    """The source's table per phase: Schaal, Wat, Wie, Wanneer, Check."""
    dossier = _dossier(request, pk)
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    pagina = overzichtpagina(dossier=dossier, data=_data(request))
    here = reverse("overzicht", args=[pk])
    return _answer(request, dossier, pagina, "preventieplan/overzicht.html", here)


def _answer(
    request: UserRequest,
    dossier: Dossier,
    pagina: Doelpagina | Overzichtpagina,
    template: str,
    here: str,
) -> HttpResponse:
    """Draw a page, or save all that was sent in and do what the pressed button says."""
    status = 200
    if request.method == "POST":
        struck = struck_meanwhile(dossier, request.POST)
        saved = save_all([*pagina.forms, *struck], request.user)
        # A new action is planned only when the page will not come back: it would be sent twice.
        planned = [form.is_valid() for _, form in pagina.getypt]
        if saved and all(planned):
            pressed = press(post=request.POST, dossier=dossier, pagina=pagina, door=request.user)
            messages.success(request, pressed.melding)
            if any(form.has_saved for form in struck):
                messages.warning(request, INTUSSEN_GESCHRAPT)
            return redirect(here + pressed.anchor)
        status = status_of(pagina.forms) if all(planned) else ONGELDIG
        messages.error(request, NIET_ALLES)
    context = {
        "dossier": dossier,
        "pagina": pagina,
        "pad": here,
        "aandacht": attention(pagina.forms),
        "schrijven": dossier.recht >= Recht.SCHRIJVEN and dossier.is_open,
    }
    return render(request, template, context, status=status)


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    recht = Recht.SCHRIJVEN if request.method == "POST" else Recht.LEZEN
    return get_dossier_or_404(user=request.user, pk=pk, recht=recht)


def _data(request: UserRequest) -> Mapping[str, str] | None:
    return request.POST if request.method == "POST" else None
