"""The anonymous survey. Nothing here links an answer to a person, or two answers to each other.

An Inzending records that somebody answered ja or nee, and on which day; the texts are stored apart
from it and from each other, so that not even the database knows which texts have the same author:
no row refers to another, no key is sequential, and the rows themselves are shuffled with every new
answer (dialoogfiches/bevragingen/domain/).
"""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from dialoogfiches.models import Item
from dossiers.acties.models import Actie

# Where the first migration looks for `new_sleutel`.
from dossiers.anoniem.models import AnoniemeBevraging, AntwoordGolf, new_sleutel  # noqa: F401
from dossiers.materialen.models import Materiaalversie
from dossiers.models import Dossier


class Keuze(models.TextChoices):
    JA = "ja", "Ja"
    NEE = "nee", "Nee"


class Bevraging(AnoniemeBevraging):
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bevragingen")
    versie = models.ForeignKey(Materiaalversie, models.PROTECT, related_name="bevragingen")
    titel = models.CharField(max_length=120)

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

    def get_absolute_url(self) -> str:
        return reverse("bevraging", args=[self.dossier_id, self.pk])


class Golf(AntwoordGolf):
    bevraging = models.ForeignKey(Bevraging, models.CASCADE, related_name="golven", db_index=False)

    class Meta:
        ordering = ("begin",)
        constraints = (
            models.UniqueConstraint(fields=("bevraging", "begin"), name="golf_een_per_begin"),
        )


class Inzending(models.Model):
    # Random rather than sequential, so that it does not reveal the order of the answers.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bevraging = models.ForeignKey(Bevraging, models.CASCADE, related_name="inzendingen")
    keuze = models.CharField(max_length=3, choices=Keuze)
    dag = models.DateField(default=timezone.localdate)
    golf = models.ForeignKey(Golf, models.SET_NULL, null=True, related_name="inzendingen")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(keuze__in=Keuze.values), name="inzending_keuze_bestaat"
            ),
        )

    def __str__(self) -> str:
        return f"inzending {self.pk}"


class Openantwoord(models.Model):
    """One text in answer to one question."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bevraging = models.ForeignKey(Bevraging, models.CASCADE, related_name="openantwoorden")
    item = models.ForeignKey(Item, models.PROTECT, related_name="openantwoorden")
    tekst = models.TextField()
    golf = models.ForeignKey(Golf, models.SET_NULL, null=True, related_name="openantwoorden")
    # What the school turned it into: an action, or a groeikans for a question of the preventieplan.
    actie = models.OneToOneField(
        Actie, models.SET_NULL, null=True, blank=True, related_name="openantwoord"
    )
    groeikans = models.CharField(max_length=100, blank=True)

    class Meta:
        # A random key gives a random order that is the same in every view.
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(tekst=""), name="openantwoord_tekst_is_ingevuld"
            ),
        )

    def __str__(self) -> str:
        return f"openantwoord {self.pk}"
