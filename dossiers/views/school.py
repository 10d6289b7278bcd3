"""The page of a school: its dossiers, its team and its invitations."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dossiers.mensen.access import Recht, get_school_or_404
from dossiers.mensen.domain import uitnodigingen
from dossiers.mensen.domain.lidmaatschappen import AlLid
from dossiers.mensen.domain.uitnodigingen import open_uitnodigingen
from dossiers.mensen.forms.uitnodigingen import UitnodigingForm
from dossiers.mensen.models import School
from dossiers.mensen.queries import team_of
from dossiers.mensen.requests import UserRequest
from dossiers.queries import dossiers_to_open
from stsdialoog.mail import MailNietVerstuurd


@require_safe
def show_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    return render_school(request, school)


def render_school(
    request: UserRequest, school: School, form: UitnodigingForm | None = None
) -> HttpResponse:
    """Render the page of a school.

    school: from the access check, with its `recht`.
    form: an invalid invitation, to be corrected.
    """
    context = {
        "school": school,
        "dossiers": school.dossiers.all(),
        "team": team_of(school),
        "mag_beheren": school.recht >= Recht.BEHEREN,
        "te_openen": [],
    }
    if context["mag_beheren"]:
        context |= {
            "te_openen": dossiers_to_open(school, today=timezone.localdate()),
            "uitnodigingen": open_uitnodigingen().filter(school=school),
            "form": form or UitnodigingForm(action=reverse("uitnodigen", args=[school.pk])),
        }
    return render(request, "dossiers/school.html", context)


@require_POST
def invite(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    form = UitnodigingForm(request.POST, action=reverse("uitnodigen", args=[school.pk]))
    if not form.is_valid():
        return render_school(request, school, form)
    try:
        uitnodiging, token = uitnodigingen.invite(
            school=school, door=request.user, **form.cleaned_data
        )
    except AlLid as error:
        form.add_already_member(error)
        return render_school(request, school, form)
    try:
        uitnodigingen.send_uitnodiging(uitnodiging=uitnodiging, token=token)
    except MailNietVerstuurd:
        messages.error(
            request,
            f"De mail naar {uitnodiging.email} is niet vertrokken. De uitnodiging staat klaar: "
            "kies straks hieronder ‘Verstuur opnieuw’.",
        )
    else:
        messages.success(request, f"De uitnodiging voor {uitnodiging.email} is verstuurd.")
    return redirect("school", school.pk)
