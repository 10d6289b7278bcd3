"""The surveys of a dossier, for the school team and the CLB: opening, sharing and results."""

from collections.abc import Collection
from dataclasses import dataclass, replace
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
from dialoogfiches.bevragingen.domain.bevragingen import (
    MIN_ANSWERS,
    MIN_ANSWERS_PER_BRANCH,
    ErLooptEenBevraging,
    ResultaatStaatVast,
    close_bevraging,
    open_bevraging,
    set_last_day,
)
from dialoogfiches.bevragingen.domain.golven import Effect, NotAgreed, let_count, set_aside
from dialoogfiches.bevragingen.domain.inzendingen import make_actie
from dialoogfiches.bevragingen.forms import (
    GolvenForm,
    LaatsteDagForm,
    NieuweBevragingForm,
    wave_in_words,
)
from dialoogfiches.bevragingen.models import Bevraging, Golf, Openantwoord
from dialoogfiches.bevragingen.pages import ResultPage, result_page
from dialoogfiches.bevragingen.queries import SurveyState
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

LOOPT_AL = (
    "Er loopt al een bevraging in dit dossier. Sluit die eerst af: zo gaat er één link rond, en "
    "vergelijkt niemand twee resultaten met elkaar."
)
STAAT_VAST = (
    "De resultaten van deze bevraging staan vast: er komen geen antwoorden meer bij. "
    "Wil je verder vragen? Start dan een nieuwe."
)
# The value of the button that sets answers aside.
OPZIJ = "opzij"
# The names of the buttons of the results: what they send is about actions.
ABOUT_ACTIONS = {"nieuwe_actie", "open_actie", "acties"}
BEVRAGING = "bevragingen/bevraging.html"


@dataclass(frozen=True)
class Golven:
    """The waves of answers to a survey, and the form in which the team decides about them."""

    rijen: tuple[Golf, ...]
    form: GolvenForm

    @property
    def lines(self) -> list[str]:
        return [wave_in_words(golf) for golf in self.rijen]

    @property
    def chosen(self) -> tuple[Golf, ...]:
        return tuple(golf for golf in self.rijen if golf.pk in self.form.cleaned_data["golf"])


@require_safe
def bevragingen(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = _dossier(request, pk)
    standen = queries.bevragingen_of(dossier)
    context = {
        "dossier": dossier,
        "standen": standen,
        "kan_openen": dossier.is_open and not any(stand.is_open for stand in standen),
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
    form, golven = _form_of(request, stand), _waves(request, stand)
    if request.method == "POST" and (answer := _press(request, stand, form, golven)):
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


def _press(
    request: UserRequest, stand: SurveyState, form: LaatsteDagForm, golven: Golven | None
) -> HttpResponse | None:
    """Handle the submit button; returns None if the last day or a moment is invalid."""
    found, dossier = stand.bevraging, stand.bevraging.dossier
    here = redirect("bevraging", dossier.pk, found.pk)
    if "golven" in request.POST:
        return _decide(request, found, golven) if golven and golven.form.is_valid() else None
    if "sluit" in request.POST:
        close_bevraging(bevraging=found, door=request.user)
        messages.success(request, "De bevraging is afgesloten.")
        return here
    if not form.is_valid():
        return None
    try:
        set_last_day(bevraging=found, tot=form.cleaned_data["tot"], door=request.user)
    except ResultaatStaatVast:
        messages.error(request, STAAT_VAST)
    except ErLooptEenBevraging:
        messages.error(request, LOOPT_AL)
    else:
        gedaan = (
            "De laatste dag is gewijzigd." if stand.is_open else "De bevraging staat weer open."
        )
        messages.success(request, gedaan)
    return here


def _decide(request: UserRequest, found: Bevraging, golven: Golven) -> HttpResponse:
    """Set waves of answers aside, or let them count; first ask about what can't be undone."""
    aside = request.POST["golven"] == OPZIJ
    decide = set_aside if aside else let_count
    try:
        decide(
            bevraging=found,
            golven=golven.form.cleaned_data["golf"],
            agreed=request.POST.getlist("akkoord"),
            door=request.user,
        )
    except NotAgreed as error:
        return _ask(request, found, golven, error.args)
    except ResultaatStaatVast:
        messages.error(request, STAAT_VAST)
    else:
        messages.success(
            request, "Die antwoorden staan opzij." if aside else "Die antwoorden tellen mee."
        )
    return redirect("bevraging", found.dossier_id, found.pk)


def _ask(
    request: UserRequest, found: Bevraging, golven: Golven, effects: Collection[Effect]
) -> HttpResponse:
    context = {
        "dossier": found.dossier,
        "bevraging": found,
        "golven": [(golf, wave_in_words(golf)) for golf in golven.chosen],
        "opzij": request.POST["golven"] == OPZIJ,
        "effects": effects,
        "zet_terug": Effect.PUTS_BACK in effects,
        "opent": Effect.OPENS_RESULTS in effects,
    }
    return render(request, "bevragingen/golven_bevestigen.html", context)


def _waves(request: UserRequest, stand: SurveyState) -> Golven | None:
    """The waves that the team can still decide about; None if there are none."""
    found = () if stand.is_settled else tuple(queries.waves_of(stand.bevraging))
    if not found:
        return None
    deciding = request.method == "POST" and "golven" in request.POST
    return Golven(found, GolvenForm(request.POST if deciding else None, golven=found))


def _context(stand: SurveyState) -> dict[str, Any]:
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


def _make_acties(request: UserRequest, stand: SurveyState) -> HttpResponse:
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


def _form_of(request: UserRequest, stand: SurveyState) -> LaatsteDagForm:
    others = {"sluit", "golven"}
    moving = request.method == "POST" and not others & request.POST.keys()
    return LaatsteDagForm(
        request.POST if moving else None,
        today=timezone.localdate(),
        tot=stand.bevraging.tot if stand.is_open else None,
        knop="Wijzig de laatste dag" if stand.is_open else "Zet de bevraging weer open",
    )


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Load the dossier. Even reading surveys requires the right to write.

    A school board may read the plan, but not what the staff wrote. A closed dossier can still be
    read, but not changed.
    """
    return get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=request.method != "POST"
    )


def _stand(dossier: Dossier, pk: UUID) -> SurveyState:
    stand = queries.find_bevraging(dossier=dossier, pk=pk)
    if stand is None:
        raise Http404
    return stand


def _filename(stand: SurveyState, what: str) -> str:
    titel = slugify(stand.bevraging.titel) or "bevraging"
    return f"{titel}{what}-{stand.bevraging.dossier.schooljaar_label}.pdf"
