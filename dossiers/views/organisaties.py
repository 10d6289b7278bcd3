"""A school: its page, its data and who works with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dossiers.access import (
    Recht,
    get_lidmaatschap_or_404,
    get_school_or_404,
    require_ankerfiguur,
)
from dossiers.domain import lidmaatschappen, organisaties
from dossiers.domain.uitnodigingen import open_uitnodigingen
from dossiers.forms.organisaties import SchoolForm
from dossiers.forms.uitnodigingen import UitnodigingForm
from dossiers.models import CLB, School
from dossiers.queries import dossiers_to_open, team_of
from dossiers.requests import UserRequest


@require_safe
def show_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    return render_school(request, school)


def render_school(
    request: UserRequest, school: School, form: UitnodigingForm | None = None
) -> HttpResponse:
    """The page of a school.

    school: from the front door, with its `recht`.
    form: an invitation that has to be corrected.
    """
    context = {
        "school": school,
        "dossiers": school.dossiers.all(),
        "team": team_of(school),
        "mag_beheren": school.recht >= Recht.BEHEREN,
    }
    if context["mag_beheren"]:
        context |= {
            "te_openen": dossiers_to_open(school, today=timezone.localdate()),
            "uitnodigingen": open_uitnodigingen().filter(school=school),
            "form": form or UitnodigingForm(action=reverse("uitnodigen", args=[school.pk])),
        }
    return render(request, "dossiers/school.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_school(request: UserRequest) -> HttpResponse:
    clbs = require_ankerfiguur(request.user)
    form = SchoolForm(request.POST or None, clbs=clbs, knop="Voeg de school toe")
    if form.is_valid():
        try:
            school = organisaties.add_school(school=form.instance, door=request.user)
        except organisaties.SchoolBestaat:
            form.add_number_taken()
        else:
            messages.success(request, f"{school} is toegevoegd. Open nu haar eerste dossier.")
            return redirect("school", school.pk)
    return render(request, "dossiers/school_nieuw.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    naam = school.naam
    clbs = CLB.objects.filter(pk=school.clb_id)
    form = SchoolForm(request.POST or None, instance=school, clbs=clbs, knop="Bewaar")
    if form.is_valid():
        try:
            organisaties.change_school(school=school, door=request.user)
        except organisaties.SchoolBestaat:
            form.add_number_taken()
        else:
            messages.success(request, "De gegevens van de school zijn bewaard.")
            return redirect("school", school.pk)
    context = {"form": form, "school": school, "naam": naam}
    return render(request, "dossiers/school_wijzigen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def end_lidmaatschap(request: UserRequest, pk: UUID) -> HttpResponse:
    lidmaatschap = get_lidmaatschap_or_404(user=request.user, pk=pk)
    if request.method == "POST":
        lidmaatschappen.end_lidmaatschap(lidmaatschap=lidmaatschap, door=request.user)
        messages.success(request, f"{lidmaatschap.user} ziet deze school niet meer.")
        return redirect("school", lidmaatschap.school_id)
    context = {"lidmaatschap": lidmaatschap, "school": lidmaatschap.school}
    return render(request, "dossiers/lidmaatschap_beeindigen.html", context)
