"""Forms to open a round, to score in one, and to count papers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.urls import reverse

from dossiers.materialen.models import Fase
from preventieplan.inschalen.domain.rondes import MAX_DEELNEMERS, MAX_DOELEN
from preventieplan.inschalen.models import CODE_LENGTH, MAX_ZIN, MIN_SCORES
from preventieplan.models import MAX_SCORE, Doelstelling
from stsdialoog.fields import FormKeyField, LineFormField
from stsdialoog.layout import OneButtonHelper

GEEN_GETAL = "Typ een heel getal."
TE_WEINIG = (
    f"Stil inschalen kan vanaf {MIN_SCORES} mensen: met minder kan je raden wie wat gaf. Zijn "
    "jullie met minder? Bespreek de score dan samen, en kies ze op de pagina van de doelstelling."
)
TE_WEINIG_TELEFOONS = (
    f"Met minder dan {MIN_SCORES} telefoons raadt wie de papieren telt, wat er op de telefoons "
    "gegeven is. Scoor dan allemaal op papier."
)
GEEN_TELLING = "Typ bij een doelstelling hoeveel papieren elke score kreeg."
TE_VEEL = f"Meer dan {MAX_DEELNEMERS} mensen tegelijk kan niet: kijk het aantal na."
TE_LANG = (
    "Deze zin telt %(show_value)d tekens en er passen er %(limit_value)d: maak hem korter. Wat je "
    "typte, staat er nog."
)


class AantalField(forms.IntegerField):
    """How many people."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "required": GEEN_GETAL,
            "invalid": GEEN_GETAL,
            "min_value": GEEN_GETAL,
            "max_value": TE_VEEL,
        }
        super().__init__(
            min_value=0, max_value=MAX_DEELNEMERS, error_messages=errors, localize=False, **kwargs
        )


class NieuweRondeForm(forms.Form):
    """Which goals a round is about, and how many people score."""

    doelen = forms.MultipleChoiceField(
        label="Welke doelstellingen?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kruis aan waarover jullie scoren.",
            "invalid_choice": "Deze doelstelling staat niet in jullie plan.",
        },
    )
    telefoons = AantalField(label="Hoeveel mensen scoren op hun telefoon?")
    papieren = AantalField(
        label="Hoeveel scoren er op papier?",
        initial=0,
        help_text="Wie het gesprek leidt of alleen meekijkt, telt bij geen van beide mee.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        doelen: Sequence[Doelstelling],
        gekozen: Sequence[str] = (),
    ) -> None:
        """Build the form.

        doelen: those of the plan, in order. gekozen: the codes that are ticked beforehand.
        """
        super().__init__(data, initial={"doelen": list(gekozen)})
        keuze = cast(forms.MultipleChoiceField, self.fields["doelen"])
        keuze.choices = [
            (f"Fase {fase}: {Fase(fase).label}", [(doel.code, doel.kort) for doel in some])
            for fase in Fase.values
            if (some := [doel for doel in doelen if doel.fase == fase])
        ]
        self._order = [doel.code for doel in doelen]
        self.helper = OneButtonHelper(*self.fields, knop="Open de ronde", warns=True)

    def clean_doelen(self) -> list[str]:
        """The chosen codes, in the order of the plan."""
        chosen = self.cleaned_data["doelen"]
        if len(chosen) > MAX_DOELEN:
            raise forms.ValidationError(
                f"Kies er hoogstens {MAX_DOELEN}: meer is te veel voor één keer."
            )
        return [code for code in self._order if code in chosen]

    def clean(self) -> dict[str, Any]:
        telefoons, papieren = (self.cleaned_data.get(naam) for naam in ("telefoons", "papieren"))
        if telefoons is not None and papieren is not None:
            if telefoons + papieren < MIN_SCORES:
                self.add_error("telefoons", TE_WEINIG)
            elif 0 < telefoons < MIN_SCORES:
                self.add_error("telefoons", TE_WEINIG_TELEFOONS)
            elif telefoons + papieren > MAX_DEELNEMERS:
                self.add_error("telefoons", TE_VEEL)
        return self.cleaned_data


@dataclass(frozen=True)
class GoalFields:
    """What a phone asks for one goal."""

    doel: Doelstelling
    score: forms.BoundField
    zin: forms.BoundField


class StemForm(forms.Form):
    """All that one person gives: a score for each goal of a round, and a sentence if she wants."""

    blad = FormKeyField()

    def __init__(self, data: Mapping[str, Any] | None, *, doelen: Sequence[Doelstelling]) -> None:
        super().__init__(data, auto_id="%s")
        self._doelen = doelen
        for doel in doelen:
            self.fields[f"score-{doel.code}"] = forms.TypedChoiceField(
                label="Onze score",
                coerce=int,
                choices=[(score, str(score)) for score in range(MAX_SCORE + 1)],
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Kies een score van 0 tot 10.",
                    "invalid_choice": "Kies een score van 0 tot 10.",
                },
            )
            zin = LineFormField(
                label="Waarom? In één zin, als je wil.",
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off", "class": "form-control"}),
            )
            zin.validators.append(MaxLengthValidator(MAX_ZIN, TE_LANG))
            self.fields[f"zin-{doel.code}"] = zin

    @property
    def parts(self) -> Iterator[GoalFields]:
        for doel in self._doelen:
            yield GoalFields(doel, self[f"score-{doel.code}"], self[f"zin-{doel.code}"])

    @property
    def scores(self) -> dict[str, int]:
        return {doel.code: self.cleaned_data[f"score-{doel.code}"] for doel in self._doelen}

    @property
    def zinnen(self) -> dict[str, str]:
        return {doel.code: self.cleaned_data[f"zin-{doel.code}"] for doel in self._doelen}


class TellingForm(forms.Form):
    """How many papers have each score, for each goal of a round.

    What was counted so far does not stand in it: whoever works in the dossier may open this form
    before the spread is shown, and the papers may be of two people. A goal of which nothing is
    typed stays as it was counted.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        doelen: Sequence[Doelstelling],
        papieren: int,
        seen: int,
    ) -> None:
        """Build the form.

        papieren: how many there are. seen: how many times they were counted.
        """
        super().__init__(data, initial={"seen": seen})
        self._doelen, self._papieren = doelen, papieren
        for doel in doelen:
            for score in range(MAX_SCORE + 1):
                self.fields[self._name(doel, score)] = AantalField(label=str(score), required=False)

    @property
    def parts(self) -> Iterator[tuple[Doelstelling, list[forms.BoundField]]]:
        for doel in self._doelen:
            yield doel, [self[self._name(doel, score)] for score in range(MAX_SCORE + 1)]

    def show_again(self, seen: int) -> None:
        """Keep what was typed, beside what was counted meanwhile and was seen from here on."""
        self.data = {**dict(self.data.items()), "seen": seen}

    @property
    def tellingen(self) -> dict[str, list[int]]:
        """What was typed: for the code of a goal a number for each score from 0 up."""
        return {doel.code: self._telling(doel) for doel in self._doelen if self._is_typed(doel)}

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.tellingen:
            self.add_error(None, GEEN_TELLING)
        for doel in self._doelen:
            if (counted := sum(self._telling(doel))) > self._papieren:
                self.add_error(
                    None,
                    f"‘{doel.kort}’: je telde {counted} papieren en er zijn er {self._papieren}. "
                    "Tel ze opnieuw.",
                )
        return self.cleaned_data

    def _telling(self, doel: Doelstelling) -> list[int]:
        return [count or 0 for count in self._typed(doel)]

    def _is_typed(self, doel: Doelstelling) -> bool:
        return any(count is not None for count in self._typed(doel))

    def _typed(self, doel: Doelstelling) -> Iterator[int | None]:
        for score in range(MAX_SCORE + 1):
            yield self.cleaned_data.get(self._name(doel, score))

    @staticmethod
    def _name(doel: Doelstelling, score: int) -> str:
        return f"papier-{doel.code}-{score}"


class CodeForm(forms.Form):
    """The code that stands on the screen."""

    code = LineFormField(
        label="De code op het scherm",
        max_length=2 * CODE_LENGTH,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "score-code",
            }
        ),
        error_messages={
            "required": "Typ de code die op het scherm staat.",
            "max_length": "Die code is te lang: kijk ze na op het scherm.",
        },
    )

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        # Also from the page of a code that was wrong, which has that code in its address.
        self.helper = OneButtonHelper("code", knop="Ga verder", action=reverse("score-code"))
        self.helper.form_method = "get"
