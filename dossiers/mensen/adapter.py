"""The allauth adapter: no open sign-up, our own messages, and mails sent through our own module."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from dossiers.logboek.models import Logregel
from dossiers.mensen.domain.gebeurtenissen import log_failed_login, log_of_account
from stsdialoog import mail
from stsdialoog.text import address

ANDER_ADRES = "Met dit adres log je niet meer in. Gebruik je adres van nu."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet. Probeer het "
        "opnieuw, of log in met een code die we je mailen.",
        "enter_current_password": "Dit is niet je huidige wachtwoord. Typ het opnieuw.",
        "incorrect_code": "Deze code klopt niet. Kijk in de laatste mail die je van ons kreeg.",
        "too_many_login_attempts": "Je probeerde het te vaak na elkaar. Wacht enkele minuten en "
        "probeer het dan opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

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
        log_of_account(door=user, handeling=Logregel.Handeling.INGELOGD, user=user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if user.is_authenticated:
            log_of_account(door=user, handeling=Logregel.Handeling.UITGELOGD, user=user)
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log_failed_login(email=credentials.get("email", ""), locked_out=True)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        log_failed_login(email=credentials.get("email", ""))

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on there; what cannot be read as an address leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return resolve_url("start")

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _, token = key.partition("-")
        return mail.absolute_url("account_reset_password_from_key", uidb36=uidb36, key=token)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            mail.send_mail(to=email, template=template_prefix, context=context)
        except mail.MailNietVerstuurd as error:
            page = render(self.request, "account/mail_niet_verstuurd.html", status=503)
            raise ImmediateHttpResponse(page) from error
