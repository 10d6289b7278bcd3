"""Having a dossier erased, and taking that back."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dossiers.access import get_dossier_or_404
from dossiers.domain import SchoolStopt, take_erasure_back
from dossiers.mensen.access import Recht
from dossiers.mensen.requests import UserRequest
from dossiers.models import Dossier
from start.domain.erasing import ask_to_erase, day_to_erase
from stsdialoog.wislijst import WACHTTIJD


@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: UserRequest, pk: UUID) -> HttpResponse:
    """Ask first, and say what happens; it waits, and is taken back on the same page."""
    found = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN, closed_ok=True)
    today = timezone.localdate()
    if request.method == "POST" and "terug" in request.POST:
        return _take_back(request, found, today)
    if request.method == "POST":
        ask_to_erase(dossier=found, door=request.user, today=today)
        return redirect("dossier", found.pk)
    dag = day_to_erase(found, today=today)
    context = {
        "dossier": found,
        "school": found.school,
        "dagen": WACHTTIJD.days,
        "dag": dag,
        "later": dag > today + WACHTTIJD,
    }
    return render(request, "start/dossier_wissen.html", context)


def _take_back(request: UserRequest, found: Dossier, today: date) -> HttpResponse:
    try:
        take_erasure_back(dossier=found, door=request.user, today=today)
    except SchoolStopt:
        messages.info(request, "De hele school stopt. Hier hou je haar met al haar dossiers.")
        return redirect("school-stopt", found.school_id)
    messages.success(request, "Het dossier wordt niet gewist. Je kan het nu heropenen.")
    return redirect("dossier", found.pk)
