"""The forms with which a routekaart is fixed, sent to the board and answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format

from dossiers.velden.forms import pupil_line_of
from preventieplan.bestuur.domain.antwoorden import Given
from preventieplan.bestuur.domain.links import DAGEN, MAX_DAGEN
from preventieplan.bestuur.models import MAX_FUNCTIE, MAX_ZIN, Bestuursantwoord, Keuze
from stsdialoog.fields import (
    AddressFormField,
    DayFormField,
    FormKeyField,
    NameFormField,
    SeenField,
)
from stsdialoog.layout import OneButtonHelper
from stsdialoog.text import paragraph

# The names of the fields of an AntwoordForm.
ANSWER = re.compile(r"seen|gelezen|(?:keuze|zin)-\d{1,2}")
TE_LANG = (
    "Dit telt %(show_value)d tekens en er passen er %(limit_value)d: maak het korter. "
    "Wat je typte, staat er nog."
)


class VaststelForm(forms.Form):
    """One button, and which names may stay on the document."""

    sleutel = FormKeyField()
    seen = SeenField()
    namen = forms.MultipleChoiceField(
        label="Welke namen mogen erop staan?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Wat je niet aanvinkt, wordt een functie.",
    )

    def __init__(
        self, *args: Any, namen: Sequence[tuple[str, str]], seen: str, **kwargs: Any
    ) -> None:
        """Build the form.

        namen: a mark and a label for each. seen: the mark of what the page shows.
        """
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        if namen:
            self.fields["namen"].choices = namen  # type: ignore[attr-defined]
        else:
            del self.fields["namen"]
        shown = [name for name in ("sleutel", "seen", "namen") if name in self.fields]
        self.helper = OneButtonHelper(*shown, knop="Stel deze routekaart vast", warns=bool(namen))


class LinkForm(forms.Form):
    """A member of the board, her address, and until when."""

    functie = NameFormField(
        label="Voor wie in het bestuur?",
        help_text="De functie, bv. voorzitter. Die staat straks bij het antwoord.",
        max_length=MAX_FUNCTIE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Zeg welke functie.", "max_length": TE_LANG},
    )
    email = AddressFormField(
        label="E-mailadres",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Geef het e-mailadres.",
            "invalid": "Dit is geen e-mailadres. Kijk het even na.",
        },
    )
    tot = DayFormField(
        label="Laatste dag om te lezen en te antwoorden",
        error_messages={"required": "Kies de laatste dag."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})
        latest = today + timedelta(days=MAX_DAGEN)
        veld = self.fields["tot"]
        veld.initial = today + timedelta(days=DAGEN)
        veld.widget.attrs |= {"min": today.isoformat(), "max": latest.isoformat()}
        te_ver = f"Dat is te ver weg: kies ten laatste {date_format(latest)}."
        veld.validators = [
            MinValueValidator(today, "Die dag is voorbij: kies vandaag of later."),
            MaxValueValidator(latest, te_ver),
        ]
        self.helper = OneButtonHelper(*self.fields, knop="Mail de link", warns=True)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code uit de mail",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        error_messages={
            "required": "Typ de zes cijfers uit de mail.",
            "max_length": "Een code telt zes cijfers.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})

    def clean_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isdecimal())


def sent_answers(data: Mapping[str, str]) -> dict[str, str]:
    """The fields of an AntwoordForm among what was sent; none when it was not one."""
    if "seen" not in data:
        return {}
    return {naam: data[naam] for naam in data if ANSWER.fullmatch(naam)}


@dataclass(frozen=True)
class QuestionFields:
    """What was asked, with the two fields of its answer."""

    nummer: int
    tekst: str
    keuze: forms.BoundField
    zin: forms.BoundField
    herkend: str


class AntwoordForm(forms.Form):
    """Ja, nee or later to each thing that was asked, with a sentence."""

    seen = SeenField()
    # That a name may stand in it was read.
    gelezen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        vragen: Sequence[str],
        last: Mapping[int, Bestuursantwoord],
        seen: str,
        **kwargs: Any,
    ) -> None:
        """vragen: what was asked. last: what she answered before, by number. seen: its mark."""
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})
        self._vragen = dict(enumerate(vragen, start=1))
        self._answered = set(last)
        self.initial["seen"] = seen
        for nummer, vraag in self._vragen.items():
            before = last.get(nummer)
            self.fields[f"keuze-{nummer}"] = forms.ChoiceField(
                label=vraag,
                choices=[(one.value, one.label.capitalize()) for one in Keuze],
                required=False,
                widget=forms.RadioSelect,
                initial=before.keuze if before else None,
            )
            self.fields[f"zin-{nummer}"] = forms.CharField(
                label="In een zin (mag leeg blijven)",
                required=False,
                max_length=MAX_ZIN,
                initial=before.zin if before else "",
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control groeit"}),
                error_messages={"max_length": TE_LANG},
            )
            # A browser would cut what is pasted, without a word.
            del self.fields[f"zin-{nummer}"].widget.attrs["maxlength"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for nummer in self._vragen:
            zin = cleaned.get(f"zin-{nummer}")
            if zin is not None:
                cleaned[f"zin-{nummer}"] = paragraph(zin)
            if zin and not cleaned.get(f"keuze-{nummer}"):
                self.add_error(f"keuze-{nummer}", "Kies ook ja, nee of later.")
        if not self.errors and not self.given:
            raise forms.ValidationError("Antwoord op minstens één vraag.")
        return cleaned

    @property
    def given(self) -> dict[int, Given]:
        """The answers by number, without those to which she says nothing."""
        return {
            nummer: Given(keuze, self.cleaned_data.get(f"zin-{nummer}", ""))
            for nummer in self._vragen
            if (keuze := self.cleaned_data.get(f"keuze-{nummer}"))
        }

    def press_again(self, *, seen: str | None, gelezen: bool) -> None:
        """Let the same button send what was refused now.

        seen: the mark of what stands there now, once she was shown that. gelezen: whether she is
            shown what in her words may be a name.
        """
        sent = {name: self.data[name] for name in self.data}
        if seen is not None:
            sent["seen"] = seen
        if gelezen:
            sent["gelezen"] = "1"
        self.data = sent

    @property
    def has_many(self) -> bool:
        return len(self._vragen) > 1

    @property
    def recognises_somebody(self) -> bool:
        return any(one.herkend for one in self.questions)

    @property
    def questions(self) -> Iterator[QuestionFields]:
        for nummer, tekst in self._vragen.items():
            zin = self[f"zin-{nummer}"]
            herkend = pupil_line_of(str(zin.value() or "")) if self.is_bound else ""
            yield QuestionFields(nummer, tekst, self[f"keuze-{nummer}"], zin, herkend)
