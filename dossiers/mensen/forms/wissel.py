"""Who stays, who stands in for an ankerfiguur, and which school goes where."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from dossiers.mensen.domain.lidmaatschappen import EERST_EEN_BLIJVENDE
from dossiers.mensen.models import CLB, User
from dossiers.mensen.models.organisaties import INSTELLINGSNUMMER
from stsdialoog.fields import DayFormField
from stsdialoog.layout import OneButtonHelper

VOORBIJ = "Die dag is voorbij. Kies vandaag of later."


class KeysField(forms.Field):
    """The keys of records of which a page sent many; what is no key is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> frozenset[UUID]:
        keys = set()
        for text in value or ():
            try:
                keys.add(UUID(text))
            except ValueError:
                continue
        return frozenset(keys)


class BevestigForm(forms.Form):
    """The roles that were on a page, and those of them that were left ticked."""

    getoond = KeysField(required=False)
    blijft = KeysField(required=False)


class AnkerfiguurForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="Wie?",
        empty_label="Kies een collega",
        help_text="Wie al als CLB-medewerker een school van je CLB opvolgt.",
    )
    eindigt_op = DayFormField(
        label="Tot en met",
        required=False,
        help_text="Voor wie je een tijd vervangt. Leeg: zonder einddatum.",
    )

    def __init__(self, *args: Any, collegas: QuerySet[User], today: date, **kwargs: Any) -> None:
        """Make the form.

        collegas: whom to choose from.
        """
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["user"].queryset = collegas  # type: ignore[attr-defined]
        self.fields["eindigt_op"].widget.attrs["min"] = today.isoformat()
        self.helper = OneButtonHelper(*self.fields, knop="Maak ankerfiguur", warns=True)

    def clean_eindigt_op(self) -> date | None:
        day: date | None = self.cleaned_data["eindigt_op"]
        if day and day < self.today:
            raise forms.ValidationError(VOORBIJ)
        return day

    def add_nobody_stays(self) -> None:
        """Add the error that the CLB would have no ankerfiguur without an end."""
        self.add_error("eindigt_op", EERST_EEN_BLIJVENDE)


class GeefSchoolForm(forms.Form):
    naar = forms.ModelChoiceField(CLB.objects.none(), label="Naar welk CLB?", empty_label="Kies")

    def __init__(self, *args: Any, clbs: QuerySet[CLB], **kwargs: Any) -> None:
        """Make the form.

        clbs: those that a school can go to.
        """
        super().__init__(*args, **kwargs)
        self.fields["naar"].queryset = clbs  # type: ignore[attr-defined]
        self.helper = OneButtonHelper("naar", knop="Vraag het aan dat CLB", warns=True)


class VraagSchoolForm(forms.Form):
    instellingsnummer = forms.CharField(
        label="Instellingsnummer van de school",
        max_length=6,
        validators=[INSTELLINGSNUMMER],
        help_text="Zes cijfers, met de nullen vooraan.",
        error_messages={"max_length": "Een instellingsnummer telt zes cijfers."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = OneButtonHelper("instellingsnummer", knop="Vraag deze school", warns=True)
