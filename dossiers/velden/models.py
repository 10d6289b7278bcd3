"""Base models for answers: fields that are saved one by one, and the history of each.

Every field of a `Veldrecord` has its own revision number (`wat`, `wat_revisie`): two people in
different fields of one record never conflict; two people in the same field do, and are shown both
texts. A `Revisie` is one saved value; the table is append-only, except for ZONDER_EERDERE.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.logboek.models import Handelingen
from stsdialoog.text import with_plain_line_breaks

# The maximum length of the text in one field, in characters: about eight printed pages.
MAX_TEKST = 20_000


def as_text(waarde: Any) -> str:
    """A field's value as stored in its history: dates in ISO format, None as the empty text, and a
    text with LF line breaks, also one that was stored with others.
    """
    if waarde is None:
        return ""
    if isinstance(waarde, date):
        return waarde.isoformat()
    return with_plain_line_breaks(str(waarde))


class RevisieField(models.PositiveIntegerField):
    """How many times the accompanying field was saved; 0 means never."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": 0, "editable": False, **kwargs})


class Veldrecord(models.Model):
    VELDEN: ClassVar[tuple[str, ...]] = ()
    # The fields that together identify the record before it has a row.
    SLEUTEL: ClassVar[tuple[str, ...]] = ("pk",)
    # The fields of which only the newest text is kept.
    ZONDER_EERDERE: ClassVar[tuple[str, ...]] = ()

    # Each subclass defines the foreign key itself, with its own related_name.
    dossier: Any
    dossier_id: Any

    gewijzigd_op = models.DateTimeField(null=True, editable=False)
    gewijzigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def revisie(self, veld: str) -> int:
        return getattr(self, f"{veld}_revisie")

    def history(self) -> "models.Manager[Any]":
        """Every saved value of this record, from the history table of its subclass."""
        return self.revisies  # type: ignore[attr-defined]

    def in_column(self, veld: str, waarde: Any) -> Any:  # noqa: ARG002
        """A value as an UPDATE of this record stores it: other than `waarde` if it is encrypted."""
        return waarde

    def takes(self, veld: str) -> models.Q:  # noqa: ARG002
        """A condition on the row of this record: this field of it can still be changed."""
        return models.Q()

    def sleutel(self) -> dict[str, object]:
        return {naam: getattr(self, naam) for naam in self.SLEUTEL}

    def unmoved(self) -> models.Q:
        """A condition on the dossier: the content of this record is of the version in use.

        Only checked for the first save; after that the record moves along with its dossier.
        """
        return models.Q()

    def follow(self) -> bool:
        """Move to the same code in the version that was adopted since; False when none was.

        A record whose code that version lacks stays on the content it was written for.
        """
        return False


class StrikableRecord(Veldrecord):
    """A record that can be struck, which hides it but never deletes it."""

    # The log entries for striking and restoring it.
    STRUCK: ClassVar[Handelingen]
    RESTORED: ClassVar[Handelingen]

    geschrapt_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Revisie(models.Model):
    """One saved value of one field, as text. Each subclass adds the foreign key `record`."""

    veld = models.CharField(max_length=20)
    revisie = models.PositiveIntegerField()
    waarde = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    # The open page it was typed in, so that a page does not conflict with itself, and the how
    # many-th change of the field there it was, so that an older one never ends on top.
    pagina = models.UUIDField(null=True)
    nummer = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True
        ordering = ("-op", "-revisie")
