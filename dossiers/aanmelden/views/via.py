"""To a provider and back again: to log in, to link, or to show once more who one is."""

import logging
import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.ratelimit import get_ip
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers.aanmelden import session
from dossiers.aanmelden.adapter import (
    INLOGGEN,
    KOPPELEN,
    OPNIEUW,
    UITNODIGING,
    GeenLogin,
    aanmelding_of,
    record,
)
from dossiers.aanmelden.domain import koppelingen
from dossiers.aanmelden.domain.vragen import propose
from dossiers.aanmelden.provider import BROKEN, Adapter, Provider
from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.middleware import before_second_step
from dossiers.mensen.proof import way_in_first
from dossiers.mensen.requests import UserRequest
from stsdialoog.counters.limits import take
from stsdialoog.middleware import never_compressed
from stsdialoog.openid import TENANT

logger = logging.getLogger(__name__)

# From one place, since each asks something of a provider.
MOST_A_MINUTE = 30
# How much older than the question an answer to "who are you, now" may be; seconds.
CLOCKS_DIFFER = 60
VAN_EEN_ANDER = (
    "Deze aanmelding via {} hoort al bij een ander account. Log met dat account in, of kies bij {} "
    "een ander account."
)
NIET_OPNIEUW = (
    "{} vroeg je niet opnieuw wie je bent. Log hier uit, log opnieuw in en probeer het nog eens."
)


@login_not_required
@never_compressed
@require_POST
def log_in(request: HttpRequest, aanbieder: str) -> HttpResponse:
    next_url = get_next_redirect_url(request)
    process = UITNODIGING if _is_uitnodiging(next_url) else INLOGGEN
    return _leave(request, aanbieder, process=process, next_url=next_url)


@before_second_step
@never_compressed
@way_in_first
@require_POST
def link(request: UserRequest, aanbieder: str) -> HttpResponse:
    return _leave(request, aanbieder, process=KOPPELEN, user=str(request.user.pk))


@before_second_step
@never_compressed
@require_http_methods(["GET", "HEAD", "POST"])
def prove_again(request: UserRequest, aanbieder: str) -> HttpResponse:
    provider = _provider_or_404(request, aanbieder)
    if not koppelingen.koppelingen_of(request.user).filter(provider=aanbieder).exists():
        raise Http404
    next_url = get_next_redirect_url(request)
    if request.method != "POST":
        context = {"aanbieder": provider.app.name, "next": next_url or ""}
        return render(request, "aanmelden/opnieuw.html", context)
    return _leave(
        request,
        aanbieder,
        process=OPNIEUW,
        next_url=next_url,
        user=str(request.user.pk),
        gevraagd_op=time.time(),
        auth_params={"prompt": "login", "max_age": "0"},
    )


@before_second_step
@require_safe
def proven(request: UserRequest) -> HttpResponseBase:
    """Go on with what somebody was doing when she was asked who she is."""
    return resume_request(request) or redirect("mfa_index")


class Return(OAuth2CallbackView):
    adapter: Adapter

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        """Also gives the state to the adapter, which looks for the nonce in it."""
        self.adapter.state, response = super()._get_state(request, provider)
        return self.adapter.state, response


@login_not_required
@never_cache
@never_compressed
@require_safe
def come_back(request: HttpRequest, aanbieder: str) -> HttpResponse:
    provider = _provider_or_404(request, aanbieder)
    answers: dict[str, Callable[[HttpRequest, Any], HttpResponse]] = {
        KOPPELEN: _link,
        OPNIEUW: _prove,
        UITNODIGING: _to_invitation,
    }
    try:
        _check_issuer(request, provider)
        response: HttpResponse = Return.adapter_view(Adapter(request, aanbieder))(request)
    except GeenLogin as error:
        answer = answers.get(error.login.state["process"], _unknown)
        return answer(request, error.login)
    except BROKEN as error:
        logger.warning("%s answered what cannot be read: %s", aanbieder, type(error).__name__)
        page = {"aanbieder": provider.app.name, "afgebroken": False}
        return render(request, "aanmelden/mislukt.html", page, status=400)
    return response


def _leave(
    request: HttpRequest, aanbieder: str, *, process: str, next_url: str | None = None, **kept: Any
) -> HttpResponse:
    """A page that leads to the provider at once.

    Not a redirect: browsers hold the pages that it leads on to against our `form-action`, and those
    are of the provider and of whomever it trusts.
    """
    provider = _provider_or_404(request, aanbieder)
    page = {"aanbieder": provider.app.name}
    if not take(f"aanmelden:{get_ip(request)}", amount=MOST_A_MINUTE, seconds=60):
        return render(request, "429.html", page, status=429)
    try:
        way = provider.redirect(request, process, next_url=next_url, **kept)
        if not isinstance(way, HttpResponseRedirect):
            # allauth's page for what it found wrong; ours says what to do.
            raise OAuth2Error
    except BROKEN as error:
        logger.error("%s cannot be reached: %s", provider.app.name, type(error).__name__)
        return render(request, "aanmelden/onbereikbaar.html", page, status=503)
    return render(request, "aanmelden/naar.html", page | {"url": way.url})


def _link(request: HttpRequest, login: Any) -> HttpResponse:
    user, aanmelding = request.user, aanmelding_of(login)
    if not user.is_authenticated or str(user.pk) != login.state["user"]:
        return _unknown(request, login)
    naam = login.provider.app.name
    try:
        koppelingen.link(user=user, aanmelding=aanmelding)
    except koppelingen.VanIemandAnders:
        log_of_account(door=None, handeling=Logregel.Handeling.AANMELDING_GEWEIGERD, user=user)
        messages.error(request, VAN_EEN_ANDER.format(naam, naam))
        return redirect("mfa_index")
    record(request, user, aanmelding)
    propose(user=user, nummer=aanmelding.nummer, via=aanmelding.aanbieder)
    messages.success(request, f"Vanaf nu kan je ook inloggen via {naam}.")
    return redirect("mfa_index")


def _prove(request: HttpRequest, login: Any) -> HttpResponse:
    user, aanmelding = request.user, aanmelding_of(login)
    is_same = login.is_existing and login.user == user
    if not user.is_authenticated or not is_same or str(user.pk) != login.state["user"]:
        return _unknown(request, login)
    bewezen_op = aanmelding.bewezen_op
    if bewezen_op and bewezen_op < login.state["gevraagd_op"] - CLOCKS_DIFFER:
        messages.error(request, NIET_OPNIEUW.format(login.provider.app.name))
        return redirect("mfa_index")
    record(request, user, aanmelding)
    query = {"next": login.state["next"]} if login.state.get("next") else None
    return redirect(reverse("aanmelden-bewezen", query=query))


def _to_invitation(request: HttpRequest, login: Any) -> HttpResponse:
    """To the invitation, which makes an account with this login, when no account knows it yet."""
    session.keep_for(request, aanmelding_of(login), path=login.state["next"])
    return redirect(login.state["next"])


def _unknown(request: HttpRequest, login: Any) -> HttpResponse:
    logger.info("A login through %s was refused: no account knows it.", login.provider.app.name)
    page = {"aanbieder": login.provider.app.name}
    return render(request, "aanmelden/onbekend.html", page, status=403)


def _check_issuer(request: HttpRequest, provider: Provider) -> None:
    """Refuse an answer that says that it is of another provider (RFC 9207). Raises ValueError."""
    said, signs_as = request.GET.get("iss"), provider.aanbieder.signs_as
    if said and TENANT not in signs_as and said != signs_as:
        raise ValueError


def _provider_or_404(request: HttpRequest, aanbieder: str) -> Provider:
    if aanbieder not in settings.AANBIEDERS:
        raise Http404
    found: Provider = get_adapter(request).get_provider(request, aanbieder)
    return found


def _is_uitnodiging(path: str | None) -> bool:
    try:
        return bool(path) and resolve(str(path)).url_name == "uitnodiging"
    except Resolver404:
        return False
