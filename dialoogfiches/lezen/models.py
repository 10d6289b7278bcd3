"""Actions that arise from reading."""

from django.db import models

from dialoogfiches.models import Item, Onderdeel
from dossiers.acties.models import Actie


class Leesactie(models.Model):
    """Links an action to the part of a material it arose from, and to the tip if there was one."""

    actie = models.OneToOneField(Actie, models.CASCADE, related_name="leesactie")
    onderdeel = models.ForeignKey(Onderdeel, models.PROTECT, related_name="leesacties")
    tip = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="leesacties")

    def __str__(self) -> str:
        return f"leesactie {self.pk}"
