"""Opens, closes and reopens the dossier of a schooljaar."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from dossiers import domain
from dossiers.access import get_dossier_or_404
from dossiers.forms import SchooljaarForm
from dossiers.mensen.access import Recht, get_school_or_404
from dossiers.mensen.requests import UserRequest


@require_POST
def open_dossier(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    form = SchooljaarForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        messages.error(request, "Voor dat schooljaar kan je nu geen dossier openen.")
        return redirect("school", school.pk)
    try:
        dossier = domain.open_dossier(
            school=school, schooljaar=form.cleaned_data["schooljaar"], door=request.user
        )
    except domain.DossierBestaat:
        messages.info(request, "Het dossier van dat schooljaar bestaat al: je vindt het hieronder.")
        return redirect("school", school.pk)
    except domain.SchoolStopt:
        messages.error(request, "Deze school stopt: er begint geen dossier meer.")
        return redirect("school", school.pk)
    messages.success(
        request,
        format_html(
            'Het dossier {} is geopend. Doet er nog iemand mee? <a href="{}">Nodig je collega’s '
            "uit</a>.",
            dossier.schooljaar_label,
            reverse("school", args=[school.pk]) + "#uitnodigen",
        ),
    )
    return redirect("dossier", dossier.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close_dossier(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN, closed_ok=True)
    if request.method == "POST":
        domain.close_dossier(dossier=dossier, door=request.user)
        messages.success(request, f"Het dossier {dossier.schooljaar_label} is afgesloten.")
        return redirect("school", dossier.school_id)
    context = {"dossier": dossier, "school": dossier.school}
    return render(request, "dossiers/dossier_afsluiten.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_dossier(request: UserRequest, pk: UUID) -> HttpResponse:
    dossier = get_dossier_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN, closed_ok=True)
    if request.method == "POST":
        domain.reopen_dossier(dossier=dossier, door=request.user)
        messages.success(request, f"Het dossier {dossier.schooljaar_label} is weer open.")
        return redirect("dossier", dossier.pk)
    context = {"dossier": dossier, "school": dossier.school}
    return render(request, "dossiers/dossier_heropenen.html", context)
