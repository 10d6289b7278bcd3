"""allauth's forms with our own layout and wording; the rules are allauth's."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

from stsdialoog.fields import AddressFormField
from stsdialoog.layout import OneButtonHelper


def password_help() -> str:
    return " ".join(password_validators_help_texts())


def _as_address(field: forms.EmailField) -> AddressFormField:
    """The same field, which also recognises other spellings of an address."""
    return AddressFormField(
        label=field.label, help_text=field.help_text, required=field.required, widget=field.widget
    )


EIGEN_TOESTEL = "Dit is mijn eigen toestel"
EIGEN_TOESTEL_HULP = (
    "Dan blijf je hier twee weken ingelogd. Vink het niet aan op een computer die anderen ook "
    "gebruiken. Werk je voor een CLB of in het beheer, dan log je na een halfuur zonder klik of "
    "toets altijd opnieuw in."
)


class OurLook(forms.Form):
    knop: ClassVar[str]
    labels: ClassVar[dict[str, str]] = {}
    helps: ClassVar[dict[str, str]] = {"remember": EIGEN_TOESTEL_HULP}
    # No second field: after a typo, a user can log in by code or set a new password.
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = password_help() if name == "password1" else self.helps.get(name, "")
            # The label says the same, and does not disappear while typing.
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, allauth_forms.EmailField):
                self.fields[name] = _as_address(field)
        self.helper = OneButtonHelper(*self.fields, knop=self.knop)


class LoginForm(OurLook, allauth_forms.LoginForm):
    knop = "Log in"
    labels: ClassVar = {"login": "E-mailadres", "remember": EIGEN_TOESTEL}


class RequestLoginCodeForm(OurLook, allauth_forms.RequestLoginCodeForm):
    knop = "Mail me een code"
    labels: ClassVar = {"email": "E-mailadres", "remember": EIGEN_TOESTEL}
    # allauth asks it beside a password only.
    remember = forms.BooleanField(required=False)


class ConfirmLoginCodeForm(OurLook, allauth_forms.ConfirmLoginCodeForm):
    knop = "Log in"


class ResetPasswordForm(OurLook, allauth_forms.ResetPasswordForm):
    knop = "Mail me een link"
    labels: ClassVar = {"email": "E-mailadres"}


class ResetPasswordKeyForm(OurLook, allauth_forms.ResetPasswordKeyForm):
    knop = "Bewaar mijn wachtwoord"


class ChangePasswordForm(OurLook, allauth_forms.ChangePasswordForm):
    knop = "Bewaar mijn wachtwoord"


class SetPasswordForm(OurLook, allauth_forms.SetPasswordForm):
    knop = "Bewaar mijn wachtwoord"
    labels: ClassVar = {"password1": "Kies een wachtwoord"}
