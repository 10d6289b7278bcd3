"""What a PLG says about the lines of its materials: decisions, who looked, and remarks.

A line is known by the code of its part (`content.parts`), which every version shares.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.materialen.models import Herkomst, Materiaal, Materiaalversie
from stsdialoog.seen import mark_of

MAX_CODE = 200  # characters: the code of a point and what stands behind it, or that of fixed words


def address_of(code: str) -> str:
    """The code of a line as part of an address: it may begin with a slash, and has no tilde."""
    return code.replace("/", "~")


def code_at(address: str) -> str:
    """The reverse of `address_of`."""
    return address.replace("~", "/")


class Besluitsoort(models.TextChoices):
    """What a PLG decided about a line."""

    BEVESTIGD = "bevestigd", "bevestigd"
    HERWOORD = "herwoord", "herwoord"
    GESCHRAPT = "geschrapt", "geschrapt"


class Regelbesluit(models.Model):
    """A decision of a PLG on a line, with the version it came in; it does not say whose it was.

    oud_tekst, oud_herkomst: the line as it was before, for people.
    oud: its block of then: of a line that was dropped all of it, of another one what is its own.
    plaats: where in the document that block stood.
    """

    versie = models.ForeignKey(
        Materiaalversie, models.CASCADE, related_name="besluiten", db_index=False
    )
    code = models.CharField(max_length=MAX_CODE)
    soort = models.CharField(max_length=10, choices=Besluitsoort)
    op = models.DateField(default=timezone.localdate)
    waar = models.TextField()
    oud_tekst = models.TextField()
    oud_herkomst = models.CharField(max_length=10, choices=Herkomst)
    oud = models.JSONField()
    plaats = models.JSONField()

    class Meta:
        verbose_name = "besluit over een regel"
        verbose_name_plural = "besluiten over regels"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("versie", "code"), name="regelbesluit_een_per_versie"),
            models.CheckConstraint(
                condition=models.Q(soort__in=Besluitsoort.values), name="regelbesluit_soort_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(oud_herkomst__in=Herkomst.values),
                name="regelbesluit_herkomst_bestaat",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.get_soort_display()}"

    @property
    def adres(self) -> str:
        return address_of(self.code)

    @property
    def mark(self) -> str:
        """Of what one reads of a line that was dropped."""
        return mark_of(self.soort, self.oud_tekst)

    @property
    def is_herwoord(self) -> bool:
        return self.soort == Besluitsoort.HERWOORD

    @property
    def is_geschrapt(self) -> bool:
        return self.soort == Besluitsoort.GESCHRAPT

    @property
    def was_van_de_bron(self) -> bool:
        return self.oud_herkomst == Herkomst.BRON


class Nagekeken(models.Model):
    """That somebody looked at a line, and which words she saw: other words ask again.

    merk: a mark of those words (`stsdialoog/seen.py`).
    """

    materiaal = models.ForeignKey(
        Materiaal, models.CASCADE, related_name="nagekeken", db_index=False
    )
    code = models.CharField(max_length=MAX_CODE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    merk = models.CharField(max_length=24)
    op = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = "nagekeken regel"
        verbose_name_plural = "nagekeken regels"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("materiaal", "code", "user"), name="nagekeken_een_per_mens"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code}: {self.user_id}"


class Regelopmerking(models.Model):
    """A remark beside a line, or an answer to one; the first says whether it is dealt with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    materiaal = models.ForeignKey(
        Materiaal, models.CASCADE, related_name="regelopmerkingen", db_index=False
    )
    code = models.CharField(max_length=MAX_CODE)
    antwoord_op = models.ForeignKey("self", models.CASCADE, null=True, related_name="antwoorden")
    # Empty once its author took it away and others had answered.
    tekst = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    afgehandeld_op = models.DateField(null=True)

    class Meta:
        verbose_name = "opmerking bij een regel"
        verbose_name_plural = "opmerkingen bij regels"
        ordering = ("op", "id")
        indexes = (models.Index(fields=("materiaal", "code"), name="regelopmerking_bij_regel"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(afgehandeld_op__isnull=True)
                | models.Q(antwoord_op__isnull=True),
                name="regelopmerking_eerste_is_afgehandeld",
            ),
        )

    def __str__(self) -> str:
        return f"opmerking {self.pk}"
