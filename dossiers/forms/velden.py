"""Forms whose fields save themselves, one by one or all together; without JavaScript the same.

Each field travels with the revision it started from. A field that met somebody else's text comes
back with both, and with a choice: keep mine, take theirs, or put one under the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.urls import reverse
from django.utils.formats import date_format

from dossiers.domain.velden import Resultaat, Uitkomst, as_text, save_veld
from dossiers.models import MAX_TEKST, Revisie, User, Veldrecord

BASIS = "_basis"
KEUZE = "_keuze"
ANDERE = "_andere"
KEUZES = ("mijn", "andere", "samen")

GEEN_DATUM = "Geef een datum zoals 15/01/2027."
GEEN_NUL = ProhibitNullCharactersValidator(
    "In je tekst zit een onzichtbaar teken dat we niet kunnen bewaren. Typ of plak hem opnieuw."
)


class TekstField(forms.CharField):
    """A text of several lines; its ends are kept as typed, its line breaks are one kind."""

    template = "dossiers/delen/veld_tekst.html"

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows, "class": "form-control groeit"}),
            **kwargs,
        )
        # Instead of Django's own message, which speaks of "deze waarde".
        self.validators = [
            GEEN_NUL,
            MaxLengthValidator(
                MAX_TEKST,
                "Deze tekst telt %(show_value)d tekens en er passen er %(limit_value)d in dit "
                "veld: maak hem korter.",
            ),
        ]

    def to_python(self, value: Any) -> str:
        # A browser sends CRLF; one kind of line break makes equal texts compare equal.
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class KeuzeField(forms.ChoiceField):
    """One choice out of a row of radio buttons; the empty one says that nothing was chosen yet."""

    template = "dossiers/delen/veld_keuze.html"

    def __init__(self, *, choices: list[tuple[str, str]], leeg: str, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", leeg), *choices],
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "‘%(value)s’ bestaat niet: kies een van de knoppen."},
            **kwargs,
        )


class LijstField(KeuzeField):
    """The same choice as a drop-down list, where there is no room for a row of buttons."""

    template = "dossiers/delen/veld_lijst.html"


class VasteLijstField(LijstField):
    """A drop-down list in which something is always chosen."""

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(choices=choices, leeg="", **kwargs)
        self.choices = choices
        self.required = True


class DatumField(forms.DateField):
    template = "dossiers/delen/veld_tekst.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}
            ),
            error_messages={"invalid": GEEN_DATUM},
            **kwargs,
        )


@dataclass
class Veld:
    """One field as its template draws it."""

    form: "VeldenForm"
    naam: str
    resultaat: Resultaat | None = None
    fouten: list[str] = field(default_factory=list)
    # The page has to show another text than the one that was sent.
    vernieuwd: bool = False

    @property
    def bound(self) -> forms.BoundField:
        return self.form[self.naam]

    @property
    def id(self) -> str:
        return self.bound.auto_id

    @property
    def html_naam(self) -> str:
        return self.bound.html_name

    @property
    def waarde(self) -> str:
        """The value as the page shows it: what was typed in a bound form, else what is kept."""
        return as_text(self.bound.value())

    @property
    def template(self) -> str:
        return self.form.fields[self.naam].template  # type: ignore[attr-defined]

    @property
    def leestekst(self) -> str:
        """The kept value in words, for who only reads."""
        waarde = getattr(self.form.record, self.naam)
        if isinstance(waarde, date):
            return date_format(waarde, "SHORT_DATE_FORMAT")
        return self.in_words(as_text(waarde)) if waarde not in (None, "") else ""

    @property
    def basis(self) -> int:
        """The revision that the next save starts from; as long as nothing is saved, the old one."""
        if self.fouten or self.in_conflict:
            return self.form.basis_of(self.naam)
        return self.form.record.revisie(self.naam)

    @property
    def is_bewaard(self) -> bool:
        return not self.fouten and not self.in_conflict and self.form.record.revisie(self.naam) > 0

    @property
    def heeft_eerdere(self) -> bool:
        record = self.form.record
        return record.revisie(self.naam) > 1 and self.naam not in record.ZONDER_EERDERE

    @property
    def historiek_url(self) -> str:
        return self.form.historiek_url(self.html_naam)

    @property
    def in_conflict(self) -> bool:
        return self.resultaat is not None and self.resultaat.uitkomst == Uitkomst.CONFLICT

    @property
    def van_ander(self) -> Revisie | None:
        return self.resultaat.van_ander if self.resultaat else None

    @property
    def van_ander_leestekst(self) -> str:
        return self.in_words(self.van_ander.waarde) if self.van_ander else ""

    def in_words(self, waarde: str) -> str:
        """A value of the history as the page calls it: the name of a choice, else the text."""
        choices = dict(getattr(self.form.fields[self.naam], "choices", []))
        return str(choices.get(waarde, waarde))

    @property
    def is_tekst(self) -> bool:
        return isinstance(self.form.fields[self.naam], TekstField)


class VeldenForm(forms.Form):
    """Fields of one record. Bound, it saves only the fields that were sent in."""

    soort: ClassVar[str]

    def __init__(self, *, record: Veldrecord, data: Mapping[str, str] | None = None) -> None:
        """Make the form.

        data: the POST of a whole page or of one field, or None.
        """
        self.record = record
        kept = {naam: getattr(record, naam) for naam in self.base_fields}
        super().__init__(
            prefix=f"{self.soort}-{self.sleutel(record)}",
            auto_id="%s",
            initial=kept,
            use_required_attribute=False,
        )
        self._velden = {naam: Veld(self, naam) for naam in self.fields}
        self.ingestuurd: tuple[str, ...] = ()
        # The open page that this was typed in, as its own script named it.
        self.pagina: UUID | None = None
        if data is not None:
            self._bind(data, kept)

    @staticmethod
    def sleutel(record: Any) -> str:
        """What names the record among others of its kind on one page; part of the input names."""
        return str(record.pk)

    def historiek_url(self, naam: str) -> str:
        """Where the earlier texts of a field stand, by the name of its input."""
        return reverse("historiek", args=[self.record.dossier_id, naam])

    def _bind(self, data: Mapping[str, str], kept: dict[str, Any]) -> None:
        """Take the own fields out of a POST; a field that was not sent shows what is kept."""
        self.is_bound = True
        names = {naam: self.add_prefix(naam) for naam in self.fields}
        self.ingestuurd = tuple(naam for naam, name in names.items() if name in data)
        self.data: dict[str, str] = {
            name: data.get(name, as_text(kept[naam])) for naam, name in names.items()
        }
        for name in names.values():
            for extra in (BASIS, KEUZE, ANDERE):
                self.data[name + extra] = data.get(name + extra, "")
        self.pagina = _uuid(data.get("pagina", ""))

    def velden(self) -> Iterator[Veld]:
        yield from self._velden.values()

    @property
    def veld(self) -> dict[str, Veld]:
        """Each field by its name, for templates: `form.veld.wat`."""
        return self._velden

    def basis_of(self, naam: str) -> int:
        """The revision that came along with a field; rubbish counts as never seen."""
        return whole_number(self.data[self.add_prefix(naam) + BASIS])

    def save(self, *, door: User) -> bool:
        """Save every field that was sent in and is right.

        False when one was not right, or met a conflict.
        """
        self.full_clean()
        for naam in self.ingestuurd:
            veld = self._velden[naam]
            if naam in self.errors:
                veld.fouten = [str(fout) for fout in self.errors[naam]]
            else:
                self._save_one(veld, door)
        return not any(veld.fouten or veld.in_conflict for veld in self._velden.values())

    @property
    def has_saved(self) -> bool:
        """Whether the last save changed anything."""
        return any(
            veld.resultaat is not None and veld.resultaat.uitkomst == Uitkomst.BEWAARD
            for veld in self._velden.values()
        )

    def _save_one(self, veld: Veld, door: User) -> None:
        waarde, basis = self.cleaned_data[veld.naam], self.basis_of(veld.naam)
        keuze = self.data[veld.html_naam + KEUZE]
        if keuze in KEUZES:
            basis = whole_number(self.data[veld.html_naam + ANDERE])
            if keuze != "mijn":
                waarde = self._with_the_other(veld, keuze, waarde, basis)
                if veld.fouten:
                    return
        veld.resultaat = save_veld(
            record=self.record,
            veld=veld.naam,
            waarde=waarde,
            basis=basis,
            door=door,
            pagina=self.pagina,
        )
        if not veld.in_conflict:
            self._show_kept(veld)

    def _with_the_other(self, veld: Veld, keuze: str, mine: Any, revisie: int) -> Any:
        """The other's text, alone or above mine, cleaned as if it was typed here."""
        row = self.record.history().filter(veld=veld.naam, revisie=revisie).first()
        theirs = row.waarde if row else ""
        both = f"{theirs}\n\n{mine}" if keuze == "samen" and veld.is_tekst else theirs
        try:
            return self.fields[veld.naam].clean(both)
        except forms.ValidationError as error:
            veld.fouten = list(error.messages)
            return mine

    def _show_kept(self, veld: Veld) -> None:
        """Draw what the dossier holds now, where that is not what was sent.

        So after a choice between two texts, and in a field that its sender left alone while
        somebody else changed it.
        """
        kept = as_text(getattr(self.record, veld.naam))
        if kept != as_text(self.cleaned_data[veld.naam]):
            veld.vernieuwd = True
            self.data[veld.html_naam] = kept


def whole_number(text: str) -> int:
    """A revision as it came along with a request; 0 for rubbish."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
