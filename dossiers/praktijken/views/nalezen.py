"""Who reads a practice before others do: the ankerfiguur in its dossier, an editor of the PLG."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.praktijken.access import (
    get_own_praktijk_or_404,
    require_editor,
    waits_with_plg,
)
from dossiers.praktijken.domain.delen import PraktijkWeg
from dossiers.praktijken.domain.nalezen import approve, ask_back, pass_on
from dossiers.praktijken.forms import LeesForm, recognised_in
from dossiers.praktijken.models import Praktijk, Stand
from dossiers.praktijken.queries.plank import goal_words, waiting_for_plg
from stsdialoog.seen import IntussenGewijzigd

DOORGESTUURD = "Doorgestuurd naar de PLG."
OP_DE_PLANK = "Het staat in de toolbox."
GEVRAAGD = "Je vraag is bij het team."
INTUSSEN = "Het team wijzigde dit intussen. Lees het opnieuw en beslis dan."
WEG = "Dit staat hier niet meer: het team trok het in, of wijzigde het."
AL_BESLIST = "Hier is al over beslist, of het team wijzigt het nu."


@require_http_methods(["GET", "HEAD", "POST"])
def read_first(request: UserRequest, pk: UUID, praktijk_pk: UUID) -> HttpResponse:
    """The ankerfiguur reads what a team told, also when the dossier is closed by now."""
    praktijk = get_own_praktijk_or_404(
        user=request.user, pk=pk, praktijk_pk=praktijk_pk, recht=Recht.BEHEREN, closed_ok=True
    )
    form = LeesForm(request.POST or None, praktijk=praktijk)
    back = redirect("praktijken", pk)
    if praktijk.stand != Stand.ANKERFIGUUR and not request.POST:
        messages.info(request, AL_BESLIST)
        return back
    return _decided(request, praktijk, form, Stand.ANKERFIGUUR, back) or _show(
        request, praktijk, form, "praktijken/lezen.html"
    )


@require_safe
def waiting(request: UserRequest) -> HttpResponse:
    require_editor(request.user)
    context = {"praktijken": list(waiting_for_plg()), "doelen": goal_words()}
    return render(request, "praktijken/nalezen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def read_for_plg(request: UserRequest, praktijk_pk: UUID) -> HttpResponse:
    """An editor of the PLG reads the words of a practice, and nothing else of its dossier."""
    require_editor(request.user)
    praktijk = waits_with_plg(praktijk_pk)
    back = redirect("praktijken-nalezen")
    if praktijk is None:
        if request.method != "POST":
            raise Http404
        messages.info(request, WEG)
        return back
    form = LeesForm(request.POST or None, praktijk=praktijk)
    return _decided(request, praktijk, form, Stand.PLG, back) or _show(
        request, praktijk, form, "praktijken/nalezen_een.html"
    )


def _decided(
    request: UserRequest, praktijk: Praktijk, form: LeesForm, van: Stand, back: HttpResponse
) -> HttpResponse | None:
    """Do what the pressed button says; None when nothing was decided."""
    if not form.is_valid():
        return None
    seen, door = form.cleaned_data["seen"], request.user
    decide, said = (pass_on, DOORGESTUURD) if van == Stand.ANKERFIGUUR else (approve, OP_DE_PLANK)
    try:
        if form.asks:
            vraag = form.cleaned_data["vraag"]
            ask_back(praktijk=praktijk, van=van, vraag=vraag, seen=seen, door=door)
            said = GEVRAAGD
        else:
            decide(praktijk=praktijk, seen=seen, door=door)
    except PraktijkWeg:
        messages.info(request, WEG)
        return back
    except IntussenGewijzigd:
        praktijk.refresh_from_db()
        if praktijk.stand != van:
            messages.info(request, AL_BESLIST)
            return back
        form.show_again(praktijk)
        return None
    messages.success(request, said)
    return back


def _show(request: UserRequest, praktijk: Praktijk, form: LeesForm, template: str) -> HttpResponse:
    sent = form.is_bound
    changed = sent and form.is_valid()
    context = {
        "dossier": praktijk.dossier,
        "praktijk": praktijk,
        "teksten": recognised_in(praktijk, today=timezone.localdate()),
        "doel": goal_words().get(praktijk.hoort_bij, ""),
        "form": form,
        "intussen": INTUSSEN if changed else "",
    }
    status = HTTPStatus.OK
    if sent:
        status = HTTPStatus.CONFLICT if changed else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, template, context, status=status)
