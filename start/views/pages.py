"""The pages across apps: the landing page, the list of schools and the page of a dossier."""

import logging
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dialoogfiches.oudergesprekken.domain.oudergesprekken import log_reading_of
from dossiers.aanmelden.queries import waiting_for
from dossiers.access import get_dossier_or_404, may_write
from dossiers.mensen.access import (
    Recht,
    is_clb_staff,
    places_of,
    plgs_of,
    schools_for,
    works_for_clb,
)
from dossiers.mensen.requests import UserRequest
from dossiers.queries import latest_open_dossier, upcoming
from preventieplan.queries.last_year import unconfirmed_of
from start.bewaring.domain.table import by_owner
from start.domain.health import health
from start.forms import ScholenForm
from start.pages import groups_page, table_page
from start.queries.clb import clb_tasks
from start.queries.dossier import dossier_page
from start.queries.visit import visit

logger = logging.getLogger(__name__)

# The day on which somebody last held the statement beside what the tests show.
VERKLAARD_OP = date(2026, 11, 30)


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Tell a stranger what this is; redirect users to the page where their work is."""
    if not request.user.is_authenticated:
        return render(request, "start/welkom.html")
    if works_for_clb(request.user):
        return redirect("scholen")
    scholen = list(schools_for(request.user)[:2])
    if not scholen and request.user.is_staff:
        return redirect("admin:index")
    if not scholen and plgs_of(request.user):
        return redirect("plg")
    if len(scholen) != 1:
        return redirect("scholen")
    dossier = latest_open_dossier(scholen[0])
    return redirect("dossier", dossier.pk) if dossier else redirect("school", scholen[0].pk)


@require_safe
def scholen(request: UserRequest) -> HttpResponse:
    """Mijn scholen: who needs you this week, or all schools in a table."""
    places = places_of(request.user)
    selection = ScholenForm(request.GET).selection
    today = timezone.localdate()
    context = {"places": places, "selection": selection, "today": today}
    # The list had pages before it had groups.
    if request.GET.get("weergave") == "tabel" or "pagina" in request.GET:
        context["page"] = table_page(
            places=places, selection=selection, number=request.GET.get("pagina"), today=today
        )
        return render(request, "start/scholen_tabel.html", context)
    context["waiting"] = waiting_for(user=request.user, places=places)
    context["clb_tasks"] = clb_tasks(places=places, today=today)
    context["page"] = groups_page(places=places, selection=selection, today=today)
    return render(request, "start/scholen.html", context)


@require_safe
def dossier(request: UserRequest, pk: UUID) -> HttpResponse:
    """One dossier: the next step, the plan, what runs, and a way to everything else in it."""
    found = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    clb = is_clb_staff(user=request.user, school=found.school)
    today, bevragen = timezone.localdate(), found.recht >= Recht.SCHRIJVEN
    page = dossier_page(dossier=found, today=today, clb=clb)
    log_reading_of(page.vrijgaven, dossier=found, door=request.user)
    context = {
        "dossier": found,
        "page": page,
        "clb": clb,
        "bezoek": (
            visit(dossier=found, page=page, user=request.user, today=today) if bevragen else None
        ),
        "bevragen": bevragen,
        "schrijven": may_write(found),
        "beheren": found.recht >= Recht.BEHEREN,
        "volgend": upcoming(found, today=timezone.localdate()),
        "vorig": unconfirmed_of(found),
    }
    return render(request, "start/dossier.html", context)


@login_not_required
@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """The page on accessibility and on what is stored and who sees it."""
    context = {"contact": settings.SECURITY_CONTACT, "termijnen": by_owner()}
    return render(request, "start/toegankelijkheid.html", context)


@login_not_required
@require_safe
def toegankelijkheidsverklaring(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that a Flemish public body owes (Bestuursdecreet, 7/12/2018)."""
    context = {"contact": settings.ACCESSIBILITY_CONTACT, "verklaard_op": VERKLAARD_OP}
    return render(request, "start/toegankelijkheidsverklaring.html", context)


@login_not_required
@never_cache
@require_safe
def gezond(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Health check for monitoring: says only whether a save would succeed; the log says why not."""
    if why := health.why_a_save_would_fail():
        logger.error("A save would fail: %s", why)
        return JsonResponse({"status": "ziek"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "gezond"})
