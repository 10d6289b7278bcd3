from typing import Any

from django import forms

from start.herinneringen.models import Ritme
from stsdialoog.layout import OneButtonHelper


class RitmeForm(forms.Form):
    ritme = forms.ChoiceField(
        label="Hoe vaak wil je een mail?", choices=Ritme, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = OneButtonHelper("ritme", knop="Bewaar")
