"""The allauth adapters where one may log in elsewhere: for accounts that know that login, only."""

import logging
import time
from dataclasses import asdict
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from dossiers.aanmelden.domain.id_token import Aanmelding, TokenGeweigerd
from dossiers.aanmelden.domain.koppelingen import INGELOGD_VIA, koppelingen_of
from dossiers.aanmelden.domain.vragen import propose
from dossiers.aanmelden.outgoing import Outgoing
from dossiers.aanmelden.provider import Provider
from dossiers.logboek.models import Logregel
from dossiers.mensen import adapter as mensen
from dossiers.mensen.domain.gebeurtenissen import log_of_account
from dossiers.mensen.domain.tweede_stap import has_second_step, providers_that_count
from dossiers.mensen.models import User
from dossiers.mensen.proof import record_elsewhere

logger = logging.getLogger(__name__)

STAGE = "allauth.mfa.stages.AuthenticateStage"
# What somebody goes to a provider for.
INLOGGEN, KOPPELEN, OPNIEUW, UITNODIGING = "login", "koppelen", "opnieuw", "uitnodiging"
FIRST_STEPS = ("password", "code", "socialaccount")


class GeenLogin(Exception):
    """Somebody came back from a provider for something else, or no account knows her.

    login: allauth's; nobody is logged in by it.
    """

    def __init__(self, login: Any) -> None:
        super().__init__()
        self.login = login


class AccountAdapter(mensen.AccountAdapter):
    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        response = super().pre_login(request, user, **kwargs)
        if login := _elsewhere(kwargs.get("signal_kwargs")):
            if response:
                geweigerd = Logregel.Handeling.AANMELDING_GEWEIGERD
                log_of_account(door=None, handeling=geweigerd, user=user)
                return response
            record(request, user, aanmelding_of(login))
        return response

    def get_login_stages(self) -> list[str]:
        """allauth's own, save that a login elsewhere can be the second step as well."""
        ours = f"{TweedeStapStage.__module__}.{TweedeStapStage.__qualname__}"
        return [ours if one == STAGE else one for one in super().get_login_stages()]

    def how_logged_in(self, request: HttpRequest, user: User) -> Logregel.Handeling:
        firsts = [
            one for one in get_authentication_records(request, user) if one["method"] in FIRST_STEPS
        ]
        if firsts and firsts[-1]["method"] == "socialaccount":
            return INGELOGD_VIA[firsts[-1]["provider"]]
        return super().how_logged_in(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        if login := _elsewhere(kwargs.get("signal_kwargs")):
            aanmelding = aanmelding_of(login)
            propose(user=user, nummer=aanmelding.nummer, via=aanmelding.aanbieder)
        return super().post_login(request, user, **kwargs)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """Also where one logs in elsewhere; with a second step, only where that counts as one."""
        found = super().get_reauthentication_methods(user)
        if not (settings.AANBIEDERS and isinstance(user, User)):
            return found
        codes = list(dict.fromkeys(koppelingen_of(user).values_list("provider", flat=True)))
        if has_second_step(user):
            codes = [code for code in codes if code in providers_that_count()]
        return found + [
            {
                "id": f"aanmelden:{code}",
                "description": f"Via {settings.AANBIEDERS[code].naam}",
                "url": reverse("aanmelden-opnieuw", args=[code]),
            }
            for code in codes
        ]


class TweedeStapStage(AuthenticateStage):
    """allauth's stage for the second step, which is over when the login elsewhere counts as one."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        login = _elsewhere(self.login.signal_kwargs)
        if login and login.account.provider in providers_that_count():
            return None, True
        response, goes_on = super().handle()
        return response, goes_on


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """Those of the settings. What stands in allauth's table of them is never looked at."""
        return [
            SocialApp(
                provider=Provider.id,
                provider_id=one.code,
                name=one.naam,
                client_id=one.client_id,
                secret=one.client_secret,
                settings={"oauth_pkce_enabled": True, "scope": list(one.scopes)},
            )
            for one in settings.AANBIEDERS.values()
            if provider in (None, Provider.id, one.code) and client_id in (None, one.client_id)
        ]

    def get_requests_session(self) -> Outgoing:
        return Outgoing()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        return False

    def authenticate_by_email(self, sociallogin: Any) -> None:  # noqa: ARG002
        """Never: whoever gives an address at a provider has not shown that it is hers."""
        return

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ARG002
        """Let allauth go on only with the login of an account that knows it. Raises GeenLogin."""
        # Its keys to the provider are not needed, and a login can wait in the session.
        sociallogin.token = None
        sociallogin.state["aanmelding"] = asdict(sociallogin.aanmelding)
        logs_in = sociallogin.state["process"] in (INLOGGEN, UITNODIGING)
        if not (logs_in and sociallogin.is_existing):
            raise GeenLogin(sociallogin)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> None:
        """Say on a page that it did not go through; the log of the server has why."""
        naam = provider.app.name
        if error == AuthError.CANCELLED:
            logger.info("A login through %s was broken off there.", naam)
        else:
            logger.warning("A login through %s was refused: %s", naam, _why(exception))
        page = {"aanbieder": naam, "afgebroken": error == AuthError.CANCELLED}
        raise ImmediateHttpResponse(
            render(request, "aanmelden/mislukt.html", page, status=400)
        ) from exception


def record(request: HttpRequest, user: User, aanmelding: Aanmelding) -> None:
    """Keep in the session that she showed who she is; a provider that does not say when, now."""
    now = time.time()
    at = min(aanmelding.bewezen_op or now, now)
    record_elsewhere(request, user, code=aanmelding.aanbieder, at=at)


def aanmelding_of(login: Any) -> Aanmelding:
    return Aanmelding(**login.state["aanmelding"])


def _why(exception: Exception | None) -> str:
    """For the log of the server: never what a provider or a browser sent."""
    if exception is None:
        return "nobody began it here, or it took too long"
    cause = exception.__cause__
    return str(cause) if isinstance(cause, TokenGeweigerd) else type(exception).__name__


def _elsewhere(signal_kwargs: dict[str, Any] | None) -> Any:
    return (signal_kwargs or {}).get("sociallogin")
