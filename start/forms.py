"""The form that chooses a question of the preventieplan."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from preventieplan.models import Checklistvraag
from preventieplan.queries.plan import PlanPhase

KIES = "Kies eerst bij welke vraag deze groeikans hoort."


class GroeikansForm(forms.Form):
    """The question of the plan to copy an answer to; the template renders it per goal."""

    vraag = forms.ChoiceField(error_messages={"required": KIES, "invalid_choice": KIES})

    def __init__(self, data: Mapping[str, Any] | None, *, plan: Iterable[PlanPhase]) -> None:
        super().__init__(data)
        self.vragen = {
            vraag.code: vraag
            for fase in plan
            for doel in fase.doelen
            for vraag, _ in doel.antwoorden
        }
        keuze = cast(forms.ChoiceField, self.fields["vraag"])
        keuze.choices = [(code, vraag.tekst) for code, vraag in self.vragen.items()]

    def clean_vraag(self) -> Checklistvraag:
        return self.vragen[self.cleaned_data["vraag"]]
