"""Invitations: sent from the page of a school, accepted from a link in a mail."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.access import Recht, get_school_or_404, get_uitnodiging_or_404
from dossiers.domain import uitnodigingen
from dossiers.domain.lidmaatschappen import AlLid
from dossiers.forms.uitnodigingen import NieuwAccountForm, UitnodigingForm
from dossiers.models import School, Uitnodiging, User
from dossiers.queries import latest_open_dossier
from dossiers.requests import UserRequest
from dossiers.views.organisaties import render_school
from stsdialoog.mail import MailNietVerstuurd


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


@require_POST
def withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    uitnodiging = get_uitnodiging_or_404(user=request.user, pk=pk)
    uitnodigingen.withdraw(uitnodiging=uitnodiging, door=request.user)
    messages.success(request, f"De uitnodiging voor {uitnodiging.email} is ingetrokken.")
    return redirect("school", uitnodiging.school_id)


@login_not_required
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the mail opens; looking at it uses nothing (mail scanners look too)."""
    uitnodiging = uitnodigingen.find_uitnodiging(token=token)
    if uitnodiging is None:
        return render(request, "dossiers/uitnodiging_ongeldig.html", status=404)
    try:
        return _answer(request, uitnodiging)
    except uitnodigingen.UitnodigingOngeldig:
        return render(request, "dossiers/uitnodiging_ongeldig.html", status=410)


def _answer(request: HttpRequest, uitnodiging: Uitnodiging) -> HttpResponse:
    """Raises UitnodigingOngeldig when the invitation is no longer open."""
    context = {"uitnodiging": uitnodiging}
    if not uitnodigingen.open_uitnodigingen().filter(pk=uitnodiging.pk).exists():
        raise uitnodigingen.UitnodigingOngeldig
    if not request.user.is_authenticated:
        if User.objects.filter(email=uitnodiging.email).exists():
            return render(request, "dossiers/uitnodiging_inloggen.html", context)
        return _make_account(request, uitnodiging)
    if request.user.email != uitnodiging.email:
        return render(request, "dossiers/uitnodiging_voor_ander.html", context)
    if request.method == "POST":
        uitnodigingen.accept(uitnodiging=uitnodiging, user=request.user)
        return _welcome(uitnodiging.school)
    return render(request, "dossiers/uitnodiging_aanvaarden.html", context)


def _make_account(request: HttpRequest, uitnodiging: Uitnodiging) -> HttpResponse:
    form = NieuwAccountForm(request.POST or None, email=uitnodiging.email)
    if not form.is_valid():
        context = {"uitnodiging": uitnodiging, "form": form}
        return render(request, "dossiers/uitnodiging_account.html", context)
    try:
        lidmaatschap = uitnodigingen.accept_with_new_account(
            uitnodiging=uitnodiging,
            naam=form.cleaned_data["naam"],
            wachtwoord=form.cleaned_data["password"],
        )
    except uitnodigingen.AccountBestaat:
        return redirect(request.path)
    get_adapter().login(request, lidmaatschap.user)
    return _welcome(uitnodiging.school)


def _welcome(school: School) -> HttpResponse:
    dossier = latest_open_dossier(school)
    if dossier:
        return redirect("dossier", dossier.pk)
    return redirect("school", school.pk)
