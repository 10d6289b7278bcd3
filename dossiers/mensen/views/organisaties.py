"""Adding and changing a school, and ending a membership."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dossiers.mensen.access import (
    Recht,
    get_lidmaatschap_or_404,
    get_school_or_404,
    require_ankerfiguur,
)
from dossiers.mensen.domain import lidmaatschappen, organisaties
from dossiers.mensen.forms.organisaties import SchoolForm
from dossiers.mensen.models import CLB, School
from dossiers.mensen.proof import require_recent_step
from dossiers.mensen.requests import UserRequest
from stsdialoog.seen import IntussenGewijzigd


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
    return render(request, "mensen/school_nieuw.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    naam = school.naam
    clbs = CLB.objects.filter(pk=school.clb_id)
    form = SchoolForm(request.POST or None, instance=school, clbs=clbs, knop="Bewaar")
    nu, status = None, HTTPStatus.OK
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            organisaties.change_school(school=school, door=request.user, seen=seen)
        except organisaties.SchoolBestaat:
            form.add_number_taken()
        except IntussenGewijzigd:
            nu, status = School.objects.get(pk=pk), HTTPStatus.CONFLICT
            form.show_again(nu)
        else:
            messages.success(request, "De gegevens van de school zijn bewaard.")
            return redirect("school", school.pk)
    context = {"form": form, "school": school, "naam": naam, "nu": nu}
    return render(request, "mensen/school_wijzigen.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def end_lidmaatschap(request: UserRequest, pk: UUID) -> HttpResponse:
    lidmaatschap = get_lidmaatschap_or_404(user=request.user, pk=pk)
    if request.method == "POST":
        require_recent_step(request)
        lidmaatschappen.end_lidmaatschap(lidmaatschap=lidmaatschap, door=request.user)
        messages.success(request, f"{lidmaatschap.user} ziet deze school niet meer.")
        return redirect("school", lidmaatschap.school_id)
    context = {"lidmaatschap": lidmaatschap, "school": lidmaatschap.school}
    return render(request, "mensen/lidmaatschap_beeindigen.html", context)
