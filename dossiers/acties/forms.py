"""The fields of an action, as the overview and the goal page draw them."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms

from dossiers.acties.models import Actiestand, Besluit
from dossiers.velden.formfields import DatumField, LijstField, TekstField, VasteLijstField
from dossiers.velden.forms import VeldenForm


class ActieForm(VeldenForm):
    soort: ClassVar = "actie"

    wat = TekstField(label="Wat", rows=2)
    wie = TekstField(label="Wie", rows=1)
    wanneer = TekstField(label="Wanneer, in woorden", rows=1)
    wanneer_op = DatumField(label="Klaar tegen")
    stand = VasteLijstField(label="Stand", choices=Actiestand.choices)
    check_op = DatumField(label="Check op")
    besluit = LijstField(label="Besluit", choices=Besluit.choices, leeg="nog te checken")
    vaststelling = TekstField(label="Wat stelden we vast?", rows=1)

    def clean_wat(self) -> str:
        wat: str = self.cleaned_data["wat"]
        if not wat.strip():
            raise forms.ValidationError(
                "Zeg wat je plant. Moet deze actie weg? Kies dan ‘Schrap deze actie’."
            )
        return wat


class SleutelField(forms.UUIDField):
    """What tells one drawn form from another, unseen: the same form that is sent twice shows it."""

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid4, widget=forms.HiddenInput)

    def clean(self, value: Any) -> UUID:
        # Nobody can mend what nobody sees: without a good key the form is one that is sent once.
        try:
            return super().clean(value) or uuid4()
        except forms.ValidationError:
            return uuid4()

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002
        return False


class NieuweActieForm(forms.Form):
    """A new action, with room for who and when at once. Left empty, nothing is planned."""

    sleutel = SleutelField()
    wat = TekstField(label="Wat gaan jullie doen?", rows=2)
    wie = TekstField(label="Wie", rows=1)
    wanneer = TekstField(label="Wanneer", rows=1)

    def __init__(self, data: Mapping[str, str] | None, *, prefix: str) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s", use_required_attribute=False)

    def clean_wat(self) -> str:
        wat: str = self.cleaned_data["wat"]
        if not wat.strip():
            raise forms.ValidationError("Zeg eerst wat jullie gaan doen.")
        return wat
