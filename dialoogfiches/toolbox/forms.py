"""The search form of the shelf. An invalid filter value is ignored."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dossiers.materialen.models import Doelgroep, Fase
from dossiers.materialen.shelf import ShelfRow
from stsdialoog.fields import SearchFormField


def _choice(label: str, everything: str, choices: dict[str, str]) -> forms.ChoiceField:
    ordered = sorted(choices.items(), key=lambda choice: choice[1])
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", everything), *ordered],
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class ToolboxForm(forms.Form):
    """Search words and filters. Invalid input is ignored without an error: read `wanted`.

    rijen: the shelf; its PLG's and kinds are the choices.
    """

    zoek = SearchFormField(label="Zoek in de tekst", required=False)
    fase = forms.ChoiceField(
        label="Fase",
        required=False,
        choices=[("", "Alle fases"), *((str(fase.value), fase.label) for fase in Fase)],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, rijen: Iterable[ShelfRow]) -> None:
        super().__init__(data, auto_id="filter-%s")
        plgs = {rij.materiaal.plg: rij.materiaal.plg for rij in rijen}
        soorten = {str(rij.vorm): str(rij.vorm.label) for rij in rijen}
        self.fields["doelgroep"] = _choice("Voor wie", "Iedereen", dict(Doelgroep.choices))
        self.fields["plg"] = _choice("PLG", "Alle PLG's", plgs)
        self.fields["soort"] = _choice("Soort", "Alle soorten", soorten)

    @property
    def keuzes(self) -> list[forms.BoundField]:
        """The select fields, shown below the stairs of phases."""
        return [self[name] for name in ("doelgroep", "plg", "soort")]

    @property
    def wanted(self) -> dict[str, str]:
        """The search values by field name; "" for a field that is empty or invalid."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
