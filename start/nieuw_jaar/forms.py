"""The form that starts a schooljaar: in which version of the plan."""

from collections.abc import Mapping
from typing import Any

from django import forms

from dossiers.materialen.models import Materiaalversie


class StartForm(forms.Form):
    """Which version the team works with; without a newer one there is nothing to choose."""

    versie = forms.ChoiceField(
        label="Met welke versie van het preventieplan?",
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "Kies met welke versie jullie werken.",
            "invalid_choice": "Er is intussen een andere versie. Kies opnieuw.",
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        nu: Materiaalversie,
        nieuwere: Materiaalversie | None,
    ) -> None:
        """Make the form.

        nu: the version of the last dossier. nieuwere: a newer one, if there is one to choose.
        """
        super().__init__(data, auto_id="%s", use_required_attribute=False)
        self.versies = {nu.versie: nu}
        if nieuwere is None:
            del self.fields["versie"]
            return
        self.versies[nieuwere.versie] = nieuwere
        veld = self.fields["versie"]
        veld.choices = [  # type: ignore[attr-defined]
            (nieuwere.versie, f"De nieuwste, {nieuwere.versie}"),
            (nu.versie, f"Die van nu, {nu.versie}: overstappen kan later ook"),
        ]
        veld.initial = nieuwere.versie

    @property
    def chosen(self) -> Materiaalversie | None:
        """The version that was chosen, once the form is valid; None without a choice."""
        return self.versies.get(self.cleaned_data.get("versie", ""))
