from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from dossiers.forms.layout import OneButtonHelper
from dossiers.models import CLB, School
from dossiers.queries import schooljaren_to_open


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


class SchooljaarForm(forms.Form):
    schooljaar = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(jaar, jaar) for jaar in schooljaren_to_open(today)]
        cast(forms.TypedChoiceField, self.fields["schooljaar"]).choices = choices
