"""Who lost her second step, the colleagues who vouch for her, and the link that stops it."""

from uuid import UUID

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dossiers.mensen.domain import herstel
from dossiers.mensen.models import Herstelaanvraag, User
from dossiers.mensen.proof import require_recent_step
from dossiers.mensen.requests import UserRequest
from stsdialoog.mail import MailNietVerstuurd
from stsdialoog.middleware import never_compressed

TE_VAAK = "Je vroeg het vandaag al drie keer. Probeer het morgen opnieuw."
GEEN_MAIL = (
    "We kunnen je nu geen mail sturen, en zonder die mail begint het niet. Probeer het straks."
)
TE_VROEG = "Dit kan nog niet, of niet meer. Kijk hieronder waar je vraag staat."


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def lost_step(request: HttpRequest) -> HttpResponse:
    """For who took the first step of logging in, and cannot take the second."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    if request.method == "POST" and _do(request, user):
        user.refresh_from_db()
        return stage.exit()
    return _page(request, user)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_colleagues(request: UserRequest) -> HttpResponse:
    """For who is logged in, and whose talks with parents are shut."""
    if not request.user.gesprekken_dicht_sinds:
        return redirect("mfa_index")
    if request.method == "POST" and _do(request, request.user):
        messages.success(request, "Je gesprekken met ouders zijn weer open. Log opnieuw in.")
        return redirect("account_login")
    return _page(request, request.user)


def _do(request: HttpRequest, user: User) -> bool:
    """Do what the button says, and say what became of it; True when a request was finished."""
    try:
        if request.POST.get("knop") == "rond-af":
            if aanvraag := herstel.open_request_of(user):
                herstel.finish(aanvraag=aanvraag)
                return True
            raise herstel.HerstelGesloten
        herstel.ask(user=user)
    except herstel.HerstelGesloten:
        messages.error(request, TE_VROEG)
    except herstel.TeVaakGevraagd:
        messages.error(request, TE_VAAK)
    except MailNietVerstuurd:
        messages.error(request, GEEN_MAIL)
    return False


def _page(request: HttpRequest, user: User) -> HttpResponse:
    aanvraag = herstel.open_request_of(user)
    vanaf = herstel.finishes_at(aanvraag) if aanvraag else None
    context = {
        "aanvraag": aanvraag,
        "vanaf": vanaf,
        "klaar": bool(vanaf and vanaf <= timezone.now()),
        "ingelogd": request.user.is_authenticated,
    }
    return render(request, "mensen/herstel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def vouch(request: UserRequest, pk: UUID) -> HttpResponse:
    aanvraag = Herstelaanvraag.objects.filter(pk=pk).select_related("user").first()
    if aanvraag is None or not herstel.colleagues_of(aanvraag).filter(pk=request.user.pk).exists():
        raise Http404
    if request.method == "POST":
        require_recent_step(request)
        try:
            herstel.vouch(aanvraag=aanvraag, door=request.user)
        except herstel.HerstelGesloten:
            messages.error(request, "Deze vraag is intussen gestopt, afgerond of vervallen.")
        except PermissionDenied as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Je bevestigde dat {aanvraag.user} het zelf vroeg.")
        return redirect("mfa_index")
    return render(request, "mensen/herstel_bevestigen.html", {"aanvraag": aanvraag})


@login_not_required
@never_cache
@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail; a GET stops nothing: mail scanners follow links."""
    aanvraag = herstel.find_by_token(token)
    if aanvraag is None:
        raise Http404
    stopped = request.method == "POST" and herstel.stop(aanvraag=aanvraag)
    is_open = aanvraag.pk == getattr(herstel.open_request_of(aanvraag.user), "pk", None)
    context = {"gestopt": stopped, "open": is_open}
    return render(request, "mensen/herstel_stoppen.html", context)
