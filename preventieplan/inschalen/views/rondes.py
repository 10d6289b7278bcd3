"""The rounds of a dossier, for the school team and the CLB: opening one, leading it, its spread."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest, for_a_room
from dossiers.models import Dossier
from dossiers.velden.views import attention, save_all, save_one, status_of
from dossiers.velden.weergave import leads
from preventieplan.forms import InschalingForm, labels_by_score
from preventieplan.inschalen import pdf
from preventieplan.inschalen.domain.rondes import (
    ErLooptEenRonde,
    NogTeWeinig,
    RondeVoorbij,
    VandaagGetoond,
    WachtOpIedereen,
    open_ronde,
    open_second,
    put_on_paper,
    show,
    stop,
)
from preventieplan.inschalen.domain.stemmen import (
    TeVeelPapieren,
    count_papers,
)
from preventieplan.inschalen.forms import NieuweRondeForm, TellingForm
from preventieplan.inschalen.models import MIN_SCORES
from preventieplan.inschalen.queries import rondes as queries
from preventieplan.inschalen.queries.rondes import GoalOfRound, RoundState
from preventieplan.queries.plan import goal_of, goals_of, inschaling_of
from stsdialoog.documents.response import pdf_response
from stsdialoog.mail import absolute_url
from stsdialoog.middleware import never_compressed
from stsdialoog.qr import qr_of
from stsdialoog.seen import IntussenGewijzigd

LOOPT_AL = "Er loopt al een ronde in dit dossier: hier is ze."
VANDAAG = (
    "Hoe de scores voor ‘{doel}’ liggen, zagen jullie vandaag al. Kies daar een tweede ronde, of "
    "spreek samen een score af: met nog een andere ronde kan je raden wie wat gaf."
)
TE_WEINIG = (
    f"Er zijn nog geen {MIN_SCORES} scores. Met minder tonen we niets: wie zijn eigen score kent, "
    "raadt dan die van de anderen."
)
TE_WEINIG_TELEFOONS = (
    f"Er zijn nog geen {MIN_SCORES} scores op een telefoon. Met minder tonen we niets: wie de "
    "papieren telt, raadt dan die van de telefoons."
)
WACHT = (
    "In een tweede ronde tonen we pas iets als iedereen van de eerste opnieuw scoorde. Anders "
    "is te raden wat wie ontbreekt eerst gaf. Is er iemand weg? Stop de ronde en spreek samen een "
    "score af."
)
VOORBIJ = "Deze ronde is voorbij: kijk na wat er intussen veranderde."
GESTOPT = "De ronde is gestopt. Er is niets getoond en niets bewaard."
TWEEDE = "De tweede ronde is open. Wat jullie de eerste keer gaven, is gewist."
TE_WEINIG_OP_PAPIER = "Op plan en routekaart komt de spreiding pas vanaf vijf scores."
NIET_ALLES = "Niet alles is bewaard: kijk na wat er staat."


@require_http_methods(["GET", "HEAD", "POST"])
def inschalen(request: UserRequest, pk: UUID) -> HttpResponse:
    """The rounds of a dossier, and the form that opens one."""
    dossier = _dossier(request, pk)
    form = NieuweRondeForm(
        request.POST if request.method == "POST" else None,
        doelen=goals_of(dossier.planversie),
        gekozen=request.GET.getlist("doel"),
    )
    if form.is_valid():
        return _open(request, dossier, form)
    rondes = queries.rondes_of(dossier)
    asked = set(request.GET.getlist("doel"))
    context = {
        "dossier": dossier,
        "briefjes": [doel for doel in goals_of(dossier.planversie) if doel.code in asked],
        "form": form,
        "lopend": next((one for one in rondes if one.is_running), None),
        "getoond": [one for one in rondes if one.is_shown],
        "schrijven": may_write(dossier),
        "min_scores": MIN_SCORES,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "inschalen/inschalen.html", context, status=status)


# The seal by which its screen waits has the same letters in each page.
@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def ronde(request: UserRequest, pk: UUID, ronde_pk: UUID) -> HttpResponse:
    """One round on the beamer: its code while it runs, and then how the scores lie."""
    dossier = _dossier(request, pk)
    if request.htmx and request.method == "POST":
        return save_one(request, dossier)
    state = _state(dossier, ronde_pk)
    if state is None or state.is_over:
        if request.method == "POST":
            messages.error(request, VOORBIJ)
        return _to_what_runs(dossier)
    if request.method == "POST" and "knop" in request.POST:
        return _press(request, state)
    if state.is_running:
        shown = render(request, "inschalen/lopend.html", _while_running(request, dossier, state))
    else:
        shown = _spread(request, dossier, state)
    for_a_room(shown)
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
def papier(request: UserRequest, pk: UUID, ronde_pk: UUID) -> HttpResponse:
    """Count the papers of a round: how many have each score."""
    dossier = _dossier(request, pk)
    state = _state(dossier, ronde_pk)
    if state is None or not state.is_running or not state.ronde.papieren:
        return redirect("ronde", pk, ronde_pk)
    form = _telling(request, state)
    status, nu = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK, None
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            count_papers(ronde=state.ronde, tellingen=form.tellingen, seen=seen)
        except IntussenGewijzigd:
            status, nu = HTTPStatus.CONFLICT, queries.round_at(state.ronde)
            form.show_again(nu.ronde.tellingen)
        except (RondeVoorbij, TeVeelPapieren):
            messages.error(request, VOORBIJ)
            return redirect("ronde", pk, ronde_pk)
        else:
            messages.success(request, "De papieren zijn geteld.")
            return redirect("ronde", pk, ronde_pk)
    context = {
        "dossier": dossier,
        "stand": state,
        "form": form,
        "intussen": nu is not None,
        "geteld": {one.doel.code for one in (nu or state).doelen if one.papers_are_counted},
    }
    return render(request, "inschalen/papier.html", context, status=status)


@require_safe
def blad(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """Slips of paper to score on, for one goal."""
    dossier = _dossier(request, pk)
    doel = goal_of(dossier.planversie, code)
    if doel is None:
        raise Http404
    document = pdf.stemblad_pdf(dossier, doel)
    return pdf_response(request, document, filename=f"stembriefjes-{slugify(doel.kort)}.pdf")


def _telling(request: UserRequest, state: RoundState) -> TellingForm:
    return TellingForm(
        request.POST if request.method == "POST" else None,
        doelen=[one.doel for one in state.doelen],
        papieren=state.ronde.papieren,
        seen=state.ronde.tellingen,
    )


def _open(request: UserRequest, dossier: Dossier, form: NieuweRondeForm) -> HttpResponse:
    try:
        made = open_ronde(dossier=dossier, door=request.user, **form.cleaned_data)
    except ErLooptEenRonde:
        messages.info(request, LOOPT_AL)
        return _to_what_runs(dossier)
    except VandaagGetoond as error:
        doel = goal_of(dossier.planversie, error.args[0])
        messages.error(request, VANDAAG.format(doel=doel.kort if doel else error.args[0]))
        return redirect("inschalen", dossier.pk)
    return redirect("ronde", dossier.pk, made.pk)


def _to_what_runs(dossier: Dossier) -> HttpResponse:
    """To the round that runs, or else to all of them."""
    running = next((one for one in queries.rondes_of(dossier) if one.is_running), None)
    if running is None:
        return redirect("inschalen", dossier.pk)
    return redirect("ronde", dossier.pk, running.ronde.pk)


def _press(request: UserRequest, state: RoundState) -> HttpResponse:
    """What a button of the page of a round does."""
    found, door = state.ronde, request.user
    knop, doel = request.POST["knop"], request.POST.get("doel", "")
    here: HttpResponse = redirect(_address(state, doel))
    try:
        if knop == "toon":
            show(ronde=found, door=door)
        elif knop == "stop":
            stop(ronde=found, door=door)
            messages.success(request, GESTOPT)
            here = redirect("inschalen", found.dossier_id)
        elif knop == "tweede":
            made = open_second(ronde=found, doel=doel, door=door)
            messages.success(request, TWEEDE)
            here = redirect("ronde", found.dossier_id, made.pk)
        elif knop in ("op-papier", "niet-op-papier"):
            put_on_paper(ronde=found, doel=doel, aan=knop == "op-papier")
    except NogTeWeinig:
        messages.warning(request, _too_few(state))
    except WachtOpIedereen:
        messages.warning(request, WACHT)
    except ErLooptEenRonde:
        messages.info(request, LOOPT_AL)
        here = _to_what_runs(found.dossier)
    except RondeVoorbij:
        messages.error(request, VOORBIJ)
        here = redirect("inschalen", found.dossier_id)
    return here


def _too_few(state: RoundState) -> str:
    if state.is_shown:
        return TE_WEINIG_OP_PAPIER
    is_mixed = state.ronde.telefoons and state.ronde.papieren
    return TE_WEINIG_TELEFOONS if is_mixed else TE_WEINIG


def _while_running(request: UserRequest, dossier: Dossier, state: RoundState) -> dict[str, Any]:
    link = absolute_url("score", code=state.ronde.code)
    return {
        "dossier": dossier,
        "stand": state,
        "qr": qr_of(link),
        "adres": absolute_url("score-code").removeprefix("https://").removeprefix("http://"),
        "schrijven": may_write(dossier),
        "min_scores": MIN_SCORES,
        "leidt": leads(request, dossier),
    }


def _spread(request: UserRequest, dossier: Dossier, state: RoundState) -> HttpResponse:
    """The spread of one goal, with the score that the team agrees on, which saves itself."""
    asked = request.GET.get("doel", "")
    here = state.goal(asked)
    if here is None or asked not in ("", here.doel.code):
        # A second round took the goal over.
        return _to_what_runs(dossier)
    sent = request.POST if request.method == "POST" else None
    form = InschalingForm(record=inschaling_of(dossier, here.doel), data=sent)
    form.fields["score"].label = "Samen geven we een"
    if sent is not None and save_all([form], request.user):
        messages.success(request, "Jullie score is bewaard.")
        return redirect(_address(state, here.doel.code))
    if sent is not None:
        messages.error(request, NIET_ALLES)
    context = {
        "dossier": dossier,
        "stand": state,
        "hier": here,
        "pad": _address(state, here.doel.code),
        "form": form,
        "labels": labels_by_score(),
        "volgende": _next(state, here),
        "aandacht": attention([form]) if sent is not None else (),
        "team": (),
        "schrijven": may_write(dossier),
        "leidt": leads(request, dossier),
    }
    status = status_of([form]) if sent is not None else HTTPStatus.OK
    return render(request, "inschalen/spreiding.html", context, status=status)


def _next(state: RoundState, here: GoalOfRound) -> GoalOfRound | None:
    place = state.doelen.index(here)
    return next(iter(state.doelen[place + 1 :]), None)


def _address(state: RoundState, doel: str) -> str:
    path = reverse("ronde", args=[state.ronde.dossier_id, state.ronde.pk])
    known = {one.doel.code for one in state.doelen}
    return f"{path}?doel={doel}" if doel in known else path


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Load the dossier. Even reading rounds requires the right to write.

    A school board reads the agreed score. A closed dossier can still be read, but not changed.
    """
    return get_dossier_or_404(
        user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=request.method != "POST"
    )


def _state(dossier: Dossier, pk: UUID) -> RoundState | None:
    """A round; None for one that is gone, such as one that a second took the place of."""
    state = queries.find_ronde(dossier=dossier, pk=pk)
    if state is None and queries.is_anywhere(pk):
        raise Http404
    return state
