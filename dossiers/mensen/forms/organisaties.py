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

        clbs: where the school may belong; with one there is nothing to choose.
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
            # A browser would fill in the person's own data.
            field.widget.attrs["autocomplete"] = "off"
        self.helper = OneButtonHelper(*self.fields, knop=knop)

    def add_number_taken(self) -> None:
        """Say beside the number that somebody else just added this school."""
        taken = School._meta.get_field("instellingsnummer").error_messages["unique"]
        self.add_error("instellingsnummer", taken)
