"""Invitations: withdrawn from the page of a school, accepted through a link in a mail."""

from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dossiers.aanmelden.adapter import record
from dossiers.aanmelden.domain.id_token import Aanmelding
from dossiers.aanmelden.domain.koppelingen import VanIemandAnders, accept_with_login
from dossiers.aanmelden.forms import AccountWithLoginForm
from dossiers.aanmelden.session import forget, kept_for
from dossiers.mensen.access import get_uitnodiging_or_404
from dossiers.mensen.domain import uitnodigingen
from dossiers.mensen.domain.lidmaatschappen import AlLid
from dossiers.mensen.forms.uitnodigingen import NewAccountForm
from dossiers.mensen.models import CLB_ROLLEN, Lidmaatschap, School, Uitnodiging, User
from dossiers.mensen.proof import mailbox_was_read, require_recent_step
from dossiers.mensen.requests import UserRequest
from dossiers.queries import latest_open_dossier
from stsdialoog.mail import MailNietVerstuurd
from stsdialoog.middleware import never_compressed

NIET_VERTROKKEN = (
    "De mail naar {} is niet vertrokken. De uitnodiging staat klaar: kies straks hieronder "
    "‘Verstuur opnieuw’."
)
NIET_MEER_OPEN = (
    "De uitnodiging voor {} is intussen aanvaard, ingetrokken of opnieuw verstuurd, dus ging er "
    "geen mail meer. Kijk hieronder hoe het nu staat."
)
HOORT_BIJ_EEN_ANDER = (
    "Die aanmelding hoort al bij een ander account. Kies een wachtwoord, of een andere aanmelding."
)
AL_BEANTWOORD = "De uitnodiging voor {} is intussen al aanvaard of ingetrokken."


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_uitnodiging(request: UserRequest, pk: UUID) -> HttpResponse:
    uitnodiging = get_uitnodiging_or_404(user=request.user, pk=pk)
    if request.method == "POST":
        if uitnodigingen.withdraw_uitnodiging(uitnodiging=uitnodiging, door=request.user):
            messages.success(request, f"De uitnodiging voor {uitnodiging.email} is ingetrokken.")
        else:
            messages.info(request, AL_BEANTWOORD.format(uitnodiging.email))
        return redirect("school", uitnodiging.school_id)
    context = {"uitnodiging": uitnodiging, "school": uitnodiging.school}
    return render(request, "dossiers/uitnodiging_intrekken.html", context)


@require_POST
def invite_again(request: UserRequest, pk: UUID) -> HttpResponse:
    """Send an invitation that was not accepted yet once more, with a new link."""
    uitnodiging = get_uitnodiging_or_404(user=request.user, pk=pk)
    if uitnodiging.rol in CLB_ROLLEN:
        require_recent_step(request)
    try:
        made, token = uitnodigingen.invite_again(uitnodiging=uitnodiging, door=request.user)
        uitnodigingen.send_uitnodiging(uitnodiging=made, token=token)
    except AlLid:
        messages.info(request, f"{uitnodiging.email} doet hier intussen al mee.")
    except uitnodigingen.TeVeelUitgenodigd as error:
        messages.error(request, f"{uitnodiging.email} kreeg geen mail: {error}")
    except uitnodigingen.UitnodigingOngeldig:
        messages.info(request, NIET_MEER_OPEN.format(uitnodiging.email))
    except MailNietVerstuurd:
        messages.error(request, NIET_VERTROKKEN.format(uitnodiging.email))
    else:
        messages.success(request, f"De uitnodiging voor {made.email} is opnieuw verstuurd.")
    return redirect("school", uitnodiging.school_id)


@login_not_required
@sensitive_post_parameters()
@never_cache
@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def show_uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in a mail; a GET uses nothing, since mail scanners follow links."""
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
    aanmelding = kept_for(request)
    form_class = AccountWithLoginForm if aanmelding else NewAccountForm
    form = form_class(request.POST or None, email=uitnodiging.email, naam=uitnodiging.naam)
    if not form.is_valid():
        naam = settings.AANBIEDERS[aanmelding.aanbieder].naam if aanmelding else ""
        context = {"uitnodiging": uitnodiging, "form": form, "aanmelding": naam}
        return render(request, "dossiers/uitnodiging_account.html", context)
    try:
        lidmaatschap = _accept_with_new_account(uitnodiging, form, aanmelding)
    except uitnodigingen.AccountBestaat:
        return redirect(request.path)
    except VanIemandAnders:
        forget(request)
        messages.error(request, HOORT_BIJ_EEN_ANDER)
        return redirect(request.path)
    get_adapter().login(request, lidmaatschap.user)
    mailbox_was_read(request, lidmaatschap.user)
    if aanmelding:
        forget(request)
        record(request, lidmaatschap.user, aanmelding)
    return _welcome(uitnodiging.school)


def _accept_with_new_account(
    uitnodiging: Uitnodiging, form: NewAccountForm, aanmelding: Aanmelding | None
) -> Lidmaatschap:
    naam = form.cleaned_data["naam"]
    if aanmelding:
        return accept_with_login(uitnodiging=uitnodiging, naam=naam, aanmelding=aanmelding)
    return uitnodigingen.accept_with_new_account(
        uitnodiging=uitnodiging, naam=naam, wachtwoord=form.cleaned_data["password"]
    )


def _welcome(school: School) -> HttpResponse:
    dossier = latest_open_dossier(school)
    if dossier:
        return redirect("dossier", dossier.pk)
    return redirect("school", school.pk)
