"""Forms whose fields save themselves: one by one or, without JavaScript, all at once.

Each field is submitted with the revision it started from. A field with a conflict is rendered with
both texts and a choice: keep mine, take theirs, or put one below the other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.choices import flatten_choices
from django.utils.formats import date_format

from dossiers.logboek.models import Logregel
from dossiers.materialen.kept import KeptPerProcess
from dossiers.mensen.models import User
from dossiers.velden.domain.saving import SaveOutcome, SaveResult, Typed, save_veld
from dossiers.velden.formfields import LongTextField
from dossiers.velden.models import Revisie, Veldrecord, as_text
from dossiers.velden.offered import Offer
from stsdialoog.herkenning.pupils import recognise_pupil
from stsdialoog.links import PageLink

# Suffixes of a field's input name, for the values that are submitted with it.
BASE_SUFFIX = "_basis"
CHOICE_SUFFIX = "_keuze"
OTHER_SUFFIX = "_andere"
NUMBER_SUFFIX = "_nummer"


BETER_WEG = "Laat dat hier beter weg: dit dossier gaat over de school, niet over één leerling."
MOST_TOLD = 3  # what was recognised, in one line

# A backup that was put back counts on from its own numbers: revision 5 is another text then than it
# was for a page that was open before. So a revision goes out with the id of the last restore, and
# one that comes back with another id is no revision of this database.
# A revision that no field ever has.
UNKNOWN = -1
WRITTEN = re.compile(r"([0-9]{1,9})(?:-([0-9a-f]{8}))?")


class Choice(StrEnum):
    """The user's choice between two conflicting texts."""

    MINE = "mijn"
    THEIRS = "andere"
    BOTH = "samen"


CHOICES = frozenset(Choice)


class Veld(forms.BoundField):
    """A bound field of a VeldenForm.

    result: of the last save; None when there was none.
    problems: error messages; the field is not saved as long as there are any.
    is_renewed: whether the page has to show another text than the one that was submitted.
    offer: what it can be given with one button (`offers.py`), for a field with nothing in it.
    """

    form: "VeldenForm"

    def __init__(self, form: "VeldenForm", field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.result: SaveResult | None = None
        self.problems: list[str] = []
        self.is_renewed = False
        self.offer: Offer | None = None

    @property
    def text(self) -> str:
        """The value as the page shows it: as submitted in a bound form, else as stored."""
        return as_text(self.value())

    @property
    def display_text(self) -> str:
        """The stored value as text, for a user who may only read."""
        waarde = getattr(self.form.record, self.name)
        if isinstance(waarde, date):
            return date_format(waarde, "SHORT_DATE_FORMAT")
        return self.in_words(as_text(waarde)) if waarde not in (None, "") else ""

    @property
    def basis(self) -> str:
        """The revision that the next save starts from: the submitted one if it was not saved."""
        if self.asks_attention:
            return self.form.submitted_basis(self.name)
        if self.result is not None and self.result.outcome == SaveOutcome.OVERTAKEN:
            return written(self.result.revisie)
        return written(self.form.record.revisie(self.name))

    @property
    def asks_attention(self) -> bool:
        """Whether the field was not saved: it was invalid, or had a conflict."""
        return bool(self.problems) or self.in_conflict

    @property
    def is_saved(self) -> bool:
        return not self.asks_attention and self.form.record.revisie(self.name) > 0

    @property
    def has_history(self) -> bool:
        record = self.form.record
        return record.revisie(self.name) > 1 and self.name not in record.ZONDER_EERDERE

    @property
    def historiek_url(self) -> str:
        return self.form.historiek_url(self.html_name)

    @property
    def link(self) -> PageLink | None:
        return self.form.link_after(self)

    @property
    def in_conflict(self) -> bool:
        return self.result is not None and self.result.outcome == SaveOutcome.CONFLICT

    @property
    def other_text(self) -> Revisie | None:
        """For a conflict, what somebody else saved in the meantime."""
        return self.result.other_text if self.result else None

    @property
    def other_is_mine(self) -> bool:
        """Whether that was the same person, elsewhere."""
        return self.other_text is not None and self.other_text.door_id == self.form.saved_by

    @property
    def other_basis(self) -> str:
        """The revision of that text, which a choice between the two starts from."""
        return written(self.other_text.revisie) if self.other_text else "0"

    @property
    def other_display_text(self) -> str:
        return self.in_words(self.other_text.waarde) if self.other_text else ""

    def in_words(self, waarde: str) -> str:
        """A stored value as the page shows it: the label of a choice, else the text itself."""
        choices = dict(flatten_choices(getattr(self.field, "choices", [])))
        return str(choices.get(waarde, waarde))

    @property
    def followers(self) -> list["Veld"]:
        """The fields that are offered something because of what stands in this one."""
        return [self.form[naam] for naam in self.form.FOLLOWED.get(self.name, ())]

    @property
    def is_follower(self) -> bool:
        """Whether what is offered here stands with the field that it follows from."""
        return any(self.name in names for names in self.form.FOLLOWED.values())

    @property
    def is_text(self) -> bool:
        return isinstance(self.field, LongTextField)

    @property
    def is_checked(self) -> bool:
        """Whether the page says so when the text seems to tell which pupil it is about."""
        return self.name in self.form.CHECKED

    @cached_property
    def pupil_line(self) -> str:
        """What in the text seems to tell that, in a sentence; mostly nothing. Kept nowhere."""
        return pupil_line_of(self.text)

    @property
    def aria_describedby(self) -> str | None:
        """The ids of the errors and what else stands under the input; its help is in its label."""
        described = super().aria_describedby or ""
        described = described.removeprefix(f"{self.auto_id}_helptext").strip()
        if self.in_conflict:
            described += f" {self.auto_id}_conflict"
        # Where a room reads along, the page did not ask for it.
        if vars(self).get("pupil_line"):
            described += f" k_{self.html_name}"
        return described.strip() or None


def pupil_line_of(text: str) -> str:
    """What in a text seems to tell which pupil it is about, in a sentence; mostly nothing."""
    recognised = recognise_pupil(text, today=timezone.localdate())
    return " ".join((*map(str, recognised[:MOST_TOLD]), BETER_WEG)) if recognised else ""


class VeldenForm(forms.Form):
    """The fields of one record. A bound form saves only the fields that were submitted."""

    bound_field_class = Veld
    kind: ClassVar[str]
    # The fields that are read for what identifies a pupil.
    CHECKED: ClassVar[frozenset[str]] = frozenset()
    # The fields that are offered something because of what stands in another, by its name.
    FOLLOWED: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init__(self, *, record: Veldrecord, data: Mapping[str, str] | None = None) -> None:
        """Make the form.

        data: the POST of a whole page or of one field, or None.
        """
        self.record = record
        kept = {naam: getattr(record, naam) for naam in self.base_fields}
        super().__init__(
            prefix=f"{self.kind}-{self.sleutel(record)}",
            auto_id="%s",
            initial=kept,
            use_required_attribute=False,
        )
        self.submitted: tuple[str, ...] = ()
        self.saved_by: Any = None
        # The open page this was typed in; its script generates the id.
        self.pagina: UUID | None = None
        if data is not None:
            self._bind(data, kept)

    @staticmethod
    def sleutel(record: Any) -> str:
        """Identifies the record among others of its kind on one page; part of the input names."""
        return str(record.pk)

    def historiek_url(self, naam: str) -> str:
        """The URL of the history of a field, by its input name."""
        return reverse("historiek", args=[self.record.dossier_id, naam])

    def link_after(self, veld: Veld) -> PageLink | None:  # noqa: ARG002
        """Where one goes on from what was just saved in a field; mostly nowhere."""
        return None

    def _bind(self, data: Mapping[str, str], kept: dict[str, Any]) -> None:
        """Pick the form's own fields from a POST; a missing field shows the stored value."""
        self.is_bound = True
        names = {naam: self.add_prefix(naam) for naam in self.fields}
        self.submitted = tuple(naam for naam, name in names.items() if name in data)
        self.data: dict[str, str] = {
            name: data.get(name, as_text(kept[naam])) for naam, name in names.items()
        }
        for name in names.values():
            for extra in (BASE_SUFFIX, CHOICE_SUFFIX, OTHER_SUFFIX, NUMBER_SUFFIX):
                self.data[name + extra] = data.get(name + extra, "")
        self.pagina = as_uuid(data.get("pagina", ""))

    def __getitem__(self, naam: str) -> Veld:
        return cast(Veld, super().__getitem__(naam))

    def velden(self) -> Iterator[Veld]:
        return (self[naam] for naam in self.fields)

    def submitted_basis(self, naam: str) -> str:
        """The revision as it was submitted with a field; 0 when it is none."""
        text = self.data[self.add_prefix(naam) + BASE_SUFFIX]
        return text if parse_basis(text) else "0"

    def _typed(self, naam: str) -> Typed | None:
        """Where the words of a field were typed; None without the script that says so."""
        if self.pagina is None:
            return None
        return Typed(self.pagina, whole_number(self.data[self.add_prefix(naam) + NUMBER_SUFFIX]))

    def save(self, *, door: User) -> bool:
        """Save every submitted field that is valid.

        Returns False when a field was invalid or had a conflict.
        """
        self.saved_by = door.pk
        self.full_clean()
        for naam in self.submitted:
            veld = self[naam]
            if naam in self.errors:
                veld.problems = [str(problem) for problem in self.errors[naam]]
            else:
                self._save_one(veld, door)
        self.offer()
        return not self.asks_attention

    def offer(self) -> None:
        """Offer what follows from other fields, as they stand now; most forms offer nothing."""

    @property
    def asks_attention(self) -> bool:
        """Whether a field was not saved."""
        return any(veld.asks_attention for veld in self.velden())

    @property
    def has_saved(self) -> bool:
        """Whether the last save changed anything."""
        return any(
            veld.result is not None and veld.result.outcome == SaveOutcome.SAVED
            for veld in self.velden()
        )

    def _save_one(self, veld: Veld, door: User) -> None:
        waarde, basis = self.cleaned_data[veld.name], parse_basis(self.submitted_basis(veld.name))
        chosen = self.data[veld.html_name + CHOICE_SUFFIX]
        if chosen in CHOICES:
            basis = parse_basis(self.data[veld.html_name + OTHER_SUFFIX])
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
            typed=self._typed(veld.name),
        )
        if veld.result.outcome in (SaveOutcome.SAVED, SaveOutcome.UNCHANGED):
            self._show_kept(veld)

    def _with_the_other(self, veld: Veld, chosen: Choice, mine: Any, revisie: int) -> Any:
        """The other user's text, alone or above mine, cleaned as if it had been typed here."""
        row = self.record.history().filter(veld=veld.name, revisie=revisie).first()
        theirs = row.waarde if row else ""
        both = f"{theirs}\n\n{mine}" if chosen == Choice.BOTH and veld.is_text else theirs
        try:
            return self.fields[veld.name].clean(both)
        except forms.ValidationError as error:
            veld.problems = list(error.messages)
            return mine

    def _show_kept(self, veld: Veld) -> None:
        """Show the stored value where it differs from what was submitted.

        That is the case after a choice between two texts, and for a field that the sender did not
        change but somebody else did.
        """
        kept = as_text(getattr(self.record, veld.name))
        if kept != as_text(self.cleaned_data[veld.name]):
            veld.is_renewed = True
            self.data[veld.html_name] = kept


@dataclass(frozen=True)
class Progress:
    """Whether this question has an answer, how many others have one, and their total number."""

    answered: bool
    elsewhere: int
    questions: int

    @property
    def besproken(self) -> int:
        return self.elsewhere + self.answered


def written(revisie: int) -> str:
    """A revision of this database, to send along with a page."""
    restore = last_restore()
    return f"{revisie}-{restore}" if restore else str(revisie)


def parse_basis(text: str) -> int:
    """The revision that came back with a page.

    Returns 0 for a text that is none (a field without words from before is in nobody's way), and
    UNKNOWN for one of before a restore.
    """
    found = WRITTEN.fullmatch(text)
    if found is None:
        return 0
    revisie = int(found[1])
    return revisie if not revisie or (found[2] or "") == last_restore() else UNKNOWN


def _read() -> str:
    restores = Logregel.objects.filter(handeling=Logregel.Handeling.KOPIE_TERUGGEZET)
    return restores.order_by("-pk").values_list("record_id", flat=True).first() or ""


# While a backup is put back nothing else runs (docs/operations.md), so it is read once a process.
last_restore = KeptPerProcess(_read)


def whole_number(text: str) -> int:
    """Parse a number from a request; 0 when it is not a valid one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def as_uuid(text: str) -> UUID | None:
    """Parse the id of an open page from a request; None when it is not one."""
    try:
        return UUID(text)
    except ValueError:
        return None
