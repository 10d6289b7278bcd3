from typing import Any

from django import forms

from dossiers.mensen.models import User
from stsdialoog.fields import SeenField
from stsdialoog.layout import OneButtonHelper
from stsdialoog.seen import mark_of


class NaamForm(forms.ModelForm):
    seen = SeenField()

    class Meta:
        model = User
        fields = ("naam",)
        labels = {"naam": "Je naam"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = mark_of(self.instance.naam)
        self.fields["naam"].widget.attrs["autocomplete"] = "name"
        self.helper = OneButtonHelper(*self.fields, knop="Bewaar", warns=True)

    def show_again(self, now: str) -> None:
        """Keep what was typed, beside the name that stands there now and was seen from here on."""
        self.data = {**dict(self.data.items()), "seen": mark_of(now)}
        self.helper.attrs["data-onbewaard"] = "nog"
