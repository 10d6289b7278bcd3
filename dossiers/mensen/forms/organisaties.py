from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from dossiers.mensen.models import CLB, School
from stsdialoog.layout import OneButtonHelper


class SchoolForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ("clb", "naam", "instellingsnummer", "niveau", "gemeente", "provincie")

    def __init__(self, *args: Any, clbs: QuerySet[CLB], knop: str, **kwargs: Any) -> None:
        """Make the form.

        clbs: the CLBs to choose from; with only one, the field is left out.
        knop: the text of the submit button.
        """
        super().__init__(*args, **kwargs)
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
        self.helper = OneButtonHelper(*self.fields, knop=knop)

    def add_number_taken(self) -> None:
        """Add the error that somebody else has just added a school with this number."""
        taken = School._meta.get_field("instellingsnummer").error_messages["unique"]
        self.add_error("instellingsnummer", taken)
