"""The form of a remark, and of an answer to one."""

from typing import Any

from django import forms

from preventieplan.opmerkingen.models import MAX_TEKST
from stsdialoog.fields import FormKeyField
from stsdialoog.text import paragraph

TE_LANG = (
    "Dit telt %(show_value)d tekens en er passen er %(limit_value)d: maak het korter. "
    "Wat je typte, staat er nog."
)


class OpmerkingForm(forms.Form):
    sleutel = FormKeyField()
    tekst = forms.CharField(
        label="Je opmerking",
        max_length=MAX_TEKST,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
        error_messages={"required": "Schrijf eerst iets.", "max_length": TE_LANG},
    )

    def __init__(self, data: Any = None, *, op: str = "") -> None:
        """Build the form.

        op: the key of the remark that it answers; "" for a new one.
        """
        self.op = op
        super().__init__(data, auto_id=f"%s-{op}" if op else "%s")
        if op:
            self.fields["tekst"].label = "Je antwoord"
            self.fields["tekst"].widget.attrs["rows"] = 2

    def clean_tekst(self) -> str:
        tekst = paragraph(self.cleaned_data["tekst"])
        if not tekst:
            raise forms.ValidationError(self.fields["tekst"].error_messages["required"])
        return tekst
