"""The sociale kaart of a CLB: who helps along outside the school, and how to get there."""

import uuid
from urllib.parse import urlsplit

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower

from dossiers.materialen.models import ADRES, ADRES_VOORBEELD, MAX_ADRES
from dossiers.mensen.models import CLB
from stsdialoog.fields import LineField, NameField
from stsdialoog.seen import mark_of

MAX_NAAM, MAX_WAARVOOR, MAX_TELEFOON, MAX_PLAATS = 80, 200, 60, 120


class Voorziening(models.Model):
    """One place or service on the sociale kaart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clb = models.ForeignKey(CLB, models.CASCADE, related_name="voorzieningen", db_index=False)
    naam = NameField(max_length=MAX_NAAM)
    waarvoor = NameField(
        "waarvoor kan je er terecht?",
        max_length=MAX_WAARVOOR,
        help_text="In één zin, zoals je het aan een collega zegt.",
    )
    telefoon = LineField("telefoon", max_length=MAX_TELEFOON, blank=True, default="")
    adres = LineField("adres", max_length=MAX_PLAATS, blank=True, default="")
    website = LineField(
        max_length=MAX_ADRES,
        blank=True,
        default="",
        validators=[
            RegexValidator(
                ADRES, f"Een adres begint met https:// en ziet eruit als {ADRES_VOORBEELD}."
            )
        ],
    )
    nagekeken = models.DateField(
        "laatst nagekeken op", help_text="De dag waarop iemand belde of de website bekeek."
    )

    class Meta:
        verbose_name = "voorziening"
        verbose_name_plural = "voorzieningen"
        ordering = (Lower("naam"), "pk")
        indexes = (models.Index("clb", Lower("naam"), "id", name="voorziening_clb_naam"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(website="") | models.Q(website__startswith="https://"),
                name="voorziening_website_https",
            ),
        )

    def __str__(self) -> str:
        return self.naam

    @property
    def shown(self) -> tuple[object, ...]:
        """All that its form shows, and replaces."""
        return (
            self.naam,
            self.waarvoor,
            self.telefoon,
            self.adres,
            self.website,
            self.nagekeken,
        )

    @property
    def mark(self) -> str:
        return mark_of(*self.shown)

    @property
    def domein(self) -> str:
        """Where its website leads, to be read beside the link."""
        return urlsplit(self.website).hostname or ""
