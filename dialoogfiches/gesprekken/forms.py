"""The fields of a talk: its cover, notes and results, and the elaboration of its actions."""

from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from dialoogfiches.gesprekken.models import Gesprekstap, Notitie, Uitwerking
from dossiers.velden.formfields import GEEN_DATUM, DayField, LongTextField
from dossiers.velden.forms import Veld, VeldenForm
from stsdialoog.fields import LineFormField
from stsdialoog.layout import OneButtonHelper
from stsdialoog.text import line

# Maximum length of a title, in characters: two lines in a list.
MAX_TITEL = 150
TITEL_TE_LANG = (
    "Deze titel telt %(show_value)d tekens en er passen er %(limit_value)d: maak hem korter."
)
GEEN_TITEL = "Geef het gesprek een titel, dan vind je het terug."
# The fields of Uitwerking for the step that makes the plan; the rest are for the one that
# celebrates.
PLANVELDEN = ("bereiken", "aanpak", "merkbaar")
GEEN_LEERLINGEN = "Noem hier geen namen van leerlingen."


class GesprekForm(VeldenForm):
    kind: ClassVar = "gesprek"

    titel = LongTextField(label="Titel", rows=1)
    datum = DayField(label="Datum")
    deelnemers = LongTextField(
        label="Deelnemers", help_text=f"Wie zit er rond de tafel? {GEEN_LEERLINGEN}", rows=2
    )

    def clean_titel(self) -> str:
        titel = line(self.cleaned_data["titel"])
        if not titel:
            raise forms.ValidationError(GEEN_TITEL)
        if len(titel) > MAX_TITEL:
            raise forms.ValidationError(
                TITEL_TE_LANG % {"show_value": len(titel), "limit_value": MAX_TITEL}
            )
        return titel


class NotitieForm(VeldenForm):
    kind: ClassVar = "notitie"
    CHECKED: ClassVar = frozenset({"tekst"})

    tekst = LongTextField(rows=2)

    def __init__(self, *, record: Notitie, **kwargs: Any) -> None:
        super().__init__(record=record, **kwargs)
        # The question labels the field, also in its history and in a conflict.
        self.fields["tekst"].label = record.item.tekst
        # For the style sheet, which distinguishes empty notes by :placeholder-shown.
        self.fields["tekst"].widget.attrs["placeholder"] = " "

    @staticmethod
    def sleutel(record: Notitie) -> str:
        return f"{record.gesprek_id}-{record.item.code}"


class StapForm(VeldenForm):
    kind: ClassVar = "stap"
    CHECKED: ClassVar = frozenset({"resultaat"})

    resultaat = LongTextField(label="Resultaat van deze stap", rows=3)

    @staticmethod
    def sleutel(record: Gesprekstap) -> str:
        return f"{record.gesprek_id}-{record.onderdeel.code}"


class UitwerkingForm(VeldenForm):
    kind: ClassVar = "uitwerking"

    bereiken = LongTextField(label="Wat willen we bereiken?", rows=2)
    aanpak = LongTextField(label="Hoe pakken we het aan?", rows=2)
    merkbaar = LongTextField(label="Hoe zien we dat we bereiken wat we willen?", rows=2)
    vieren = LongTextField(label="Zo vieren we dit", rows=2)
    delen = LongTextField(label="Zo delen we dit", rows=2)
    houden = LongTextField(label="Zo krijgt dit een vaste plek", rows=2)

    @property
    def gepland(self) -> list[Veld]:
        """The fields of the plan that were filled in."""
        return [veld for veld in self.velden() if veld.name in PLANVELDEN and veld.display_text]

    @staticmethod
    def sleutel(record: Uitwerking) -> str:
        return str(record.actie_id)


class NewGesprekForm(forms.Form):
    # Generated with the page, so that a second click on its button does not create a second talk.
    sleutel = forms.UUIDField(widget=forms.HiddenInput)
    titel = LineFormField(
        label="Titel",
        max_length=MAX_TITEL,
        error_messages={"required": GEEN_TITEL, "max_length": TITEL_TE_LANG},
    )
    datum = forms.DateField(
        label="Datum",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": GEEN_DATUM},
    )
    deelnemers = LongTextField(
        label="Deelnemers (mag leeg blijven)",
        help_text=f"Wie zit er rond de tafel? Je kan dit later aanvullen. {GEEN_LEERLINGEN}",
        rows=2,
    )

    def __init__(self, data: Any = None, *, titel: str, datum: date) -> None:
        super().__init__(
            data,
            initial={"sleutel": uuid4(), "titel": titel, "datum": datum},
            use_required_attribute=False,
        )
        self.helper = OneButtonHelper(*self.fields, knop="Start het gesprek")
