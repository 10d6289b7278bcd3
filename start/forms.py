"""The forms that choose a question of the preventieplan, and schools out of many."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from dossiers.mensen.models import Niveau
from preventieplan.models import Checklistvraag
from preventieplan.queries.plan import PlanPhase
from start.domain.attention import Groep
from start.queries.scholen import Selection
from start.queries.table import COLUMNS
from stsdialoog.fields import SearchFormField

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


class ScholenForm(forms.Form):
    """Which schools somebody wants to see. Invalid input is ignored without an error."""

    zoek = SearchFormField(required=False)
    niveau = forms.ChoiceField(required=False, choices=[("", "Alle niveaus"), *Niveau.choices])
    gemeente = SearchFormField(required=False)
    groep = forms.ChoiceField(required=False, choices=[("", "Alles"), *Groep.choices])
    mijn = forms.BooleanField(required=False)
    sorteer = forms.ChoiceField(
        required=False, choices=[(way + name, name) for name in COLUMNS for way in ("", "-")]
    )

    @property
    def selection(self) -> Selection:
        self.full_clean()
        wanted = {name: self.cleaned_data.get(name) for name in self.fields}
        return Selection(
            zoek=wanted["zoek"] or "",
            niveau=wanted["niveau"] or "",
            gemeente=wanted["gemeente"] or "",
            mijn=bool(wanted["mijn"]),
            groep=Groep(wanted["groep"]) if wanted["groep"] else None,
            sorteer=wanted["sorteer"] or "",
        )
