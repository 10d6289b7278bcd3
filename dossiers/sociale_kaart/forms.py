from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from dossiers.sociale_kaart.domain import MAX_VOORZIENINGEN
from dossiers.sociale_kaart.models import Voorziening
from stsdialoog.fields import DayFormField, FormKeyField, SeenField
from stsdialoog.layout import OneButtonHelper

VOL = (
    f"Op een sociale kaart passen {MAX_VOORZIENINGEN} plekken, en zoveel staan er al. Haal er "
    "eerst een weg die niemand nog gebruikt."
)
NOG_NIET = "Die dag moet nog komen. Kies vandaag of vroeger."


class VoorzieningForm(forms.ModelForm):
    # Of a new one, so that it is added once; of another, so that no change of a colleague is lost.
    sleutel = FormKeyField()
    seen = SeenField()

    class Meta:
        model = Voorziening
        fields = ("naam", "waarvoor", "telefoon", "adres", "website", "nagekeken")
        field_classes: ClassVar = {"nagekeken": DayFormField}
        widgets = {
            "website": forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        }

    def __init__(self, *args: Any, today: date, knop: str, **kwargs: Any) -> None:
        """Make the form.

        knop: the text of the submit button.
        """
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance._state.adding:
            del self.fields["seen"]
        else:
            del self.fields["sleutel"]
            self.initial["seen"] = self.instance.mark
        for field in self.fields.values():
            # Otherwise a browser fills in the user's own data.
            field.widget.attrs["autocomplete"] = "off"
        self.fields["nagekeken"].widget.attrs["max"] = today.isoformat()
        self.helper = OneButtonHelper(*self.fields, knop=knop, warns=True)

    def show_again(self, now: Voorziening) -> None:
        """Keep what was typed, beside what stands there now and was seen from here on."""
        self.data = {**dict(self.data.items()), "seen": now.mark}
        self.helper.attrs["data-onbewaard"] = "nog"

    def show_anew(self, *, action: str) -> None:
        """Keep what was typed about a place that is gone by now, to be added as a new one.

        action: where that is sent to.
        """
        self.data = {**dict(self.data.items()), "sleutel": uuid4()}
        self.helper.form_action = action
        self.helper.attrs["data-onbewaard"] = "nog"

    def clean_nagekeken(self) -> date:
        day: date = self.cleaned_data["nagekeken"]
        if day > self.today:
            raise forms.ValidationError(NOG_NIET)
        return day
