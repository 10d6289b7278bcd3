"""Forms to choose questions for teachers, and to answer them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from dossiers.anoniem.forms import LaatsteDagForm
from preventieplan.models import Antwoordstand
from preventieplan.spiegel.domain.spiegels import MAX_VRAGEN
from preventieplan.spiegel.domain.verschil import label_of
from preventieplan.spiegel.models import STANDEN, Spiegelvraag
from stsdialoog.fields import FormKeyField

TE_VEEL = (
    f"Kies hoogstens {MAX_VRAGEN} vragen: je kruiste er %(aantal)d aan. Zo antwoordt iedereen in "
    "drie minuten."
)
KIES = "Kies wat jij ziet."


class NieuweSpiegelForm(LaatsteDagForm):
    """Which questions the team puts to its teachers, and until when."""

    vragen = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kruis aan wat je aan alle leerkrachten wil vragen.",
            "invalid_choice": (
                "Een van de vragen kan je nu niet meer kiezen: kijk na wat er aangekruist staat."
            ),
        },
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, codes: Sequence[str], today: date
    ) -> None:
        """Build the form.

        codes: of the questions that can be chosen.
        """
        super().__init__(data, today=today, knop="Start de spiegel")
        keuze = cast(forms.MultipleChoiceField, self.fields["vragen"])
        keuze.choices = [(code, code) for code in codes]

    def clean_vragen(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["vragen"]
        if len(chosen) > MAX_VRAGEN:
            raise forms.ValidationError(TE_VEEL, params={"aantal": len(chosen)})
        return chosen


class SpiegelForm(forms.Form):
    """All that one teacher answers: a stand for each question."""

    blad = FormKeyField()

    def __init__(self, data: Mapping[str, Any] | None, *, vragen: Sequence[Spiegelvraag]) -> None:
        super().__init__(data, auto_id="%s")
        self._codes = [one.vraag for one in vragen]
        for one in vragen:
            self.fields[one.vraag] = forms.TypedChoiceField(
                label=one.tekst,
                coerce=Antwoordstand,
                choices=[(stand.value, label_of(stand).capitalize()) for stand in STANDEN],
                widget=forms.RadioSelect,
                error_messages={"required": KIES, "invalid_choice": KIES},
            )

    @property
    def vragen(self) -> Iterator[forms.BoundField]:
        return (self[code] for code in self._codes)

    @property
    def standen(self) -> dict[str, Antwoordstand]:
        return {code: self.cleaned_data[code] for code in self._codes}
