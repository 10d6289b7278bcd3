"""One line of a material: other words for it, leaving it out, and the remarks beside it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.materialen.domain.versions import NietConcept
from dossiers.mensen.requests import UserRequest
from dossiers.regels.access import get_materiaal_or_404
from dossiers.regels.domain.deciding import KanNiet, RegelWeg, drop, reword
from dossiers.regels.domain.remarks import (
    OpmerkingWeg,
    answer_opmerking,
    settle,
    take_away,
    write_opmerking,
)
from dossiers.regels.models import Regelopmerking, code_at
from dossiers.regels.queries import Blad, Regel, blad_of, can_go
from preventieplan.opmerkingen.forms import OpmerkingForm
from start.plg.forms import HerwoordForm, SeenForm
from start.plg.views.lijst import GEPUBLICEERD, INTUSSEN, back_to_list
from start.weerklank.queries.regels import weerklank_of
from stsdialoog.seen import IntussenGewijzigd

OPMERKING_WEG = "Die opmerking is intussen weggehaald."
NIET_SCHRAPPEN = "Deze regel kan niet weg, want het materiaal heeft hem nodig. Herwoord hem."


@dataclass
class Page:
    """One line as the page shows it: fresh, or after something that was not kept.

    form, remark: as they were sent. wrong: a sentence that says why.
    """

    blad: Blad
    regel: Regel
    form: HerwoordForm | None = None
    remark: OpmerkingForm | None = None
    wrong: str = ""
    status: HTTPStatus = HTTPStatus.OK


@require_http_methods(["GET", "HEAD", "POST"])
def regel(request: UserRequest, slug: str, adres: str) -> HttpResponse:
    """One line, or what somebody does there."""
    blad, found = _read(request, slug, code_at(adres))
    if found is None:
        return _gone(request, blad)
    if request.method != "POST":
        return _show(request, Page(blad, found))
    if "knop" in request.POST or "tekst" in request.POST:
        return _remark(request, blad, found)
    return _decide(request, blad, found)


def _read(request: UserRequest, slug: str, code: str) -> tuple[Blad, Regel | None]:
    materiaal = get_materiaal_or_404(user=request.user, slug=slug)
    blad = blad_of(materiaal, lezer=request.user)
    return blad, blad.regel(code)


def _decide(request: UserRequest, blad: Blad, found: Regel) -> HttpResponse:
    act = _drop if "schrap" in request.POST else _reword
    slug, code = blad.materiaal.slug, found.line.code
    try:
        page = act(request, blad, found)
    except (IntussenGewijzigd, RegelWeg):
        return _meanwhile(request, slug, code, INTUSSEN)
    except NietConcept:
        return _meanwhile(request, slug, code, GEPUBLICEERD)
    if page:
        return _show(request, page)
    return back_to_list(request, get_materiaal_or_404(user=request.user, slug=slug), code)


def _drop(request: UserRequest, blad: Blad, found: Regel) -> Page | None:
    """Leave the line out; the page to show when that cannot be. Raises what `drop` raises."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise IntussenGewijzigd
    told: dict[str, Any] = {"seen": form.gezien, "door": request.user}
    try:
        drop(materiaal=blad.materiaal, code=found.line.code, today=timezone.localdate(), **told)
    except KanNiet:
        return Page(blad, found, wrong=NIET_SCHRAPPEN, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return None


def _reword(request: UserRequest, blad: Blad, found: Regel) -> Page | None:
    """Other words; the page to show when they are not right. Raises what `reword` raises."""
    form = HerwoordForm(request.POST, line=found.line, blad=blad)
    if form.is_valid():
        told: dict[str, Any] = {"words": form.woorden, "seen": form.gezien, "door": request.user}
        try:
            reword(
                materiaal=blad.materiaal, code=found.line.code, today=timezone.localdate(), **told
            )
        except KanNiet as error:
            form.refuse(error.findings)
        else:
            return None
    return Page(blad, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _meanwhile(request: UserRequest, slug: str, code: str, wrong: str) -> HttpResponse:
    """Somebody changed or published it meanwhile: what was typed, beside what stands there now."""
    blad, now = _read(request, slug, code)
    if now is None:
        return _gone(request, blad)
    page = Page(blad, now, wrong=wrong, status=HTTPStatus.CONFLICT)
    if "schrap" not in request.POST:
        page.form = HerwoordForm(request.POST, line=now.line, blad=blad)
        page.form.show_again(now.line, blad)
    return _show(request, page)


def _remark(request: UserRequest, blad: Blad, found: Regel) -> HttpResponse:
    """Write, answer, deal with or take away a remark beside the line."""
    form = OpmerkingForm(request.POST, op=request.POST.get("op", ""))
    if "knop" not in request.POST and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(request, Page(blad, found, remark=form, status=status))
    try:
        _act(request, blad, found, form)
    except OpmerkingWeg:
        if "knop" not in request.POST:
            page = Page(blad, found, remark=OpmerkingForm(request.POST), wrong=OPMERKING_WEG)
            page.status = HTTPStatus.CONFLICT
            return _show(request, page)
        messages.info(request, OPMERKING_WEG)
    return redirect(request.get_full_path() + "#opmerkingen")


def _act(request: UserRequest, blad: Blad, found: Regel, form: OpmerkingForm) -> None:
    """Do what the pressed button says. Raises OpmerkingWeg."""
    knop, door, code = request.POST.get("knop", ""), request.user, found.line.code
    if knop:
        opmerking = _opmerking(blad, code, request.POST.get("opmerking", ""))
        if knop == "haal-weg":
            take_away(opmerking=opmerking, door=door)
        else:
            settle(eerste=opmerking, op=timezone.localdate() if knop == "afgehandeld" else None)
    elif form.op:
        answer_opmerking(eerste=_opmerking(blad, code, form.op), door=door, **form.cleaned_data)
    else:
        write_opmerking(materiaal=blad.materiaal, code=code, door=door, **form.cleaned_data)


def _opmerking(blad: Blad, code: str, key: str) -> Regelopmerking:
    """A remark beside a line, by its key. Raises OpmerkingWeg."""
    try:
        return Regelopmerking.objects.get(pk=UUID(key), materiaal=blad.materiaal, code=code)
    except (ValueError, Regelopmerking.DoesNotExist) as error:
        raise OpmerkingWeg from error


def _show(request: UserRequest, page: Page) -> HttpResponse:
    blad, found = page.blad, page.regel
    sent = page.remark or OpmerkingForm()
    talks = [
        (talk, sent if str(talk.eerste.pk) == sent.op else OpmerkingForm(op=str(talk.eerste.pk)))
        for talk in (*found.open, *found.klaar)
    ]
    context = {
        "blad": blad,
        "regel": found,
        "form": page.form or HerwoordForm(None, line=found.line, blad=blad),
        "weerklank": weerklank_of(blad.materiaal).get(found.line.code),
        "schrap": can_go(blad, found),
        "gesprekjes": talks,
        "nieuw": OpmerkingForm() if sent.op else sent,
        "fout": page.wrong,
        "getypt": page.form is not None and bool(page.wrong),
    }
    return render(request, "plg/regel.html", context, status=page.status)


def _gone(request: UserRequest, blad: Blad) -> HttpResponse:
    """A line that is not there (any more). What was typed about it is shown, to be taken along.

    Raises Http404 for whoever sent nothing.
    """
    if request.method != "POST":
        raise Http404
    typed = [text for naam, text in request.POST.items() if naam[0] == "w" or naam == "tekst"]
    context = {"blad": blad, "getypt": typed}
    return render(request, "plg/regel_weg.html", context, status=HTTPStatus.CONFLICT)
