"""The overview of all actions, per phase, and its PDF."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.acties.finders import find_actie
from dossiers.acties.forms import ActionPlace, ActionRow, action_row, new_action
from dossiers.acties.models import Actie
from dossiers.acties.queries.stories import with_findings
from dossiers.acties.queries.trekkers import name_trekkers
from dossiers.acties.views import (
    Pressed,
    answer_new_action,
    answer_page,
    answer_team,
    asks_for_team,
    post_data,
)
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from dossiers.overnemen.views import offered_version
from dossiers.velden.registry import GeenVeld
from dossiers.velden.views import save_one
from preventieplan import pdf
from preventieplan.opmerkingen.queries.plekken import counts_of
from preventieplan.overview import Asked, OverviewPage, overview_page, what_is_asked
from preventieplan.queries.checks import stories_with_scores
from preventieplan.views.buttons import make_typed, press
from stsdialoog.documents.response import pdf_response


@require_http_methods(["GET", "HEAD", "POST"])
def overzicht(request: UserRequest, pk: UUID) -> HttpResponse:
    """The overview per phase, with the columns of the source: Schaal, Wat, Wie, Wanneer, Check.

    `?open=<uuid>` opens the row of an action; `?rij=<uuid>` is what htmx asks for one row alone.
    """
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    opened = request.GET.getlist("open") if may_write(dossier) else ()
    asked = what_is_asked(request.GET, opened)
    here = _address(dossier, asked)
    if request.htmx and request.method == "POST":
        if naam := request.POST.get("nieuwe_actie"):
            return _new_action(request, dossier, asked, naam)
        return save_one(request, dossier)
    if asks_for_team(request, dossier):
        return answer_team(request, dossier)
    if request.htmx and "rij" in request.GET:
        return _row(request, dossier, asked, here)
    page = _page(request, dossier, asked)

    def pressed() -> Pressed:
        return press(post=request.POST, dossier=dossier, page=page, door=request.user)

    offered = None if request.method == "POST" else offered_version(dossier, dossier.planversie)
    return answer_page(
        request,
        dossier,
        page,
        template="preventieplan/overzicht.html",
        here=here,
        press=pressed,
        context={"nieuwere": offered, "asked": asked, "team": ()},
    )


@require_safe
def overzicht_pdf(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    document = pdf.overzicht_pdf(dossier)
    response = pdf_response(request, document, filename=pdf.filename("overzicht", dossier))
    handeling = Logregel.Handeling.OVERZICHT_PDF
    return logged(response, door=request.user, handeling=handeling, record=dossier)


def _page(request: UserRequest, dossier: Dossier, asked: Asked) -> OverviewPage:
    return overview_page(
        dossier=dossier,
        asked=asked,
        user=request.user,
        today=timezone.localdate(),
        data=post_data(request),
        remarks=_remarks(dossier),
    )


def _remarks(dossier: Dossier) -> Mapping[UUID, int]:
    """How many wait beside each action; a board does not see that there are any."""
    return counts_of(dossier).acties if dossier.recht >= Recht.SCHRIJVEN else {}


def _new_action(request: UserRequest, dossier: Dossier, asked: Asked, naam: str) -> HttpResponse:
    page = _page(request, dossier, asked)
    place = page.place(naam)
    if place is None:
        raise Http404

    def made() -> tuple[ActionPlace, ActionRow]:
        actie = make_typed(dossier, page, request.user)[-1]
        row = action_row(actie, opened=(), today=timezone.localdate())
        return replace(place, form=new_action(naam, None)), row

    return answer_new_action(
        request,
        page=page,
        place=place,
        make=made,
        made="preventieplan/delen/actie_gemaakt.html",
        context={"asked": asked, "pad": _address(dossier, asked)},
    )


def _row(request: UserRequest, dossier: Dossier, asked: Asked, here: str) -> HttpResponse:
    shown = with_findings(Actie.objects.filter(geschrapt_op__isnull=True))
    try:
        actie = find_actie(dossier, request.GET["rij"], among=shown)
    except GeenVeld as error:
        raise Http404 from error
    name_trekkers([actie])
    told = stories_with_scores(dossier, [actie] if str(actie.pk) in asked.opened else [])
    row = action_row(
        actie,
        opened=asked.opened,
        today=timezone.localdate(),
        stories=told,
        remarks=_remarks(dossier),
    )
    context = {"row": row, "asked": asked, "pad": here, "schrijven": may_write(dossier)}
    return render(request, "acties/delen/actie_rij.html", context, status=HTTPStatus.OK)


def _address(dossier: Dossier, asked: Asked) -> str:
    """The address of the overview with what it is narrowed down to, and every row closed."""
    path = reverse("overzicht", args=[dossier.pk])
    return f"{path}?{asked.query.removesuffix('&')}" if asked.query else path
