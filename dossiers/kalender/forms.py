from datetime import date
from typing import Any

from django import forms

from dossiers.kalender.domain import GeenVrijeDag, check_days
from dossiers.kalender.models import MAX_NAAM
from stsdialoog.fields import DayFormField, FormKeyField, NameFormField
from stsdialoog.layout import OneButtonHelper


class VrijeDagForm(forms.Form):
    sleutel = FormKeyField()
    naam = NameFormField(
        label="Waarom is er geen school?",
        max_length=MAX_NAAM,
        help_text="Bijvoorbeeld: pedagogische studiedag.",
    )
    van = DayFormField(label="Eerste dag")
    tot = DayFormField(
        label="Laatste dag", required=False, help_text="Laat leeg als het één dag is."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Otherwise a browser fills in the user's own data.
            field.widget.attrs["autocomplete"] = "off"
        self.helper = OneButtonHelper(*self.fields, knop="Voeg toe", warns=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        van: date | None = data.get("van")
        if van is None or "tot" not in data:
            return data
        data["tot"] = data["tot"] or van
        try:
            check_days(van=van, tot=data["tot"])
        except GeenVrijeDag as error:
            self.add_error("tot", str(error))
        return data
