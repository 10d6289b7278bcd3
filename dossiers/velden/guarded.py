"""Words that others read: what seems to tell of a pupil in them stops somebody once."""

from typing import Any, ClassVar

from django import forms

from dossiers.velden.forms import pupil_line_of
from stsdialoog.fields import SeenField
from stsdialoog.seen import mark_of


class GuardedForm(forms.Form):
    """A form of which the texts in GUARDED leave the school.

    gelezen: a mark of what was recognised as a pupil when the page was made: that stops somebody
        once, and never a second time.
    """

    GUARDED: ClassVar[tuple[str, ...]]
    # What she is to do, if there is no pupil in it.
    TOCH: ClassVar[str]

    gelezen = SeenField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lines = {naam: pupil_line_of(str(cleaned.get(naam) or "")) for naam in self.GUARDED}
        told = {naam: line for naam, line in lines.items() if line}
        mark = mark_of(*sorted(told.items())) if told else ""
        if told and mark != cleaned.get("gelezen"):
            for naam, line in told.items():
                self.add_error(naam, f"{line} {self.TOCH}")
            self.data = {**dict(self.data.items()), self.add_prefix("gelezen"): mark}
        return cleaned
