"""The evening of a dossier: preparing it, and the screen that leads it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import Recht, right_needed
from dossiers.mensen.requests import UserRequest, for_a_room
from dossiers.models import Dossier
from dossiers.velden.forms import as_uuid, whole_number
from dossiers.velden.weergave import lead, stop_leading
from start.avond import pdf
from start.avond.domain.avonden import (
    AvondVoorbij,
    begin_avond,
    end_avond,
    go_on,
    open_avond,
    preparation_mark,
    prepare_avond,
    remove_prepared,
)
from start.avond.forms import AvondForm
from start.avond.models import DUUR, Avond
from start.avond.queries.beloften import open_promises
from start.avond.queries.punten import (
    Agenda,
    agenda_of,
    choices_for,
    find_avond,
    held_avonden,
    point_of,
)
from stsdialoog.documents.response import pdf_response
from stsdialoog.mail import absolute_url
from stsdialoog.qr import qr_of
from stsdialoog.seen import IntussenGewijzigd

# As many promises as a screen shows; the others are one click away.
MOST_PROMISES = 5
# What tells htmx to ask no more.
STOP_POLLING = 286
VOORBIJ = "Intussen veranderde iemand deze avond: kijk na wat er nu staat."
BEWAARD = "De avond staat klaar."
WEG = "De avond is weggehaald."


@require_http_methods(["GET", "HEAD", "POST"])
def avond(request: UserRequest, pk: UUID) -> HttpResponse:
    """The evening that runs, or the one that is prepared; and the minutes of those before."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=right_needed(request))
    found = open_avond(dossier) if dossier.recht >= Recht.SCHRIJVEN else None
    if request.method == "POST" and "knop" in request.POST:
        return _press(request, dossier, found)
    if request.method != "POST" and found is not None and found.is_begonnen:
        return _leads(dossier, agenda_of(dossier, found), request)
    return _prepare(request, dossier, found)


@require_safe
def nu(request: UserRequest, pk: UUID) -> HttpResponse:
    """Where the evening is: asked for by the pages of a device that leads it, each half minute.

    The screen that leads says at which point it is (`?punt=`), and loads again at another one.
    """
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)
    if not request.htmx:
        return redirect("avond", pk)
    found = open_avond(dossier)
    agenda = agenda_of(dossier, found) if found and found.loopt and dossier.is_open else None
    now = agenda.nu if agenda else None
    if "punt" in request.GET and request.GET["punt"] != (str(now.punt.pk) if now else ""):
        return HttpResponseClientRefresh()
    if now is None:
        return stop_leading(HttpResponse(status=STOP_POLLING), dossier)
    return render(request, "avond/delen/nu.html", {"dossier": dossier, "agenda": agenda})


@require_safe
def papier(request: UserRequest, pk: UUID) -> HttpResponse:
    """All that was ticked to print, as one PDF."""
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.SCHRIJVEN, closed_ok=True)
    found = open_avond(dossier)
    agenda = agenda_of(dossier, found) if found else None
    if agenda is None or not agenda.te_drukken:
        raise Http404
    name = f"avond-{agenda.avond.dag:%Y-%m-%d}.pdf"
    return pdf_response(request, pdf.papier_pdf(dossier, agenda), filename=name)


def _prepare(request: UserRequest, dossier: Dossier, found: Avond | None) -> HttpResponse:
    schrijven, today = may_write(dossier), timezone.localdate()
    form, status, intussen = None, HTTPStatus.OK, False
    if schrijven:
        sent = request.POST if request.method == "POST" else None
        keuzes = choices_for(dossier, found)
        form = AvondForm(sent, avond=found, keuzes=keuzes, today=today)
    if form is not None and form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            try:
                return _save(request, dossier, form)
            except IntussenGewijzigd:
                status, intussen = HTTPStatus.CONFLICT, True
    context = {
        "dossier": dossier,
        "agenda": agenda_of(dossier, found) if found else None,
        "beloften": len(open_promises(dossier, today=today, may_write=True)) if schrijven else 0,
        "form": form,
        "mark": preparation_mark(found),
        "intussen": intussen,
        "schrijven": schrijven,
        "gehouden": held_avonden(dossier),
    }
    return render(request, "avond/avond.html", context, status=status)


def _save(request: UserRequest, dossier: Dossier, form: AvondForm) -> HttpResponse:
    """Save what was prepared. Raises IntussenGewijzigd."""
    when = {naam: form.cleaned_data[naam] for naam in ("seen", "dag", "uur", "beloften")}
    try:
        prepare_avond(dossier=dossier, punten=form.punten, **when)
    except AvondVoorbij:
        messages.error(request, VOORBIJ)
    else:
        messages.success(request, BEWAARD)
    return redirect("avond", dossier.pk)


def _leads(dossier: Dossier, agenda: Agenda, request: UserRequest) -> HttpResponse:
    """The screen that leads: what now, how long, what next; and the code for phones."""
    schrijven = may_write(dossier)
    loopt = agenda.avond.loopt and dossier.is_open
    beloften = open_promises(dossier, today=timezone.localdate(), may_write=schrijven)
    context = {
        "dossier": dossier,
        "agenda": agenda,
        "loopt": loopt,
        "uren": DUUR.days * 24,
        "beloften": beloften[:MOST_PROMISES],
        "meer_beloften": len(beloften[MOST_PROMISES:]),
        "qr": qr_of(absolute_url("avond-telefoon", code=agenda.avond.code)) if loopt else "",
        "adres": absolute_url("score-code").partition("://")[2],
        "schrijven": schrijven,
    }
    response = render(request, "avond/leiden.html", context)
    for_a_room(response)
    return lead(response, dossier, max_age=DUUR) if loopt and schrijven else response


def _press(request: UserRequest, dossier: Dossier, found: Avond | None) -> HttpResponse:
    """What the buttons do: begin, go on to the next point, end; or remove what was prepared.

    Ending says which evening, so that a page of the one before does not end this one.
    """
    knop = request.POST["knop"]
    if knop == "rond-af":
        return _end(request, dossier, found)
    if found is None:
        messages.info(request, VOORBIJ)
        return redirect("avond", dossier.pk)
    here: HttpResponse = redirect("avond", dossier.pk)
    try:
        if knop == "begin":
            due = open_promises(dossier, today=timezone.localdate(), may_write=True)
            begin_avond(avond=found, beloften=bool(due), door=request.user)
        elif knop == "verder":
            now = go_on(avond=found, punt=whole_number(request.POST.get("punt", "")))
            if now is not None:
                here = redirect(point_of(dossier, now).url)
        elif knop == "weg":
            remove_prepared(avond=found, seen=request.POST.get("seen", ""), door=request.user)
            messages.success(request, WEG)
    except (AvondVoorbij, IntussenGewijzigd):
        messages.error(request, VOORBIJ)
    return here


def _end(request: UserRequest, dossier: Dossier, found: Avond | None) -> HttpResponse:
    """To the minutes of the evening that the page was of, also when it was ended already."""
    pk = as_uuid(request.POST.get("avond", ""))
    avond = find_avond(dossier, pk) if pk else None
    try:
        if avond is None:
            raise AvondVoorbij
        end_avond(avond=avond)
    except AvondVoorbij:
        messages.error(request, VOORBIJ)
        return redirect("avond", dossier.pk)
    here: HttpResponse = redirect("avond-verslag", dossier.pk, avond.pk)
    return stop_leading(here, dossier) if found in (None, avond) else here
