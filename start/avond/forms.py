"""Forms to prepare an evening, and to note who was there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from start.avond.domain.avonden import Keuze, preparation_mark
from start.avond.models import Agendapunt, Avond
from start.avond.queries.punten import STAP, goal_or_step, value_of
from stsdialoog.fields import DayFormField, SeenField
from stsdialoog.layout import OneButtonHelper
from stsdialoog.seen import mark_of
from stsdialoog.text import paragraph

# Proposals that one sees and can change, in minutes.
MINUTEN, MINUTEN_BELOFTEN = 20, 10
RIJEN = range(1, Agendapunt.AANTAL + 1)
KIES_ER_EEN = "Kies minstens één doelstelling of stap."
TWEE_KEER = "Dit koos je hierboven al: kies iets anders, of laat het leeg."
ALLEEN_BIJ_EEN_DOEL = "Briefjes om te scoren bestaan alleen bij een doelstelling: vink ze hier uit."


class MinutenField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        errors = {
            "required": "Geef aan hoeveel minuten dit mag duren.",
            "invalid": "Geef een aantal minuten, zoals 20.",
            "min_value": "Geef minstens 1 minuut.",
            "max_value": "Geef hoogstens %(limit_value)s minuten.",
        }
        super().__init__(
            min_value=1,
            max_value=Agendapunt.MAX_MINUTEN,
            error_messages=errors,
            localize=False,
            widget=forms.NumberInput(attrs={"class": "form-control"}),
            **kwargs,
        )


@dataclass(frozen=True)
class PointFields:
    """The fields of one point that can be chosen."""

    nummer: int
    wat: forms.BoundField
    minuten: forms.BoundField
    briefjes: forms.BoundField
    blad: forms.BoundField

    @property
    def druk(self) -> tuple[forms.BoundField, ...]:
        """What can be printed of it."""
        return (self.briefjes, self.blad)

    @property
    def velden(self) -> tuple[forms.BoundField, ...]:
        return (self.wat, self.minuten, *self.druk)


class AvondForm(forms.Form):
    """When an evening is, and its points in order."""

    seen = SeenField()
    dag = DayFormField(label="Dag", error_messages={"required": "Op welke dag zien jullie elkaar?"})
    uur = forms.TimeField(
        label="Uur (mag leeg blijven)",
        required=False,
        # How a browser sends it, and how somebody types it in one without a field for hours.
        input_formats=("%H:%M", "%H:%M:%S", "%Hu%M", "%H.%M"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Geef een uur zoals 19:30."},
    )
    beloften = MinutenField(label="Minuten")

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        avond: Avond | None,
        keuzes: Sequence[tuple[str, list[tuple[str, str]]]],
        today: date,
    ) -> None:
        """Build the form.

        avond: what was prepared, if anything was. keuzes: as `choices_for` gives them.
        """
        super().__init__(data, initial=_initial(avond, today), use_required_attribute=False)
        for naam in ("dag", "uur"):
            self.fields[naam].widget.attrs["class"] = "form-control"
        for nummer in RIJEN:
            self.fields[f"wat-{nummer}"] = forms.ChoiceField(
                label=f"Punt {nummer}",
                choices=[("", "Kies een doelstelling of een stap"), *keuzes],
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "Dit staat niet (meer) in jullie dossier."},
            )
            self.fields[f"minuten-{nummer}"] = MinutenField(label="Minuten", required=False)
            for naam, label in (("briefjes", "briefjes om te scoren"), ("blad", "de vragen")):
                self.fields[f"{naam}-{nummer}"] = forms.BooleanField(
                    label=label,
                    required=False,
                    widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                )

    @property
    def wanneer(self) -> list[forms.BoundField]:
        return [self["dag"], self["uur"]]

    @property
    def rijen(self) -> Iterator[PointFields]:
        for nummer in RIJEN:
            names = (f"{naam}-{nummer}" for naam in ("wat", "minuten", "briefjes", "blad"))
            yield PointFields(nummer, *(self[naam] for naam in names))

    @property
    def punten(self) -> list[Keuze]:
        """The chosen points of a valid form, in order."""
        return [self._keuze(nummer) for nummer in RIJEN if self.cleaned_data[f"wat-{nummer}"]]

    def clean(self) -> dict[str, Any]:
        chosen: set[str] = set()
        for nummer in RIJEN:
            wat = self.cleaned_data.get(f"wat-{nummer}", "")
            if wat in chosen:
                self.add_error(f"wat-{nummer}", TWEE_KEER)
            if wat and self.cleaned_data.get(f"minuten-{nummer}", MINUTEN) is None:
                self.cleaned_data[f"minuten-{nummer}"] = MINUTEN
            if wat.startswith(STAP) and self.cleaned_data.get(f"briefjes-{nummer}"):
                self.add_error(f"briefjes-{nummer}", ALLEEN_BIJ_EEN_DOEL)
            chosen |= {wat} - {""}
        if not chosen and not any(f"wat-{nummer}" in self.errors for nummer in RIJEN):
            self.add_error("wat-1", KIES_ER_EEN)
        return self.cleaned_data

    def _keuze(self, nummer: int) -> Keuze:
        wat = self.cleaned_data[f"wat-{nummer}"]
        where = goal_or_step(wat)
        printed = {naam: self.cleaned_data[f"{naam}-{nummer}"] for naam in ("briefjes", "blad")}
        return Keuze(minuten=self.cleaned_data[f"minuten-{nummer}"], **where, **printed)


class AanwezigForm(forms.Form):
    """Who was there, in names or as a number: as the team wants it."""

    seen = SeenField()
    aanwezig = forms.CharField(
        label="Wie was er? (mag leeg blijven)",
        required=False,
        max_length=Avond.MAX_AANWEZIG,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Namen of alleen een aantal, zoals jullie het willen: wie het dossier leest, "
        "leest dit ook. Geen namen van leerlingen.",
        error_messages={
            "max_length": "Dit telt %(show_value)d tekens en er passen er %(limit_value)d: maak "
            "het korter."
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, avond: Avond) -> None:
        super().__init__(
            data, initial={"seen": mark_of(avond.aanwezig), "aanwezig": avond.aanwezig}
        )
        self.helper = OneButtonHelper(*self.fields, knop="Bewaar", outlined=True, warns=True)

    def again(self, avond: Avond) -> "AanwezigForm":
        """The same words, beside what somebody else saved meanwhile."""
        form = AanwezigForm(
            {**dict(self.data.items()), "seen": mark_of(avond.aanwezig)}, avond=avond
        )
        form.is_valid()
        return form

    def clean_aanwezig(self) -> str:
        return paragraph(self.cleaned_data["aanwezig"])


def _initial(avond: Avond | None, today: date) -> dict[str, Any]:
    initial: dict[str, Any] = {"seen": preparation_mark(avond), "beloften": MINUTEN_BELOFTEN}
    initial |= {f"minuten-{nummer}": MINUTEN for nummer in RIJEN}
    if avond is None:
        return initial | {"dag": today}
    initial |= {"dag": avond.dag, "uur": avond.uur}
    for punt in avond.punten.all():
        if punt.is_beloften:
            initial["beloften"] = punt.minuten
            continue
        initial[f"wat-{punt.volgorde}"] = value_of(punt)
        for naam in ("minuten", "briefjes", "blad"):
            initial[f"{naam}-{punt.volgorde}"] = getattr(punt, naam)
    return initial
