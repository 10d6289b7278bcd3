"""What a team tells, what its readers ask or decide, and what somebody looks for on the shelf."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from dossiers.acties.belonging import groups_for
from dossiers.acties.forms import BelongsField, OwnWordsForm
from dossiers.materialen.models import Fase
from dossiers.mensen.models import Niveau, School
from dossiers.praktijken.models import MAX_VRAAG, WOORDEN, Praktijk
from dossiers.velden.guarded import GuardedForm
from stsdialoog.fields import FormKeyField, SearchFormField, SeenField
from stsdialoog.herkenning.pupils import recognise_pupil
from stsdialoog.layout import OneButtonHelper
from stsdialoog.text import paragraph

TE_LANG = (
    "Dit telt %(show_value)d tekens en er passen er %(limit_value)d: maak het korter. "
    "Wat je typte, staat er nog."
)
TOCH = "Staat er echt geen leerling in? Deel het dan nog eens."
EIGEN_WOORDEN = (
    "Maak er jullie eigen actie van. Trekt de school haar verhaal in, dan blijft die van jullie."
)
TOCH_EEN_VRAAG = "Hier staat nog een vraag. Kies ‘Vraag het team’, of maak dit vak leeg."


class PraktijkForm(GuardedForm, forms.ModelForm):
    """What worked, in four texts."""

    GUARDED = WOORDEN
    TOCH = TOCH

    sleutel = FormKeyField()
    seen = SeenField()

    class Meta:
        model = Praktijk
        fields = (*WOORDEN, "hoort_bij", "toon_school")
        labels: ClassVar = {
            "wat": "Wat deden jullie?",
            "veranderde": "Wat veranderde er?",
            "voor_wie": "Voor wie werkte het?",
            "werkte_niet": "Wat werkte niet?",
            "hoort_bij": "Waar hoort het bij?",
            "toon_school": "De naam van onze school mag erbij staan",
        }
        help_texts: ClassVar = {
            "voor_wie": "Bv. de eerste graad, of ouders die weinig Nederlands spreken.",
            "werkte_niet": "Daar heeft een andere school het meest aan.",
        }

    def __init__(self, *args: Any, today: date, knop: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})
        self.today = today
        if self.instance._state.adding:
            del self.fields["seen"]
        else:
            del self.fields["sleutel"]
            self.initial["seen"] = self.instance.mark
        for naam in WOORDEN:
            field = self.fields[naam]
            short = naam == "voor_wie"
            # The form tells it in our words, and a browser cuts off what was pasted.
            field.widget = forms.Textarea(attrs={"rows": 1 if short else 4})
            field.error_messages["max_length"] = TE_LANG
        self.fields["wat"].error_messages["required"] = "Zeg wat jullie deden."
        self.fields["veranderde"].error_messages["required"] = "Zeg wat er veranderde."
        now = self.initial.get("hoort_bij", "") or self.instance.hoort_bij
        self.fields["hoort_bij"] = forms.ChoiceField(
            label="Waar hoort het bij?",
            required=False,
            choices=[BelongsField.NONE, *groups_for(self.instance.dossier, now)],
        )
        self.helper = OneButtonHelper(*self.fields, knop=knop, warns=True)

    @property
    def woorden(self) -> dict[str, Any]:
        """What was told, by the name of its column."""
        return {naam: self.cleaned_data[naam] for naam in self.Meta.fields}

    def show_again(self, now: Praktijk) -> None:
        """Keep what was typed, beside what stands there now and was seen from here on."""
        self.data = {**dict(self.data.items()), "seen": now.mark}
        self.helper.attrs["data-onbewaard"] = "nog"


class LeesForm(forms.Form):
    """Two buttons: pass it on, or ask the team something in a sentence."""

    seen = SeenField()
    vraag = forms.CharField(
        label="Vraag aan het team",
        required=False,
        max_length=MAX_VRAAG,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        error_messages={"max_length": TE_LANG},
    )

    def __init__(self, data: QueryDict | None, *, praktijk: Praktijk) -> None:
        super().__init__(data, initial={"seen": praktijk.mark}, use_required_attribute=False)

    @property
    def asks(self) -> bool:
        """Whether the button to ask something was pressed."""
        return "terug" in self.data

    def clean_vraag(self) -> str:
        vraag = paragraph(self.cleaned_data["vraag"])
        if self.asks and not vraag:
            raise forms.ValidationError("Schrijf je vraag erbij.")
        if vraag and not self.asks:
            raise forms.ValidationError(TOCH_EEN_VRAAG)
        return vraag

    def show_again(self, now: Praktijk) -> None:
        self.data = {**dict(self.data.items()), "seen": now.mark}


class NavolgForm(OwnWordsForm):
    """An action after a practice of another school, in words of one's own."""

    def __init__(self, data: Mapping[str, str] | None, *, praktijk: Praktijk) -> None:
        super().__init__(data, prefix="nieuw-uit", citaat=praktijk.wat, waarom=EIGEN_WOORDEN)
        self.initial["wat"] = praktijk.wat


class SchoolForm(forms.Form):
    """For which school somebody says that it helped there too."""

    school = forms.ModelChoiceField(School.objects.none(), label="In welke school?")

    def __init__(self, data: QueryDict | None, *, scholen: list[School]) -> None:
        super().__init__(data, auto_id="hielp-%s", use_required_attribute=False)
        field = self.fields["school"]
        field.queryset = School.objects.filter(pk__in=[one.pk for one in scholen])  # type: ignore[attr-defined]
        if len(scholen) == 1:
            field.widget = forms.HiddenInput()
            self.initial["school"] = scholen[0].pk
        else:
            field.widget.attrs["class"] = "form-select"
            field.empty_label = "Kies een school"  # type: ignore[attr-defined]


class PlankForm(forms.Form):
    """Search words and filters. Invalid input is ignored without an error: read `wanted`."""

    zoek = SearchFormField(label="Zoek in de tekst", required=False)
    fase = forms.ChoiceField(
        label="Fase",
        required=False,
        choices=[
            ("", "Alle fases"),
            *((str(one.value), f"{one.value} {one.label}") for one in Fase),
        ],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    doel = forms.ChoiceField(
        label="Doelstelling", required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    niveau = forms.ChoiceField(
        label="Niveau",
        required=False,
        choices=[("", "Alle niveaus"), *Niveau.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, data: QueryDict, *, doelen: Mapping[str, str]) -> None:
        """Build the form.

        doelen: what each goal and phase is called, by its code.
        """
        super().__init__(data, auto_id="filter-%s")
        choices = [(code, words) for code, words in doelen.items()]
        self.fields["doel"].choices = [("", "Alle doelstellingen"), *choices]  # type: ignore[attr-defined]

    @property
    def keuzes(self) -> list[forms.BoundField]:
        return [self[naam] for naam in ("fase", "doel", "niveau")]

    @property
    def wanted(self) -> dict[str, str]:
        """The search values by field name; "" for a field that is empty or invalid."""
        self.full_clean()
        return {naam: self.cleaned_data.get(naam, "") for naam in self.fields}


def recognised_in(praktijk: Praktijk, *, today: date) -> list[tuple[str, list[tuple[str, bool]]]]:
    """What a team told, each with its label, in pieces that say whether a pupil was recognised."""
    labels = PraktijkForm.Meta.labels
    return [
        (labels[naam], _pieces(text, today))
        for naam in WOORDEN
        if (text := getattr(praktijk, naam))
    ]


def _pieces(text: str, today: date) -> list[tuple[str, bool]]:
    pieces = [(text, False)]
    for one in recognise_pupil(text, today=today):
        pieces = [
            part
            for piece, marked in pieces
            for part in ([(piece, True)] if marked else _split(piece, one.words))
        ]
    return pieces


def _split(text: str, words: str) -> list[tuple[str, bool]]:
    first, *others = text.split(words)
    return [(first, False), *(one for rest in others for one in ((words, True), (rest, False)))]
