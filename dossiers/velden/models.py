"""The base of an answer: fields that save one by one, and every earlier text beside them.

A `Veldrecord` has fields that each carry a revision number of their own (`wat`, `wat_revisie`):
two people in two fields of one record never get in each other's way, two people in one field do
and get to see both texts. A `Revisie` is one saved value; the table only grows.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.logboek.models import Handelingen

# Longest text in one field, in characters: some eight pages of paper.
MAX_TEKST = 20_000


def as_text(waarde: Any) -> str:
    """A field's value as its history keeps it: dates in ISO form, nothing as the empty text."""
    if waarde is None:
        return ""
    return waarde.isoformat() if isinstance(waarde, date) else str(waarde)


class RevisieField(models.PositiveIntegerField):
    """How many times the field beside it was saved; 0 is never."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"default": 0, "editable": False, **kwargs})


class Veldrecord(models.Model):
    VELDEN: ClassVar[tuple[str, ...]] = ()
    # The fields that together name the record before it has a row.
    SLEUTEL: ClassVar[tuple[str, ...]] = ("pk",)
    # The fields of which only the newest text is kept.
    ZONDER_EERDERE: ClassVar[tuple[str, ...]] = ()

    # Each subclass has its own foreign key, with a name of its own on the other side.
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
        """Every saved value of this record; each subclass has its own table of them."""
        return self.revisies  # type: ignore[attr-defined]

    def sleutel(self) -> dict[str, object]:
        return {naam: getattr(self, naam) for naam in self.SLEUTEL}

    def unmoved(self) -> models.Q:
        """A condition on the dossier: the content under this record is still of the version in use.

        Only for a first save; after that the record moves along with its dossier.
        """
        return models.Q()

    def follow(self) -> bool:
        """Go to the same code in the version that was taken since; False when none was.

        What has no such code in it stays on the content that it was written for.
        """
        return False


class StrikableRecord(Veldrecord):
    """A record that can be struck: out of sight, but never thrown away."""

    # What the log says of it.
    STRUCK: ClassVar[Handelingen]
    RESTORED: ClassVar[Handelingen]

    geschrapt_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Revisie(models.Model):
    """One saved value of one field, as text. Each app names the record: a `record` foreign key."""

    veld = models.CharField(max_length=20)
    revisie = models.PositiveIntegerField()
    waarde = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    # The open page that it was typed in: a page does not conflict with itself.
    pagina = models.UUIDField(null=True)

    class Meta:
        abstract = True
        ordering = ("-op", "-revisie")
