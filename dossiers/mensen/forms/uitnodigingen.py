from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from dossiers.mensen.domain.lidmaatschappen import AlLid
from dossiers.mensen.forms.accounts import password_help
from dossiers.mensen.models import Rol, User
from stsdialoog.fields import AddressFormField, NameFormField
from stsdialoog.layout import OneButtonHelper

WAT_MAG_EEN_ROL = (
    (Rol.SCHOOLTEAM.value, "schoolteam: leest en vult mee in"),
    (Rol.LEZER.value, "lezer: leest mee, wijzigt niets"),
    (Rol.CLB_MEDEWERKER.value, "CLB-medewerker: volgt de school op vanuit het CLB"),
)


class UitnodigingForm(forms.Form):
    email = AddressFormField(
        label="E-mailadres van je collega",
        max_length=254,
        # The browser would fill in the user's own address, not that of the invitee.
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    rol = forms.ChoiceField(
        label="Rol", choices=WAT_MAG_EEN_ROL, initial=Rol.SCHOOLTEAM, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = OneButtonHelper("email", "rol", knop="Uitnodigen", action=action)

    def add_already_member(self, error: AlLid) -> None:
        rol = error.lidmaatschap.get_rol_display()
        self.add_error("email", f"{error.lidmaatschap.user} doet hier al mee als {rol}.")


class NewAccountForm(forms.Form):
    """The data that an invitee without an account fills in."""

    email = forms.EmailField(
        label="E-mailadres",
        disabled=True,
        required=False,
        # A password manager stores the new password under this user name.
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    naam = NameFormField(
        label="Je naam",
        max_length=120,
        help_text=User._meta.get_field("naam").help_text,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Kies een wachtwoord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["email"] = email
        self.fields["password"].help_text = password_help()
        self.helper = OneButtonHelper(*self.fields, knop="Maak mijn account")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if password := data.get("password"):
            person = User(email=data["email"], naam=data.get("naam", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
