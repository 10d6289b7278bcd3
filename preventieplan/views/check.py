"""The check of an action: a short page on which a team looks back and decides."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.domain.checks import (
    ActieGeschrapt,
    NogGeenBesluit,
    RoundedOff,
    moment_at,
    plan_next_check,
    reopen_check,
)
from dossiers.acties.finders import find_actie
from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import goes_on_later
from dossiers.acties.views import NIET_ALLES, answer_team, asks_for_team, post_data
from dossiers.mensen.access import right_needed
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.praktijken.queries.van_dossier import MADE_AFTER
from dossiers.velden.forms import as_uuid, whole_number
from dossiers.velden.registry import GeenVeld
from dossiers.velden.views import attention, save_all, save_one, status_of, tell_saved
from dossiers.velden.weergave import leads
from preventieplan.check_page import CheckPage, check_page
from preventieplan.domain.checks import round_off

CHECK, HOE_HET_GING = "preventieplan/check.html", "preventieplan/check_klaar.html"
GESCHRAPT = (
    "Iemand schrapte deze actie intussen. Wat je typte, is bewaard: zet de actie terug in het "
    "overzicht en rond de check dan af."
)
KIES = "Kies eerst: borgen, bijsturen of stoppen."
AL_AFGEROND = "Deze check was al afgerond. Er is niets dubbel bewaard."
NIEUWE_STAP = "De nieuwe stap staat bij jullie acties."
OPEN = "De check staat weer open."
NIET_OPEN = "Deze check kan niet meer open: kijk na wat er intussen veranderde."
GEPLAND = "De volgende check staat gepland."
NIET_GEPLAND = (
    "Die check is niet gepland: iemand plande er intussen al een, opende de vorige of schrapte "
    "de actie. Kijk na wat er nu staat."
)
BEWAARD = "Alles is bewaard."


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: UserRequest, pk: UUID, actie: UUID) -> HttpResponse:
    """The page of a check: its fields, or how it went once the last one is rounded off."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    if asks_for_team(request, dossier):
        return answer_team(request, dossier)
    found = _actie(dossier, actie)
    if "heropen" in request.POST:
        return _reopen(request, found)
    page = check_page(
        dossier=dossier,
        actie=found,
        today=timezone.localdate(),
        data=post_data(request),
    )
    if page is None:
        raise Http404
    if request.method != "POST":
        return _show(request, dossier, page)
    if "plan" in request.POST:
        return _plan(request, dossier, page)
    return _save(request, dossier, page)


def _show(
    request: UserRequest, dossier: Dossier, page: CheckPage, status: int = HTTPStatus.OK
) -> HttpResponse:
    sent = request.method == "POST"
    context: dict[str, Any] = {
        "dossier": dossier,
        "page": page,
        "pad": _address(page.actie),
        "today": timezone.localdate(),
        "leidt": leads(request, dossier),
        "aandacht": attention(page.forms) if sent else (),
        "schrijven": may_write(dossier),
        # A mail of last schooljaar leads here.
        "later": None if dossier.is_open else goes_on_later(page.actie),
        # With JavaScript they are asked for when somebody comes to Wie.
        "team": names_of_team(dossier.school) if page.goes_on else (),
    }
    template = CHECK if page.form is not None and may_write(dossier) else HOE_HET_GING
    return render(request, template, context, status=status)


def _save(request: UserRequest, dossier: Dossier, page: CheckPage) -> HttpResponse:
    """Save all that was typed and, when that was asked, round the check off."""
    saved = save_all(page.forms, request.user)
    typed = not page.goes_on or (page.vervolg is not None and page.vervolg.is_valid())
    if not (saved and typed):
        messages.error(request, NIET_ALLES)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if saved else status_of(page.forms)
        return _show(request, dossier, page, status)
    if "klaar" not in request.POST or page.form is None:
        messages.success(request, BEWAARD)
        return tell_saved(redirect(_address(page.actie)), request)
    try:
        done = round_off(
            check=page.check,
            door=request.user,
            today=timezone.localdate(),
            inschaling=page.score.form.record if page.score else None,
            pagina=as_uuid(request.POST.get("pagina", "")),
            vervolg=page.typed_vervolg,
        )
    except NogGeenBesluit:
        page.form["besluit"].problems.append(KIES)
        return _show(request, dossier, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    except ActieGeschrapt:
        messages.error(request, GESCHRAPT)
        return _show(request, dossier, page, HTTPStatus.CONFLICT)
    messages.success(request, _said(done))
    return tell_saved(redirect(_address(page.actie)), request)


def _said(done: RoundedOff) -> str:
    besluit = f"De check is klaar: {done.check.get_besluit_display()}."
    said = besluit if done.is_new else AL_AFGEROND
    return f"{said} {NIEUWE_STAP}" if done.vervolg else said


def _reopen(request: UserRequest, actie: Actie) -> HttpResponse:
    found = moment_at(actie, whole_number(request.POST["heropen"]) or None)
    try:
        done = found is not None and reopen_check(check=found, door=request.user)
    except ActieGeschrapt:
        done = False
    if done:
        messages.success(request, OPEN)
    else:
        messages.error(request, NIET_OPEN)
    return redirect(_address(actie))


def _plan(request: UserRequest, dossier: Dossier, page: CheckPage) -> HttpResponse:
    form = page.volgende
    if form is not None and not form.is_valid():
        return _show(request, dossier, page, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        planned = form is not None and plan_next_check(
            actie=page.actie, dag=form.cleaned_data["check_op"], door=request.user
        )
    except ActieGeschrapt:
        planned = False
    if not planned:
        messages.error(request, NIET_GEPLAND)
        return redirect(_address(page.actie))
    messages.success(request, GEPLAND)
    overview = reverse("overzicht", args=[dossier.pk])
    return redirect(f"{overview}#actie-{page.actie.pk}")


def _actie(dossier: Dossier, pk: UUID) -> Actie:
    try:
        return find_actie(dossier, str(pk), among=Actie.objects.select_related(*MADE_AFTER))
    except GeenVeld as error:
        raise Http404 from error


def _address(actie: Actie) -> str:
    return reverse("check", args=[actie.dossier_id, actie.pk])
