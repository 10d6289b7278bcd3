"""allauth's forms for the second step, with our own layout, wording and limits."""

from typing import Any, ClassVar

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac

from dossiers.mensen.domain.gebeurtenissen import log_failed_login
from dossiers.mensen.domain.herstel import vouch_by_step
from dossiers.mensen.domain.tweede_stap import renew_secret
from dossiers.mensen.forms.accounts import OurLook
from dossiers.mensen.limits import Attempt
from dossiers.mensen.models import User

SALT = "stsdialoog.mailbox"
CODE = "Code uit je app, of een herstelcode"
# What fido2 makes of an answer that no browser gives.
RUBBISH = (AttributeError, KeyError, TypeError, ValueError)


class LimitedCode(forms.Form):
    """A code of six digits can be guessed, so it is tried a few times only."""

    user: Any

    def clean_code(self) -> str:
        attempt = Attempt(context.request, what="code", email=self.user.email)
        if not attempt.allowed:
            log_failed_login(email=self.user.email, locked_out=True)
            raise get_account_adapter().validation_error("too_many_codes")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            log_failed_login(email=self.user.email)
            raise
        attempt.was_right()
        return code


def digest_of_code(user: User, code: str) -> str:
    """What is kept of a code that was mailed: the code itself is in the mail only."""
    return salted_hmac(
        SALT, f"{user.pk}:{normalize_user_code(code)}", algorithm="sha256"
    ).hexdigest()


class MailedCode(forms.Form):
    """Takes the code of which it is given the digest; without one, none is right."""

    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    def __init__(self, *args: Any, user: User, digest: str, **kwargs: Any) -> None:
        self.user, self._digest = user, digest
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not constant_time_compare(digest_of_code(self.user, code), self._digest):
            raise get_account_adapter().validation_error("incorrect_code")
        return code


class MailboxForm(LimitedCode, OurLook, MailedCode):
    knop = "Ga verder"
    labels: ClassVar = {"code": "Code uit de mail"}


class UsedStep(forms.Form):
    """What follows from a step that was taken, whichever it is."""

    def save(self) -> None:
        super().save()  # type: ignore[misc]
        step = self._step()
        renew_secret(step)
        vouch_by_step(user=step.user, step=step)

    def _step(self) -> Authenticator:
        raise NotImplementedError


class UsedCode(UsedStep):
    authenticator: Authenticator

    def _step(self) -> Authenticator:
        return self.authenticator


class UsedPasskey(UsedStep):
    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]
        except RUBBISH as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return found

    def _step(self) -> Authenticator:
        step: Authenticator = self.cleaned_data["credential"]
        return step


class AuthenticateForm(UsedCode, LimitedCode, OurLook, base.AuthenticateForm):
    knop = "Log in"
    labels: ClassVar = {"code": CODE}


class ReauthenticateForm(UsedCode, LimitedCode, OurLook, base.ReauthenticateForm):
    knop = "Ga verder"
    labels: ClassVar = {"code": CODE}


class ReauthenticatePasswordForm(OurLook, PasswordForm):
    knop = "Ga verder"
    labels: ClassVar = {"password": "Wachtwoord"}


class ActivateTOTPForm(LimitedCode, OurLook, totp.ActivateTOTPForm):
    knop = "Zet de app aan"
    labels: ClassVar = {"code": "Code uit je app"}


class DeactivateTOTPForm(OurLook, totp.DeactivateTOTPForm):
    knop = "Haal de app weg"


class GenerateRecoveryCodesForm(OurLook, recovery_codes.GenerateRecoveryCodesForm):
    knop = "Maak nieuwe herstelcodes"


class AuthenticateWebAuthnForm(UsedPasskey, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(UsedPasskey, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddWebAuthnForm(webauthn.AddWebAuthnForm):
    # A number says enough of the few that one has.
    name = None

    def clean(self) -> dict[str, Any]:
        try:
            data: dict[str, Any] = super().clean()
        except RUBBISH as error:
            raise get_adapter().validation_error("incorrect_code") from error
        adapter, passkey = get_adapter(), Authenticator.Type.WEBAUTHN
        return data | {"name": adapter.generate_authenticator_name(self.user, passkey)}
