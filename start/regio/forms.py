"""Which province and schooljaar the address asks for."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dossiers.mensen.models import Provincie
from start.regio.queries.figures import VLAANDEREN


class RegioForm(forms.Form):
    """Read from the address; what it does not know there is all of Flanders, in the newest year.

    schooljaren: those that can be asked for, the newest first.
    """

    provincie = forms.ChoiceField(required=False, choices=[("", VLAANDEREN), *Provincie.choices])
    schooljaar = forms.TypedChoiceField(required=False, coerce=int)

    def __init__(self, data: Any, *, schooljaren: Iterable[int]) -> None:
        super().__init__(data)
        self._newest, *_ = jaren = tuple(schooljaren)
        self.fields["schooljaar"].choices = [(jaar, f"{jaar}-{jaar + 1}") for jaar in jaren]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def asked_provincie(self) -> Provincie | None:
        value = self.cleaned_data.get("provincie")
        return Provincie(value) if value else None

    @property
    def asked_schooljaar(self) -> int:
        return self.cleaned_data.get("schooljaar") or self._newest
