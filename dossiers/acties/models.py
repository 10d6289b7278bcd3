"""Actions: Wat / Wie / Wanneer / Check, the same for every material they originate from."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from dossiers.acties.belonging import BELONGS, MAX_LENGTH
from dossiers.logboek.models import Handelingen
from dossiers.models import Dossier
from dossiers.velden.models import Revisie, RevisieField, StrikableRecord


class Besluit(models.TextChoices):
    """The outcome of a check. The table in the source has borgen and bijsturen, but not stoppen."""

    BORGEN = "borgen", "borgen"
    BIJSTUREN = "bijsturen", "bijsturen"
    STOPPEN = "stoppen", "stoppen"


class Actiestand(models.TextChoices):
    GEPLAND = "gepland", "gepland"
    BEZIG = "bezig", "bezig"
    KLAAR = "klaar", "klaar"


class Actie(StrikableRecord):
    VELDEN: ClassVar = (
        "wat",
        "wie",
        "wanneer",
        "wanneer_op",
        "stand",
        "check_op",
        "besluit",
        "vaststelling",
        "hoort_bij",
    )
    STRUCK: ClassVar = Handelingen.ACTIE_GESCHRAPT
    RESTORED: ClassVar = Handelingen.ACTIE_TERUGGEZET

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="acties", db_index=False)
    wat = models.TextField()
    wat_revisie = RevisieField()
    wie = models.TextField(blank=True)
    wie_revisie = RevisieField()
    # Free text such as "voor de paasvakantie"; `wanneer_op` is the date to calculate with.
    wanneer = models.TextField(blank=True)
    wanneer_revisie = RevisieField()
    wanneer_op = models.DateField(null=True, blank=True)
    wanneer_op_revisie = RevisieField()
    stand = models.CharField(max_length=10, choices=Actiestand, default=Actiestand.GEPLAND)
    stand_revisie = RevisieField()
    check_op = models.DateField(null=True, blank=True)
    check_op_revisie = RevisieField()
    besluit = models.CharField(max_length=10, choices=Besluit, blank=True)
    besluit_revisie = RevisieField()
    vaststelling = models.TextField(blank=True)
    vaststelling_revisie = RevisieField()
    hoort_bij = models.CharField(max_length=MAX_LENGTH, blank=True)
    hoort_bij_revisie = RevisieField()
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ("gemaakt_op", "id")
        indexes = (
            models.Index(fields=("dossier", "gewijzigd_op"), name="actie_laatst_gewijzigd"),
            # All that decides whether an action is late, so that the list of schools counts those
            # of every school that somebody follows without reading the actions themselves.
            models.Index(
                fields=("dossier", "besluit", "stand", "wanneer_op", "check_op"),
                condition=models.Q(geschrapt_op__isnull=True),
                name="actie_te_laat",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(wat=""), name="actie_wat_is_ingevuld"),
            models.CheckConstraint(
                condition=models.Q(stand__in=Actiestand.values), name="actie_stand_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(besluit__in=["", *Besluit.values]), name="actie_besluit_bestaat"
            ),
            models.CheckConstraint(condition=BELONGS, name="actie_hoort_bij_bestaat"),
        )

    def __str__(self) -> str:
        return self.wat[:80]


class Actierevisie(Revisie):
    record = models.ForeignKey(Actie, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="actierevisie_uniek"
            ),
        )
