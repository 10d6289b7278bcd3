"""A school or a CLB that stops: what goes, what one takes along first, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.mensen.access import Recht, get_clb_or_404, get_school_or_404
from dossiers.mensen.models import Vertrek
from dossiers.mensen.proof import require_recent_step
from dossiers.mensen.requests import UserRequest
from start.domain import vertrek, vertrek_clb
from start.queries.vertrek import dossiers_of, dossiers_of_clb
from stsdialoog.wislijst import WACHTTIJD


@require_http_methods(["GET", "HEAD", "POST"])
def school(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask first, and say what happens; it waits, and is taken back on the same page."""
    found = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    today = timezone.localdate()
    if request.method == "POST" and "terug" in request.POST:
        vertrek.stay(school=found, door=request.user, today=today)
        messages.success(request, f"{found} blijft. Haar dossiers kan je nu heropenen.")
        return redirect("school", found.pk)
    if request.method == "POST":
        require_recent_step(request)
        vertrek.ask_to_leave(school=found, door=request.user, today=today)
        return redirect("school", found.pk)
    leaving = dossiers_of(found, today=today)
    context = {
        "school": found,
        "leaving": leaving,
        "dag": max([today + WACHTTIJD, *(one.dag for one in leaving)]),
    }
    return render(request, "start/school_stopt.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def clb(request: UserRequest, pk: UUID) -> HttpResponse:
    """An ankerfiguur asks it, or takes it back; in beheer somebody of the STS-team confirms."""
    found = get_clb_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    today = timezone.localdate()
    if request.method == "POST" and "terug" in request.POST:
        vertrek_clb.stay(clb=found, door=request.user, today=today)
        messages.success(request, f"{found} blijft.")
        return redirect("clb", found.pk)
    if request.method == "POST":
        require_recent_step(request)
        vertrek_clb.ask_to_leave(clb=found, door=request.user)
        return redirect(request.path)
    context = {
        "clb": found,
        "vertrek": Vertrek.objects.filter(clb=found).select_related("gevraagd_door").first(),
        "dossiers": dossiers_of_clb(found),
        "dagen": WACHTTIJD.days,
    }
    return render(request, "start/clb_stopt.html", context)
