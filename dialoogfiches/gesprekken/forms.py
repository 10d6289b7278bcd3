"""The fields of a talk: its cover, notes and results, and the elaboration of its actions."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, cast

from django import forms

from dialoogfiches.gesprekken.models import (
    Gesprekstap,
    Notitie,
    Uitwerking,
    VoorbereideVraag,
    Voorbereiding,
)
from dossiers.acties.forms import BelongsField
from dossiers.velden.formfields import DayField, LongTextField
from dossiers.velden.forms import Veld, VeldenForm
from stsdialoog.fields import DayFormField, FormKeyField, LineFormField
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
ONZE_FOCUS = "Onze focus"
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

    tekst = LongTextField(rows=2, help_text="Wat jullie samen zeggen, zonder namen van leerlingen.")

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
    hoort_bij = BelongsField()

    def __init__(self, *, record: Gesprekstap, **kwargs: Any) -> None:
        super().__init__(record=record, **kwargs)
        # For the style sheet, which distinguishes empty results by :placeholder-shown.
        self.fields["resultaat"].widget.attrs["placeholder"] = " "
        if record.onderdeel.chooses_focus:
            self.fields["resultaat"].label = ONZE_FOCUS
        cast(BelongsField, self.fields["hoort_bij"]).choose_for(record)

    @staticmethod
    def sleutel(record: Gesprekstap) -> str:
        return f"{record.gesprek_id}-{record.onderdeel.code}"


class UitwerkingForm(VeldenForm):
    kind: ClassVar = "uitwerking"
    CHECKED: ClassVar = frozenset({"bereiken", "aanpak", "merkbaar", "vieren", "delen", "houden"})

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
    sleutel = FormKeyField()
    titel = LineFormField(
        label="Titel",
        max_length=MAX_TITEL,
        error_messages={"required": GEEN_TITEL, "max_length": TITEL_TE_LANG},
    )
    datum = DayFormField(label="Datum", required=False)
    deelnemers = LongTextField(
        label="Deelnemers (mag leeg blijven)",
        help_text=f"Wie zit er rond de tafel? Je kan dit later aanvullen. {GEEN_LEERLINGEN}",
        rows=2,
    )

    def __init__(self, data: Any = None, *, titel: str, datum: date) -> None:
        super().__init__(
            data,
            initial={"titel": titel, "datum": datum},
            use_required_attribute=False,
        )
        self.helper = OneButtonHelper(*self.fields, knop="Start het gesprek", warns=True)


class VoorbereidingForm(forms.Form):
    """When, where and how long; the questions, each with a field for its minutes.

    codes: of the questions that can be chosen.
    """

    # A calendar asks for an end; this one is a proposal that one sees and can change.
    MINUTEN = 60

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    datum = DayFormField(label="Dag", required=False)
    uur = forms.TimeField(
        label="Uur",
        required=False,
        # How a browser sends it, and how somebody types it in one without a field for hours.
        input_formats=("%H:%M", "%H:%M:%S", "%Hu%M", "%H.%M"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Geef een uur zoals 15:45."},
    )
    minuten = forms.IntegerField(
        label="Hoelang, in minuten",
        min_value=Voorbereiding.MIN_MINUTEN,
        max_value=Voorbereiding.MAX_MINUTEN,
        error_messages={
            "required": "Geef aan hoeveel minuten het gesprek mag duren.",
            "invalid": "Geef een aantal minuten, zoals 60.",
            "min_value": "Neem minstens %(limit_value)s minuten voor het gesprek.",
            "max_value": "Een gesprek duurt hier hoogstens %(limit_value)s minuten.",
        },
    )
    plaats = LineFormField(
        label="Plaats (mag leeg blijven)",
        required=False,
        max_length=Voorbereiding.MAX_PLAATS,
        error_messages={
            "max_length": "Deze plaats telt %(show_value)d tekens en er passen er "
            "%(limit_value)d: maak ze korter."
        },
    )

    def __init__(
        self, data: Any = None, *, codes: Iterable[str], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(
            data, initial={"minuten": self.MINUTEN, **(initial or {})}, use_required_attribute=False
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        codes = tuple(codes)
        self.fields["vragen"] = forms.MultipleChoiceField(
            choices=[(code, code) for code in codes],
            required=False,
            error_messages={
                "invalid_choice": "Een van de vragen bestaat niet meer. Kijk na wat er nu staat."
            },
        )
        for code in codes:
            self.fields[f"minuten-{code}"] = forms.IntegerField(
                required=False,
                min_value=1,
                max_value=VoorbereideVraag.MAX_MINUTEN,
                error_messages={
                    "invalid": "Geef een aantal minuten, zoals 10.",
                    "min_value": "Geef minstens 1 minuut.",
                    "max_value": "Geef hoogstens %(limit_value)s minuten.",
                },
            )

    @property
    def chosen(self) -> dict[str, int | None]:
        """The minutes of the chosen questions of a valid form, by their code."""
        return {code: self.cleaned_data[f"minuten-{code}"] for code in self.cleaned_data["vragen"]}
