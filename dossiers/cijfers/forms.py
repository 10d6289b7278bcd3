"""The figures as a school types them: one form for the head, and one for each group of pupils."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dossiers.cijfers.models import (
    DREMPELS,
    KLEINSTE,
    MEESTE,
    MINDER_DAN_5,
    MINDER_DAN_VORIGE,
    Cell,
    Cijfergroep,
    Cijfers,
    Groep,
    Reden,
)
from dossiers.models import Dossier
from dossiers.velden.formfields import DayField

GEEN_GETAL = "Typ een getal, zoals 12, of laat dit leeg."
NEGATIEF = "Een aantal is 0 of meer."
TE_VEEL = f"Zoveel leerlingen heeft geen school: typ hoogstens {MEESTE}."
GEEN_LEERLINGEN = "Vul ook in hoeveel leerlingen het er samen zijn."
MEER_DAN_LEERLINGEN = "Dat zijn er meer dan het aantal leerlingen ({}). Kijk een van de twee na."
MEER_DAN_VORIGE = (
    "Bij minstens {} staan er meer dan bij minstens {}. Wie er {} heeft, telt ook bij {} mee: kijk "
    "die twee na."
)
OPNIEUW = "Typ dit aantal opnieuw: het getal ervoor is veranderd."
ANDER_JAAR = "Kies een dag in schooljaar {}."
# A number as people write it, also with a point or a space between the thousands.
GETAL = re.compile(r"[0-9]+|[0-9]{1,3}(?:[. ][0-9]{3})+")
MINDER_DAN = re.compile(r"(?:minder dan|<) *([0-9]{1,5})", re.IGNORECASE)
NEGATIEF_GETAL = re.compile(r"[-\u2212] *[0-9]+")


class AantalField(forms.Field):
    """A number of pupils. What is typed as 1 to 4 goes no further than this field.

    Its value is what may be kept (`Cell.waarde`); what a page told of it can come back unchanged.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "form-control", "inputmode": "numeric"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if told := MINDER_DAN.fullmatch(text):
            return MINDER_DAN_5 if int(told[1]) == KLEINSTE else MINDER_DAN_VORIGE
        if NEGATIEF_GETAL.fullmatch(text):
            raise ValidationError(NEGATIEF)
        if not GETAL.fullmatch(text):
            raise ValidationError(GEEN_GETAL)
        digits = re.sub("[. ]", "", text).lstrip("0") or "0"
        if len(digits) > len(str(MEESTE)) or int(digits) > MEESTE:
            raise ValidationError(TE_VEEL)
        aantal = int(digits)
        return MINDER_DAN_5 if 0 < aantal < KLEINSTE else aantal


class HeadForm(forms.Form):
    """When it was counted, and where it is shown. `seen` is the mark of the page it was read on."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=20)
    geteld_tot = DayField(
        label="Geteld tot en met", help_text="Zo weet je later waarmee je vergelijkt."
    )
    op_routekaart = forms.BooleanField(
        label="Zet deze cijfers ook op de routekaart",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self,
        *,
        dossier: Dossier,
        seen: str,
        cijfers: Cijfers | None,
        data: Mapping[str, str] | None,
    ) -> None:
        self._dossier = dossier
        kept = {
            "seen": seen,
            "geteld_tot": cijfers.geteld_tot if cijfers else None,
            "op_routekaart": bool(cijfers and cijfers.op_routekaart),
        }
        super().__init__(data, initial=kept, use_required_attribute=False)

    def clean_geteld_tot(self) -> date | None:
        day = self.cleaned_data["geteld_tot"]
        jaar = self._dossier.schooljaar
        if day and not date(jaar, 9, 1) <= day <= date(jaar + 1, 8, 31):
            raise ValidationError(ANDER_JAAR.format(self._dossier.schooljaar_label))
        return day


class GroepForm(forms.Form):
    """The counts of one group of pupils."""

    leerlingen = AantalField(label="Aantal leerlingen")

    def __init__(
        self, *, groep: Groep, kept: Cijfergroep | None, data: Mapping[str, str] | None
    ) -> None:
        self.groep = groep
        initial = {"leerlingen": kept.telling.tekst} if kept else {}
        for reden in Reden:
            told = kept.cells(reden) if kept else ()
            initial |= {n: cell.tekst for n, cell in zip(reden.fields, told, strict=False)}
        super().__init__(
            data, prefix=groep.value, initial=initial, auto_id="%s", use_required_attribute=False
        )
        for reden in Reden:
            for naam, drempel in zip(reden.fields, DREMPELS, strict=True):
                self.fields[naam] = AantalField(label=f"minstens {drempel}")

    @property
    def redenen(self) -> Iterator[tuple[Reden, list[forms.BoundField], list[str]]]:
        """Each reason with its fields, and what is wrong with those."""
        for reden in Reden:
            fields = [self[naam] for naam in reden.fields]
            wrong = [str(error) for field in fields for error in field.errors]
            yield reden, fields, list(dict.fromkeys(wrong))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        counted = any(data.get(n) is not None for reden in Reden for n in reden.fields)
        if counted and data.get("leerlingen") is None and "leerlingen" not in self.errors:
            self.add_error("leerlingen", GEEN_LEERLINGEN)
        if data.get("leerlingen") == MINDER_DAN_VORIGE:
            self.add_error("leerlingen", GEEN_GETAL)
        for reden in Reden:
            self._check(reden)
        return data

    def _check(self, reden: Reden) -> None:
        """Check that the counts of a reason go down."""
        places = list(zip((0, *DREMPELS), ("leerlingen", *reden.fields), strict=True))
        for place, (drempel, naam) in enumerate(places[1:], start=1):
            count = self.cleaned_data.get(naam)
            before = [(d, self.cleaned_data.get(n)) for d, n in places[:place]]
            if count == MINDER_DAN_VORIGE:
                self._check_told(naam, [one for _, one in before])
            elif count is not None:
                self._check_fewer(naam, count, drempel, before)

    def _check_told(self, naam: str, before: list[int | None]) -> None:
        """Check that "minder dan 12" still stands behind a 12."""
        exact = [one for one in (Cell(waarde).exact for waarde in before) if one is not None]
        told = MINDER_DAN.fullmatch(self.data.get(self.add_prefix(naam), "").strip())
        if not exact or not told or int(told[1]) != exact[-1]:
            self.add_error(naam, OPNIEUW)

    def _check_fewer(
        self, naam: str, count: int, drempel: int, before: list[tuple[int, int | None]]
    ) -> None:
        for other, more in before:
            if more is None or more == MINDER_DAN_VORIGE or count <= more:
                continue
            if other == 0:
                self.add_error(naam, MEER_DAN_LEERLINGEN.format(Cell(more).tekst))
            else:
                self.add_error(naam, MEER_DAN_VORIGE.format(drempel, other, drempel, other))
            return
