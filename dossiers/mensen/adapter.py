"""The allauth adapters: no open sign-up, our own messages and limits, mails through our own module,
and second steps whose secrets are encrypted."""

import logging
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from dossiers.logboek.models import Logregel
from dossiers.mensen import devices, encryption
from dossiers.mensen.domain.gebeurtenissen import log_failed_login, log_of_account
from dossiers.mensen.domain.tweede_stap import has_second_step, is_of_clb_or_beheer
from dossiers.mensen.limits import MAILS, Attempt, may_be_mailed
from dossiers.mensen.models import User
from dossiers.mensen.proof import recently_proven
from dossiers.mensen.session_store import SessionStore
from stsdialoog import mail
from stsdialoog.text import address

logger = logging.getLogger(__name__)

ANDER_ADRES = "Met dit adres log je niet meer in. Gebruik je adres van nu."
TE_VAAK = (
    "Je probeerde het te vaak na elkaar. Wacht enkele minuten en probeer het dan opnieuw, of log "
    "in met een code die we je mailen."
)
# Of a code in the second step: one by mail comes before it, and leads to it again.
TE_VAAK_EEN_CODE = (
    "Je probeerde het te vaak na elkaar. Wacht enkele minuten en typ dan een nieuwe code."
)
NAMEN = {
    "reauthenticate": "Met je wachtwoord",
    "mfa_reauthenticate": "Met een code uit je app, of een herstelcode",
    "mfa_reauthenticate:webauthn": "Met je passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. Probeer het "
        "opnieuw, of log in met een code die we je mailen.",
        "enter_current_password": "Dit is niet je huidige wachtwoord. Typ het opnieuw.",
        "incorrect_password": "Dit is niet je wachtwoord. Typ het opnieuw.",
        "incorrect_code": "Deze code klopt niet. Kijk in de laatste mail die je van ons kreeg.",
        "too_many_login_attempts": TE_VAAK,
        "rate_limited": TE_VAAK,
        "too_many_codes": TE_VAAK_EEN_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """allauth's own, with limits by which nobody shuts out the owner of an account."""
        email = credentials.get("email", "")
        attempt = Attempt(request, what="wachtwoord", email=email)
        if not attempt.allowed:
            log_failed_login(email=email, locked_out=True)
            raise self.validation_error("too_many_login_attempts")
        if user := super().authenticate(request, **credentials):
            attempt.was_right()
        return user

    def pre_login(
        self, request: HttpRequest, user: Any, *, email: str | None, **kwargs: Any
    ) -> HttpResponse | None:
        """Refuse a code that was mailed to an address which the account does not have any more."""
        if email and address(email) != user.email:
            clear_login(request)
            messages.error(request, ANDER_ADRES)
            return redirect("account_login")
        return super().pre_login(request, user, email=email, **kwargs)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        session = cast(SessionStore, request.session)
        session.begin(toestel=devices.name_of(request), streng=is_of_clb_or_beheer(user))
        log_of_account(door=user, handeling=self.how_logged_in(request, user), user=user)

    def how_logged_in(self, request: HttpRequest, user: User) -> Logregel.Handeling:  # noqa: ARG002
        """What the log calls it; a chamber above knows other ways."""
        return Logregel.Handeling.INGELOGD

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if user.is_authenticated:
            log_of_account(door=user, handeling=Logregel.Handeling.UITGELOGD, user=user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        log_failed_login(email=credentials.get("email", ""))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.email)
        return response

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on there; what cannot be read as an address leads nowhere, and
        from https one does not go to http, not even here."""
        try:
            goes_back = allauth_context.request.is_secure() and urlsplit(url or "").scheme == "http"
            return not goes_back and bool(super().is_safe_url(url))
        except ValueError:
            return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        """Logging in is a proof as well: allauth itself counts only what came after it."""
        return not recently_proven(allauth_context.request)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The ways to show who one is; with a second step, that step and not the password."""
        found = super().get_reauthentication_methods(user)
        if isinstance(user, User) and has_second_step(user):
            found = [one for one in found if one["id"] != "reauthenticate"]
        return [one | {"description": NAMEN[one["id"]]} for one in found]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return resolve_url("start")

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _, token = key.partition("-")
        return mail.absolute_url("account_reset_password_from_key", uidb36=uidb36, key=token)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail a code or a link, or say on a page why that does not go now.

        The same for an address without an account, which gets a mail as well.
        """
        if not may_be_mailed(self.request, email=email):
            page = {"aantal": MAILS.amount}
            self._answer_with("account/te_veel_mails.html", page, status=429)
        try:
            mail.send_mail(to=email, template=template_prefix, context=context)
        except mail.MailNietVerstuurd:
            self._answer_with("account/mail_niet_verstuurd.html", {}, status=503)

    def _answer_with(self, template: str, page: dict[str, Any], *, status: int) -> None:
        raise ImmediateHttpResponse(render(self.request, template, page, status=status)) from None


class TweedeStapAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Deze code klopt niet, of ze is niet meer geldig. Typ de code die nu in "
        "je app staat, of een herstelcode die je nog niet gebruikte.",
        "cannot_generate_recovery_codes": "Stel eerst een app of een passkey in.",
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return encryption.decrypt(encrypted_text)
        except InvalidToken:
            logger.error("A second step cannot be read: its DJANGO_SECRET_KEY is not set.")
            # A secret that nobody has: no code fits it.
            return generate_totp_secret()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        # allauth asks it before each new one.
        return f"Passkey {user.authenticator_set.filter(type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "STS-Dialoog"}
