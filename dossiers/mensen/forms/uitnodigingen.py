from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from dossiers.mensen.domain.uitnodigingen import Guest
from dossiers.mensen.forms.accounts import password_help
from dossiers.mensen.forms.genodigden import WEBADRES, Mistake, read_guests
from dossiers.mensen.models import MAX_WOORD, Rol, User
from stsdialoog.fields import NameFormField
from stsdialoog.layout import OneButtonHelper
from stsdialoog.text import paragraph

WAT_MAG_EEN_ROL = (
    (Rol.SCHOOLTEAM.value, "schoolteam: leest en vult mee in"),
    (Rol.LEZER.value, "schoolbestuur: leest mee, wijzigt niets"),
    (Rol.CLB_MEDEWERKER.value, "CLB-medewerker: volgt de school op vanuit het CLB"),
)


MAX_GENODIGDEN = 20
# Enough for so many long addresses with long names.
MAX_ADRESSEN = MAX_GENODIGDEN * 400


class UitnodigingenForm(forms.Form):
    """Several colleagues at once, with one role and a word of one's own."""

    adressen = forms.CharField(
        label="Wie nodig je uit?",
        help_text=(
            "Elk op een nieuwe regel, of met een komma of puntkomma ertussen. Met een naam erbij "
            "spreken we ze aan: Bart &lt;bart@school.be&gt;."
        ),
        max_length=MAX_ADRESSEN,
        # The browser would fill in the user's own address, not those of the invitees.
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "class": "groeit is-lijst"}),
        error_messages={
            "required": "Geef minstens één e-mailadres.",
            "max_length": f"Dit is te lang: nodig er hoogstens {MAX_GENODIGDEN} tegelijk uit.",
        },
    )
    rol = forms.ChoiceField(
        label="Rol", choices=WAT_MAG_EEN_ROL, initial=Rol.SCHOOLTEAM, widget=forms.RadioSelect
    )
    woord = forms.CharField(
        label="Een woordje van jou (mag leeg blijven)",
        help_text="Komt in de mail te staan, als jouw woorden.",
        required=False,
        max_length=MAX_WOORD,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": "Dit telt %(show_value)d tekens en er passen er %(limit_value)d in."
        },
    )

    def __init__(self, *args: Any, action: str, outlined: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})
        self.mistakes: list[Mistake] = []
        self.helper = OneButtonHelper(
            *("adressen", "rol", "woord"),
            knop="Nodig uit",
            action=action,
            outlined=outlined,
            warns=True,
        )

    def clean_adressen(self) -> list[Guest]:
        """Everybody who can be invited. What was wrong is kept in `mistakes`: the others go out."""
        guests, self.mistakes = read_guests(self.cleaned_data["adressen"])
        total = len(guests) + len(self.mistakes)
        if total > MAX_GENODIGDEN:
            raise forms.ValidationError(
                f"Dat zijn er {total}. Nodig er hoogstens {MAX_GENODIGDEN} tegelijk uit."
            )
        if not total:
            raise forms.ValidationError(self.fields["adressen"].error_messages["required"])
        return guests

    def clean_woord(self) -> str:
        woord = paragraph(self.cleaned_data["woord"])
        if WEBADRES.search(woord):
            raise forms.ValidationError(
                "Zet hier geen webadres in: de link van de uitnodiging staat al in de mail."
            )
        return woord

    def show_again(self, refused: Iterable[Mistake]) -> None:
        """Leave in the box only what did not go out, and say why."""
        left = [*self.mistakes, *refused]
        self.data = {**dict(self.data.items()), "adressen": "\n".join(one.typed for one in left)}
        self.add_error("adressen", [str(one) for one in left])


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

    def __init__(self, *args: Any, email: str, naam: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "email": email, "naam": naam}
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
