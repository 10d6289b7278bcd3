"""Which lines of the log somebody wants to see."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from dossiers.inzage.domain import Groep, kinds_in
from dossiers.logboek.models import Logregel

PERIODES = [("7", "De laatste 7 dagen"), ("30", "De laatste 30 dagen"), ("365", "Het laatste jaar")]


class LogboekForm(forms.Form):
    """A choice of lines. Invalid input is ignored without an error."""

    wat = forms.ChoiceField(required=False)
    wie = forms.ChoiceField(required=False)
    sinds = forms.ChoiceField(label="Wanneer", required=False, choices=[("", "Altijd"), *PERIODES])

    def __init__(
        self, data: Any, *, groepen: Iterable[Groep], people: Iterable[tuple[str, str]]
    ) -> None:
        """people: key and name of whom one can choose."""
        super().__init__(data)
        wat: Any = self.fields["wat"]
        wat.choices = [("", "Alles"), *((groep.value, groep.label) for groep in groepen)]
        wie: Any = self.fields["wie"]
        wie.choices = [("", "Iedereen"), *people]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def chosen(self, lines: QuerySet[Logregel]) -> QuerySet[Logregel]:
        """Of these lines, those that somebody asked for."""
        self.full_clean()
        if wat := self.cleaned_data.get("wat"):
            lines = lines.filter(handeling__in=kinds_in((Groep(wat),)))
        if wie := self.cleaned_data.get("wie"):
            lines = lines.filter(door=wie)
        if sinds := self.cleaned_data.get("sinds"):
            lines = lines.filter(op__gte=timezone.now() - timedelta(days=int(sinds)))
        return lines
