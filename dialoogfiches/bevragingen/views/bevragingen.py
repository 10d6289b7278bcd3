"""The surveys of a dossier, for the school team and the CLB: opening, sharing and results."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from dialoogfiches.bevragingen import pdf, queries
from dialoogfiches.bevragingen.domain.bevragingen import MIN_ANSWERS_PER_BRANCH, open_bevraging
from dialoogfiches.bevragingen.domain.inzendingen import make_actie
from dialoogfiches.bevragingen.forms import NieuweBevragingForm
from dialoogfiches.bevragingen.models import Bevraging, Openantwoord
from dialoogfiches.bevragingen.pages import ResultPage, result_page
from dossiers.access import get_dossier_or_404
from dossiers.acties.forms import ActionPlace
from dossiers.acties.models import Actie
from dossiers.acties.views import (
    GEMAAKT,
    Pressed,
    answer_new_action,
    answer_page,
    answer_team,
    asks_for_team,
)
from dossiers.anoniem.domain.bevragingen import MIN_ANSWERS, ErLooptEenBevraging, running_in
from dossiers.anoniem.queries import SurveyState
from dossiers.anoniem.views import LOOPT_AL, last_day_form, press, waves
from dossiers.logboek.models import Logregel
from dossiers.logboek.views import logged
from dossiers.materialen.models import Vorm
from dossiers.materialen.queries import published_of
from dossiers.mensen.access import Recht
from dossiers.mensen.models import User
from dossiers.mensen.queries import names_of_team
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from stsdialoog.documents.response import pdf_response
from stsdialoog.mail import absolute_url
from stsdialoog.middleware import never_compressed
from stsdialoog.qr import qr_of

# The names of the buttons of the results: what they send is about actions.
ABOUT_ACTIONS = {"nieuwe_actie", "open_actie", "acties"}
BEVRAGING = "bevragingen/bevraging.html"
KRUIMELS = "bevragingen/delen/kruimels.html"


@require_safe
def bevragingen(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = _dossier(request, pk)
    standen = queries.bevragingen_of(dossier)
    lopend = running_in(dossier)
    context = {
        "dossier": dossier,
        "standen": standen,
        "lopend": lopend,
        "kan_openen": dossier.is_open and lopend is None,
        "min_answers": MIN_ANSWERS,
    }
    return render(request, "bevragingen/bevragingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_bevraging(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN)
    versies = published_of(Vorm.BEVRAGING)
    if not versies:
        messages.warning(request, "Er is nog geen bevraging gepubliceerd. Vraag het aan je CLB.")
        return redirect("bevragingen", pk)
    form = NieuweBevragingForm(
        request.POST or None,
        versies=versies,
        today=timezone.localdate(),
        materiaal=request.GET.get("materiaal"),
    )
    if form.is_valid():
        try:
            made = open_bevraging(
                dossier=dossier,
                versie=form.versie,
                titel=form.cleaned_data["titel"],
                tot=form.cleaned_data["tot"],
                door=request.user,
            )
        except ErLooptEenBevraging:
            messages.error(request, LOOPT_AL)
            return redirect("bevragingen", pk)
        messages.success(request, "De bevraging is open. Deel nu de link met de leerkrachten.")
        return redirect("bevraging", pk, made.pk)
    context = {"dossier": dossier, "form": form, "min_answers": MIN_ANSWERS}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "bevragingen/nieuw.html", context, status=status)


@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def bevraging(request: UserRequest, pk: UUID, bevraging_pk: UUID) -> HttpResponse:
    """One survey: its link while it runs, its results once it is over."""
    dossier = _dossier(request, pk)
    if asks_for_team(request, dossier):
        return answer_team(request, dossier)
    stand = _stand(dossier, bevraging_pk)
    if request.method == "POST" and ABOUT_ACTIONS & request.POST.keys():
        return _make_acties(request, stand)
    form = last_day_form(request, stand)
    golven = waves(request, stand, queries.waves_of(stand.bevraging))
    if request.method == "POST" and (
        answer := press(request, stand, form, golven, kruimels=KRUIMELS)
    ):
        return answer
    opened = request.GET.get("actie", "")
    context = {
        **_context(stand),
        "form": form,
        "golven": golven,
        "page": result_page(stand, opened=opened),
        "team": names_of_team(dossier.school) if opened else (),
    }
    wrong = form.is_bound or (golven is not None and golven.form.is_bound)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, BEVRAGING, context, status=status)


@require_safe
def resultaat_pdf(request: UserRequest, pk: UUID, bevraging_pk: UUID) -> HttpResponse:
    """The results as a PDF; 404 as long as they may not be shown."""
    stand = _stand(_dossier(request, pk), bevraging_pk)
    resultaat = queries.result_of(stand)
    if resultaat is None:
        raise Http404
    document = pdf.resultaat_pdf(stand, resultaat)
    response = pdf_response(request, document, filename=_filename(stand, ""))
    handeling = Logregel.Handeling.RESULTAAT_PDF
    return logged(response, door=request.user, handeling=handeling, record=stand.bevraging)


@require_safe
def poster_pdf(request: UserRequest, pk: UUID, bevraging_pk: UUID) -> HttpResponse:
    """An A4 poster for the staff room; 404 once the survey takes no more answers."""
    stand = _stand(_dossier(request, pk), bevraging_pk)
    if not stand.is_open:
        raise Http404
    response = pdf_response(request, pdf.poster_pdf(stand), filename=_filename(stand, "-poster"))
    handeling = Logregel.Handeling.POSTER_PDF
    return logged(response, door=request.user, handeling=handeling, record=stand.bevraging)


def _context(stand: SurveyState[Bevraging]) -> dict[str, Any]:
    found = stand.bevraging
    link = absolute_url("bevraging-invullen", sleutel=found.sleutel)
    return {
        "dossier": found.dossier,
        "stand": stand,
        "pad": _address(found),
        "link": link,
        "qr": qr_of(link) if stand.is_open else "",
        "schrijven": found.dossier.is_open,
        "min_answers": MIN_ANSWERS,
        "min_answers_per_branch": MIN_ANSWERS_PER_BRANCH,
    }


def _make_acties(request: UserRequest, stand: SurveyState[Bevraging]) -> HttpResponse:
    """Create what was typed at the answers, or open the form of one.

    Raises Http404 for an answer that is not shown.
    """
    page, post = result_page(stand, data=request.POST), request.POST
    naam = post.get("nieuwe_actie") or post.get("open_actie") or ""
    place = page.place(naam) if page else None
    if page is None or (naam and place is None):
        raise Http404
    if request.htmx and place:
        return _make_in_place(request, page, place)
    here = _address(stand.bevraging)

    def press() -> Pressed:
        made = _make_typed(page, request.user)
        if "open_actie" in post:
            return Pressed(url=f"{here}?actie={naam}#nieuw-{naam}-wat")
        return Pressed(f"#antwoord-{made[-1][0].pk}", GEMAAKT) if made else Pressed()

    dossier = stand.bevraging.dossier
    context = {**_context(stand), "golven": None, "team": names_of_team(dossier.school)}
    return answer_page(
        request, dossier, page, template=BEVRAGING, here=here, press=press, context=context
    )


def _make_in_place(request: UserRequest, page: ResultPage, place: ActionPlace) -> HttpResponse:
    def make() -> tuple[ActionPlace, None]:
        made = [actie for _, actie in _make_typed(page, request.user)]
        # Also what somebody else made of it in the meantime.
        return replace(place, form=None, acties=tuple(dict.fromkeys((*place.acties, *made)))), None

    return answer_new_action(request, page=page, place=place, make=make)


def _make_typed(page: ResultPage, door: User) -> list[tuple[Openantwoord, Actie]]:
    """Create the new actions that were typed; returns each after the answer that it grew from."""
    return [
        (
            antwoord,
            make_actie(
                antwoord=antwoord,
                dossier=antwoord.bevraging.dossier,
                door=door,
                **form.cleaned_data,
            ),
        )
        for antwoord, form in page.typed_actions
    ]


def _address(found: Bevraging) -> str:
    return reverse("bevraging", args=[found.dossier_id, found.pk])


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Load the dossier. Even reading surveys requires the right to write.

    A school board may read the plan, but not what the staff wrote. A closed dossier can still be
    read, but not changed.
    """
    return get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=request.method != "POST"
    )


def _stand(dossier: Dossier, pk: UUID) -> SurveyState[Bevraging]:
    stand = queries.find_bevraging(dossier=dossier, pk=pk)
    if stand is None:
        raise Http404
    return stand


def _filename(stand: SurveyState[Bevraging], what: str) -> str:
    titel = slugify(stand.bevraging.titel) or "bevraging"
    return f"{titel}{what}-{stand.bevraging.dossier.schooljaar_label}.pdf"
