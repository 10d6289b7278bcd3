"""The form that gives a question to somebody."""

from datetime import date
from typing import Any

from django import forms

from preventieplan.uitzoeken.models import MAX_WIE, Uitzoekvraag
from stsdialoog.fields import DayFormField, NameFormField, SeenField

VOORBIJ = "Die dag is voorbij: kies vandaag of later, of laat het leeg."


class UitzoekForm(forms.Form):
    """Who finds it out, and by when."""

    seen = SeenField()
    wie = NameFormField(
        label="Wie zoekt dit uit?",
        max_length=MAX_WIE,
        widget=forms.TextInput(
            attrs={"class": "form-control", "list": "team", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Zeg wie dit uitzoekt.",
            "max_length": f"Dit is te lang: een naam past in {MAX_WIE} tekens.",
        },
    )
    tegen = DayFormField(label="Tegen wanneer? Mag leeg blijven.", required=False)
    tegen.widget.attrs["class"] = "form-control"

    def __init__(
        self, data: Any = None, *, found: Uitzoekvraag | None, seen: str, today: date
    ) -> None:
        """Build the form.

        found: who finds it out now. seen: the mark of that. today: no day before it is taken,
            unless it stands there already.
        """
        known = {"wie": found.naam, "tegen": found.tegen} if found else {}
        super().__init__(data, initial={**known, "seen": seen})
        self.today = today

    def clean_tegen(self) -> date | None:
        tegen: date | None = self.cleaned_data["tegen"]
        if tegen and tegen < self.today and tegen != self.initial.get("tegen"):
            raise forms.ValidationError(VOORBIJ)
        return tegen
