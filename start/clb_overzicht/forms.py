"""Which schools somebody wants to see in the overview of a CLB."""

from typing import Any

from django import forms
from django.http import QueryDict

from dossiers.mensen.models import Niveau
from start.clb_overzicht.domain import label_of
from start.clb_overzicht.queries import Choices, Chosen


class OverzichtForm(forms.Form):
    """A choice of schools and a schooljaar. Invalid input is ignored without an error."""

    schooljaar = forms.TypedChoiceField(required=False, coerce=int)
    niveau = forms.ChoiceField(required=False, choices=[("", "Alle niveaus"), *Niveau.choices])
    gemeente = forms.ChoiceField(required=False)
    volger = forms.ChoiceField(label="Gevolgd door", required=False)

    def __init__(self, data: QueryDict, *, choices: Choices) -> None:
        super().__init__({"schooljaar": choices.nu, **data.dict()})
        self.nu = choices.nu
        for name, first, found in (
            ("schooljaar", [], [(jaar, label_of(jaar)) for jaar in choices.schooljaren]),
            ("gemeente", [("", "Alle gemeenten")], [(one, one) for one in choices.gemeenten]),
            ("volger", [("", "Wie dan ook")], choices.volgers),
        ):
            field: Any = self.fields[name]
            field.choices = [*first, *found]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def chosen(self) -> Chosen:
        self.full_clean()
        wanted = {name: self.cleaned_data.get(name) for name in self.fields}
        return Chosen(
            schooljaar=wanted["schooljaar"] or self.nu,
            niveau=wanted["niveau"] or "",
            gemeente=wanted["gemeente"] or "",
            volger=wanted["volger"] or "",
        )
