from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from dossiers.mensen.models import CLB, School
from stsdialoog.fields import SeenField
from stsdialoog.layout import OneButtonHelper


class SchoolForm(forms.ModelForm):
    seen = SeenField()

    class Meta:
        model = School
        fields = ("clb", "naam", "instellingsnummer", "niveau", "gemeente", "provincie")

    def __init__(self, *args: Any, clbs: QuerySet[CLB], knop: str, **kwargs: Any) -> None:
        """Make the form.

        clbs: the CLBs to choose from; with only one, the field is left out.
        knop: the text of the submit button.
        """
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            del self.fields["seen"]
        else:
            self.initial["seen"] = self.instance.mark
        if len(clbs) == 1:
            self.instance.clb = clbs[0]
            del self.fields["clb"]
        else:
            cast("forms.ModelChoiceField[CLB]", self.fields["clb"]).queryset = clbs
        number = self.fields["instellingsnummer"]
        number.widget.attrs["inputmode"] = "numeric"
        number.error_messages["max_length"] = "Een instellingsnummer telt zes cijfers."
        for field in self.fields.values():
            # Otherwise a browser fills in the user's own data.
            field.widget.attrs["autocomplete"] = "off"
        self.helper = OneButtonHelper(*self.fields, knop=knop, warns=True)

    def show_again(self, now: School) -> None:
        """Keep what was typed, beside what stands there now and was seen from here on."""
        self.data = {**dict(self.data.items()), "seen": now.mark}
        self.helper.attrs["data-onbewaard"] = "nog"

    def add_number_taken(self) -> None:
        """Add the error that somebody else has just added a school with this number."""
        taken = School._meta.get_field("instellingsnummer").error_messages["unique"]
        self.add_error("instellingsnummer", taken)
