"""The page of a school: its dossiers, its team and its invitations."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.views.decorators.http import require_POST, require_safe

from dossiers.aanmelden.queries import open_vragen
from dossiers.mensen.access import Recht, get_school_or_404
from dossiers.mensen.domain import uitnodigingen
from dossiers.mensen.domain.lidmaatschappen import AlLid
from dossiers.mensen.domain.uitnodigingen import Invited, TeVeelUitgenodigd, open_uitnodigingen
from dossiers.mensen.forms.genodigden import Mistake
from dossiers.mensen.forms.uitnodigingen import UitnodigingenForm
from dossiers.mensen.models import CLB_ROLLEN, School
from dossiers.mensen.proof import require_recent_step
from dossiers.mensen.queries import team_of
from dossiers.mensen.requests import UserRequest
from dossiers.queries import dossiers_to_open
from dossiers.views.uitnodigingen import NIET_VERTROKKEN
from stsdialoog.mail import MailNietVerstuurd, MailserverWeg

AL_UITGENODIGD = (
    "die uitnodiging staat al open, dus ging er geen tweede mail. Kies hieronder ‘Verstuur "
    "opnieuw’ als de eerste zoek is."
)
# Who works in a school, as far as they stand there at once; the others are folded. One more is no
# reason to fold.
TEAM = 20


@require_safe
def show_school(request: UserRequest, pk: UUID) -> HttpResponse:
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.LEZEN)
    return render_school(request, school)


def render_school(
    request: UserRequest, school: School, form: UitnodigingenForm | None = None
) -> HttpResponse:
    """Render the page of a school.

    school: from the access check, with its `recht`.
    form: an invalid invitation, to be corrected.
    """
    dossiers, team = list(school.dossiers.all()), list(team_of(school))
    shown = TEAM if len(team) > TEAM + 1 else len(team)
    context = {
        "school": school,
        "dossiers": dossiers,
        "team": team[:shown],
        "meer_team": team[shown:],
        "mag_beheren": school.recht >= Recht.BEHEREN,
        "mag_schrijven": school.recht >= Recht.SCHRIJVEN,
        "te_openen": [],
        "laatste": None,
    }
    if context["mag_beheren"] and not school.wissen_op:
        context |= {
            # A schooljaar can start from the last dossier.
            "laatste": next((one for one in dossiers if not one.wissen_op), None),
            "te_openen": dossiers_to_open(school, today=timezone.localdate()),
            "uitnodigingen": open_uitnodigingen().filter(school=school),
            "vragen": open_vragen(clbs=[school.clb_id], school=school)
            if settings.AANBIEDERS
            else [],
            "form": form or _invitation(school),
        }
    return render(request, "dossiers/school.html", context)


def _invitation(school: School, data: QueryDict | None = None) -> UitnodigingenForm:
    # Before there is a dossier, opening one comes first.
    comes_second = not school.dossiers.exists()
    address = reverse("uitnodigen", args=[school.pk])
    return UitnodigingenForm(data, action=address, outlined=comes_second)


@require_POST
def invite(request: UserRequest, pk: UUID) -> HttpResponse:
    """Invite everybody who was named; what is wrong with one is in nobody else's way."""
    school = get_school_or_404(user=request.user, pk=pk, recht=Recht.BEHEREN)
    form = _invitation(school, request.POST)
    if not form.is_valid():
        return render_school(request, school, form)
    if form.cleaned_data["rol"] in CLB_ROLLEN:
        require_recent_step(request)
    outcomes = uitnodigingen.invite_many(
        school=school,
        guests=form.cleaned_data["adressen"],
        rol=form.cleaned_data["rol"],
        woord=form.cleaned_data["woord"],
        door=request.user,
    )
    _send(request, outcomes)
    refused = [_refusal(one) for one in outcomes if one.refusal]
    if not (refused or form.mistakes):
        return redirect("school", school.pk)
    form.show_again(refused)
    return render_school(request, school, form)


def _send(request: UserRequest, outcomes: list[Invited]) -> None:
    """Mail those who were invited, and say who did and who did not get theirs."""
    sent, unsent, is_away = [], [], False
    for one in outcomes:
        if one.uitnodiging is None:
            continue
        try:
            if is_away:
                raise MailserverWeg
            uitnodigingen.send_uitnodiging(uitnodiging=one.uitnodiging, token=one.token)
            sent.append(one.guest.email)
        except MailNietVerstuurd as error:
            is_away = isinstance(error, MailserverWeg)
            unsent.append(one.guest.email)
    if sent:
        messages.success(request, f"Uitgenodigd: {get_text_list(sent, 'en')}.")
    if unsent:
        messages.error(request, NIET_VERTROKKEN.format(get_text_list(unsent, "en")))


def _refusal(one: Invited) -> Mistake:
    typed = f"{one.guest.naam} {one.guest.email}".strip()
    if isinstance(one.refusal, AlLid):
        lid = one.refusal.lidmaatschap
        return Mistake(typed, f"{lid.user} doet hier al mee als {lid.get_rol_display()}.")
    if isinstance(one.refusal, TeVeelUitgenodigd):
        return Mistake(typed, str(one.refusal))
    return Mistake(typed, AL_UITGENODIGD)
