"""The form that opens a dossier."""

from datetime import date
from typing import Any, cast

from django import forms

from dossiers.queries import schooljaren_to_open


class SchooljaarForm(forms.Form):
    schooljaar = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(jaar, jaar) for jaar in schooljaren_to_open(today)]
        cast(forms.TypedChoiceField, self.fields["schooljaar"]).choices = choices
