"""Remarks beside a question of the plan or an action: among the team and the CLB."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.acties.models import Actie
from dossiers.models import Dossier

MAX_TEKST = 1000  # characters: what is longer belongs in the plan itself


class Opmerking(models.Model):
    """A remark, or an answer to one.

    The first one of a talk says what it stands beside, and whether it is dealt with. An answer says
    only what it answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opmerkingen", db_index=False)
    # Of a first remark one of these two: the code of a question, which every version shares, or an
    # action.
    vraag = models.SlugField(max_length=30, blank=True, db_index=False)
    actie = models.ForeignKey(Actie, models.CASCADE, null=True, related_name="+")
    antwoord_op = models.ForeignKey("self", models.CASCADE, null=True, related_name="antwoorden")
    # Empty once its author took it away and others had answered.
    tekst = models.TextField(blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    afgehandeld_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ("op", "id")
        indexes = (models.Index(fields=("dossier", "op"), name="opmerking_van_dossier"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(antwoord_op__isnull=False, vraag="", actie__isnull=True)
                | models.Q(antwoord_op__isnull=True, actie__isnull=True) & ~models.Q(vraag="")
                | models.Q(antwoord_op__isnull=True, actie__isnull=False, vraag=""),
                name="opmerking_staat_ergens",
            ),
            models.CheckConstraint(
                condition=models.Q(afgehandeld_op__isnull=True, afgehandeld_door__isnull=True)
                | models.Q(
                    afgehandeld_op__isnull=False,
                    afgehandeld_door__isnull=False,
                    antwoord_op__isnull=True,
                ),
                name="opmerking_afgehandeld_door_iemand",
            ),
        )

    def __str__(self) -> str:
        return f"opmerking {self.pk}"

    @property
    def is_afgehandeld(self) -> bool:
        return self.afgehandeld_op is not None
