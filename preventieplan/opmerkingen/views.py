"""Remarks beside a question or an action: a page, and the part of it that opens beside."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from preventieplan.models import Doelstelling
from preventieplan.opmerkingen.domain import (
    OpmerkingWeg,
    answer_opmerking,
    reopen,
    settle,
    take_away,
    write_opmerking,
)
from preventieplan.opmerkingen.forms import OpmerkingForm
from preventieplan.opmerkingen.models import Opmerking
from preventieplan.opmerkingen.queries.plekken import (
    Gesprekje,
    Plek,
    counts_of,
    places_with,
    plek_of_action,
    plek_of_question,
    talks_at,
)
from preventieplan.queries.plan import goal_of

AL_WEG = "Die opmerking is intussen weggehaald."


@require_safe
def opmerkingen(request: UserRequest, pk: UUID) -> HttpResponse:
    """Where in a dossier remarks wait for somebody."""
    dossier = _dossier(request, pk)
    context = {"dossier": dossier, "plekken": places_with(dossier)}
    return render(request, "opmerkingen/opmerkingen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def at_question(request: UserRequest, pk: UUID, code: str) -> HttpResponse:
    """The remarks beside a question; of a goal, where each of its questions has them."""
    dossier = _dossier(request, pk)
    doel = goal_of(dossier.planversie, code)
    if doel is not None and request.method != "POST":
        return _of_goal(request, dossier, doel)
    plek = plek_of_question(dossier, code)
    if plek is None:
        raise Http404
    return _at(request, plek)


@require_http_methods(["GET", "HEAD", "POST"])
def at_action(request: UserRequest, pk: UUID, actie: UUID) -> HttpResponse:
    """The remarks beside an action."""
    plek = plek_of_action(_dossier(request, pk), actie)
    if plek is None:
        raise Http404
    return _at(request, plek)


def _dossier(request: UserRequest, pk: UUID) -> Dossier:
    """Who may only read, as a board, does not see that there are remarks."""
    writes = request.method == "POST"
    return get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=not writes)


def _of_goal(request: UserRequest, dossier: Dossier, doel: Doelstelling) -> HttpResponse:
    counts = counts_of(dossier)
    context = {
        "dossier": dossier,
        "versie": dossier.planversie,
        "schrijven": may_write(dossier),
        "doel": doel,
        "vragen": [(vraag, counts.vragen.get(vraag.code, 0)) for vraag in doel.vragen.all()],
    }
    return render(request, "opmerkingen/doel.html", context)


def _at(request: UserRequest, plek: Plek) -> HttpResponse:
    """A place, or what somebody does there."""
    form = OpmerkingForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        op = request.POST.get("op", "")
        form = OpmerkingForm(request.POST, op=op)
        try:
            if _act(request, plek, form):
                if not request.htmx:
                    return redirect(plek.pad)
                form = OpmerkingForm()
            else:
                status = HTTPStatus.UNPROCESSABLE_ENTITY
        except OpmerkingWeg:
            messages.info(request, AL_WEG)
            return redirect(plek.pad)
    open_ones, done = talks_at(plek, request.user)
    context = {
        "dossier": plek.dossier,
        "plek": plek,
        "open": _with_forms(open_ones, form),
        "afgehandeld": _with_forms(done, form),
        "aantal": sum(one.aantal for one in open_ones),
        "nieuw": OpmerkingForm() if form.op else form,
        "schrijven": may_write(plek.dossier),
    }
    return render(request, _template(request), context, status=status)


def _template(request: UserRequest) -> str:
    if not request.htmx:
        return "opmerkingen/plek.html"
    part, panel = "opmerkingen/delen/plek.html", "opmerkingen/delen/paneel.html"
    return part if request.method == "POST" else panel


def _with_forms(
    talks: list[Gesprekje], sent: OpmerkingForm
) -> list[tuple[Gesprekje, OpmerkingForm]]:
    """Each with the form to answer it: as it was sent, or empty."""
    keys = (str(one.eerste.opmerking.pk) for one in talks)
    forms = (sent if key == sent.op else OpmerkingForm(op=key) for key in keys)
    return list(zip(talks, forms, strict=True))


def _act(request: UserRequest, plek: Plek, form: OpmerkingForm) -> bool:
    """Do what the pressed button says; False when what was typed is not right.

    Raises OpmerkingWeg for a remark that is not there.
    """
    knop, door = request.POST.get("knop", ""), request.user
    if knop in ("afgehandeld", "heropen", "weg"):
        found = _found(plek, request.POST.get("opmerking", ""))
        if knop == "weg":
            take_away(opmerking=found, door=door)
        elif knop == "afgehandeld":
            settle(eerste=found, door=door)
        else:
            reopen(eerste=found)
        return True
    if not form.is_valid():
        return False
    if form.op:
        answer_opmerking(eerste=_found(plek, form.op), door=door, **form.cleaned_data)
    else:
        write_opmerking(dossier=plek.dossier, bij=plek.bij, door=door, **form.cleaned_data)
    return True


def _found(plek: Plek, key: str) -> Opmerking:
    """A remark at a place, or an answer there, by its key. Raises OpmerkingWeg."""
    try:
        pk = UUID(key)
    except ValueError as error:
        raise OpmerkingWeg from error
    found = Opmerking.objects.filter(pk=pk, dossier=plek.dossier).select_related("antwoord_op")
    row = found.first()
    if row is None:
        raise OpmerkingWeg
    first = row.antwoord_op or row
    if any(getattr(first, name) != value for name, value in plek.bij.items()):
        raise OpmerkingWeg
    return row
