"""Forms whose fields save themselves, one by one or all together; without JavaScript the same.

Each field travels with the revision it started from. A field that met somebody else's text comes
back with both, and with a choice: keep mine, take theirs, or put one under the other.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.urls import reverse

from dossiers.mensen.models import User
from dossiers.velden.boundfield import Veld
from dossiers.velden.domain.saving import SaveOutcome, as_text, save_veld
from dossiers.velden.models import Veldrecord

# Behind the name of a field: what travels along with it.
BASIS = "_basis"
KEUZE = "_keuze"
ANDERE = "_andere"


class Choice(StrEnum):
    """What somebody chose between two texts."""

    MINE = "mijn"
    THEIRS = "andere"
    BOTH = "samen"


CHOICES = frozenset(Choice)


class VeldenForm(forms.Form):
    """Fields of one record. Bound, it saves only the fields that were sent in."""

    bound_field_class = Veld
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

    def __getitem__(self, naam: str) -> Veld:
        return cast(Veld, super().__getitem__(naam))

    def velden(self) -> Iterator[Veld]:
        return (self[naam] for naam in self.fields)

    def basis_of(self, naam: str) -> int:
        """The revision that came along with a field; rubbish counts as never seen."""
        return whole_number(self.data[self.add_prefix(naam) + BASIS])

    def save(self, *, door: User) -> bool:
        """Save every field that was sent in and is right.

        False when one was not right, or met a conflict.
        """
        self.full_clean()
        for naam in self.ingestuurd:
            veld = self[naam]
            if naam in self.errors:
                veld.problems = [str(problem) for problem in self.errors[naam]]
            else:
                self._save_one(veld, door)
        return not any(veld.asks_attention for veld in self.velden())

    @property
    def has_saved(self) -> bool:
        """Whether the last save changed anything."""
        return any(
            veld.result is not None and veld.result.outcome == SaveOutcome.BEWAARD
            for veld in self.velden()
        )

    def _save_one(self, veld: Veld, door: User) -> None:
        waarde, basis = self.cleaned_data[veld.name], self.basis_of(veld.name)
        chosen = self.data[veld.html_name + KEUZE]
        if chosen in CHOICES:
            basis = whole_number(self.data[veld.html_name + ANDERE])
            if chosen != Choice.MINE:
                waarde = self._with_the_other(veld, Choice(chosen), waarde, basis)
                if veld.problems:
                    return
        veld.result = save_veld(
            record=self.record,
            veld=veld.name,
            waarde=waarde,
            basis=basis,
            door=door,
            pagina=self.pagina,
        )
        if not veld.in_conflict:
            self._show_kept(veld)

    def _with_the_other(self, veld: Veld, chosen: Choice, mine: Any, revisie: int) -> Any:
        """The other's text, alone or above mine, cleaned as if it was typed here."""
        row = self.record.history().filter(veld=veld.name, revisie=revisie).first()
        theirs = row.waarde if row else ""
        both = f"{theirs}\n\n{mine}" if chosen == Choice.BOTH and veld.is_tekst else theirs
        try:
            return self.fields[veld.name].clean(both)
        except forms.ValidationError as error:
            veld.problems = list(error.messages)
            return mine

    def _show_kept(self, veld: Veld) -> None:
        """Draw what the dossier holds now, where that is not what was sent.

        So after a choice between two texts, and in a field that its sender left alone while
        somebody else changed it.
        """
        kept = as_text(getattr(self.record, veld.name))
        if kept != as_text(self.cleaned_data[veld.name]):
            veld.is_renewed = True
            self.data[veld.html_name] = kept


def whole_number(text: str) -> int:
    """A revision as it came along with a request; 0 for rubbish."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
