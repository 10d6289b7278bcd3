"""The days that a school or a CLB has off besides the vacations and the public holidays."""

import uuid

from django.db import models
from django.db.models import F, Q

from dossiers.mensen.models import CLB, School
from stsdialoog.fields import NameField

MAX_NAAM = 80


class VrijeDag(models.Model):
    """Days without school: one, or some after each other. Those of a CLB count for its schools."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clb = models.ForeignKey(
        CLB,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="vrije_dagen",
        editable=False,
        db_index=False,
    )
    school = models.ForeignKey(
        School,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="vrije_dagen",
        editable=False,
        db_index=False,
    )
    van = models.DateField("eerste dag")
    tot = models.DateField("laatste dag")
    naam = NameField("waarom", max_length=MAX_NAAM)

    class Meta:
        verbose_name = "vrije dag"
        verbose_name_plural = "vrije dagen"
        ordering = ("van", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(clb__isnull=True, school__isnull=False)
                | Q(clb__isnull=False, school__isnull=True),
                name="vrije_dag_van_een_clb_of_een_school",
            ),
            models.CheckConstraint(
                condition=Q(tot__gte=F("van")), name="vrije_dag_eindigt_na_begin"
            ),
            models.UniqueConstraint(
                fields=("school", "van", "tot"), name="vrije_dag_een_keer_per_school"
            ),
            models.UniqueConstraint(
                fields=("clb", "van", "tot"), name="vrije_dag_een_keer_per_clb"
            ),
        )

    def __str__(self) -> str:
        return self.naam
