"""The anonymous survey. Nothing here ties an answer to a person, nor two answers to each other.

An Inzending says that somebody answered ja or nee, and on which day; the texts are kept apart from
it and from one another, so that not even the database knows which texts came from one hand: no row
points to another, no row counts, and the rows themselves are shuffled with every answer that comes
in (dialoogfiches/domain/bevragingen.py).
"""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from dialoogfiches.models import Item
from dossiers.acties.models import Actie
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier

# Bytes of chance in the link of a survey.
SLEUTEL_BYTES = 16


def new_sleutel() -> str:
    """The secret part of a survey's link."""
    return secrets.token_urlsafe(SLEUTEL_BYTES)


class Keuze(models.TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"


class Bevraging(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bevragingen")
    versie = models.ForeignKey(Materiaalversie, models.PROTECT, related_name="bevragingen")
    titel = models.CharField(max_length=120)
    # The link that needs no account. It only opens the questions, never what others answered.
    sleutel = models.CharField(max_length=40, unique=True, default=new_sleutel, editable=False)
    # The last day on which one can answer.
    tot = models.DateField("laatste dag")
    geopend_op = models.DateTimeField(default=timezone.now, editable=False)
    geopend_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Closed by hand, before its last day was over.
    gesloten_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "bevraging"
        verbose_name_plural = "bevragingen"
        ordering = ("-geopend_op", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(titel=""), name="bevraging_titel_is_ingevuld"
            ),
        )

    def __str__(self) -> str:
        return self.titel


class Inzending(models.Model):
    # Chance, not a number that counts: it tells nothing about who came first.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bevraging = models.ForeignKey(Bevraging, models.CASCADE, related_name="inzendingen")
    keuze = models.CharField(max_length=3, choices=Keuze)
    dag = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(keuze__in=Keuze.values), name="inzending_keuze_bestaat"
            ),
        )

    def __str__(self) -> str:
        return f"inzending {self.pk}"


class Openantwoord(models.Model):
    """One text, on one question."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bevraging = models.ForeignKey(Bevraging, models.CASCADE, related_name="openantwoorden")
    item = models.ForeignKey(Item, models.PROTECT, related_name="openantwoorden")
    tekst = models.TextField()
    # What the school made of it: an action, or a groeikans of a question of the preventieplan.
    actie = models.OneToOneField(
        Actie, models.SET_NULL, null=True, blank=True, related_name="openantwoord"
    )
    groeikans = models.CharField(max_length=100, blank=True)

    class Meta:
        # A key by chance is an order by chance, and the same at every look.
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(tekst=""), name="openantwoord_tekst_is_ingevuld"
            ),
        )

    def __str__(self) -> str:
        return f"openantwoord {self.pk}"
