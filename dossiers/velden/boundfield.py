"""One field of a record as a page draws it: what is kept, what was typed, and what came between."""

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.formats import date_format

from dossiers.velden.domain.saving import SaveOutcome, SaveResult, as_text
from dossiers.velden.formfields import TekstField
from dossiers.velden.models import Revisie

if TYPE_CHECKING:
    from dossiers.velden.forms import VeldenForm


class Veld(forms.BoundField):
    """A field of a VeldenForm.

    result: of the last save; None before it.
    problems: what keeps the field from being saved, in words.
    is_renewed: whether the page has to show another text than the one that was sent.
    """

    form: "VeldenForm"

    def __init__(self, form: "VeldenForm", field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.result: SaveResult | None = None
        self.problems: list[str] = []
        self.is_renewed = False

    @property
    def waarde(self) -> str:
        """The value as the page shows it: what was typed in a bound form, else what is kept."""
        return as_text(self.value())

    @property
    def leestekst(self) -> str:
        """The kept value in words, for somebody who only reads."""
        waarde = getattr(self.form.record, self.name)
        if isinstance(waarde, date):
            return date_format(waarde, "SHORT_DATE_FORMAT")
        return self.in_words(as_text(waarde)) if waarde not in (None, "") else ""

    @property
    def basis(self) -> int:
        """The revision that the next save starts from; as long as nothing is saved, the old one."""
        if self.asks_attention:
            return self.form.basis_of(self.name)
        return self.form.record.revisie(self.name)

    @property
    def asks_attention(self) -> bool:
        """Whether it was not saved: it was wrong, or it met a conflict."""
        return bool(self.problems) or self.in_conflict

    @property
    def is_bewaard(self) -> bool:
        return not self.asks_attention and self.form.record.revisie(self.name) > 0

    @property
    def heeft_eerdere(self) -> bool:
        record = self.form.record
        return record.revisie(self.name) > 1 and self.name not in record.ZONDER_EERDERE

    @property
    def historiek_url(self) -> str:
        return self.form.historiek_url(self.html_name)

    @property
    def in_conflict(self) -> bool:
        return self.result is not None and self.result.outcome == SaveOutcome.CONFLICT

    @property
    def van_ander(self) -> Revisie | None:
        """What somebody else saved in the meantime, for a conflict."""
        return self.result.van_ander if self.result else None

    @property
    def van_ander_leestekst(self) -> str:
        return self.in_words(self.van_ander.waarde) if self.van_ander else ""

    def in_words(self, waarde: str) -> str:
        """A value of the history as the page calls it: the name of a choice, else the text."""
        choices = dict(getattr(self.field, "choices", []))
        return str(choices.get(waarde, waarde))

    @property
    def is_tekst(self) -> bool:
        return isinstance(self.field, TekstField)

    @property
    def aria_describedby(self) -> str | None:
        """What describes the input: its help, what is wrong with it, what somebody else saved."""
        described = super().aria_describedby
        if self.in_conflict:
            described = f"{described or ''} {self.auto_id}_conflict".strip()
        return described
