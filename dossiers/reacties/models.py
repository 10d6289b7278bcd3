"""What schools and CLB's say of a line of a material, and apart from that: who said something.

Nothing ties a row of the one to a row of the other.
"""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from dossiers.materialen.models import MAX_VERWIJZING, VERWIJZING
from dossiers.mensen.models import CLB, Niveau, Provincie, School
from stsdialoog.fields import ParagraphField

MAX_OMDAT = 200  # characters: one reason


class Reactie(models.Model):
    """That a line works or not, and why: of a school or a CLB, and of nobody in particular.

    verwijzing: the line, <slug of its material>/<its code>.
    omdat: "" as well once somebody who read it erased it (`domain/redenen.py`).
    niveau, provincie: of the school; "" for a CLB, and once it is told when too few schools share
        them.
    maand: the first day of the month that it was settled for; NULL while it waits.
    """

    # A random key gives a random order that is the same in every view.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    verwijzing = models.CharField(max_length=MAX_VERWIJZING)
    werkt = models.BooleanField()
    omdat = ParagraphField(max_length=MAX_OMDAT, blank=True, default="")
    niveau = models.CharField(max_length=3, choices=Niveau, blank=True, default="")
    provincie = models.CharField(max_length=20, choices=Provincie, blank=True, default="")
    maand = models.DateField(null=True)

    class Meta:
        verbose_name = "reactie"
        verbose_name_plural = "reacties"
        ordering = ("id",)
        indexes = (models.Index(fields=("verwijzing", "maand"), name="reactie_op_een_regel"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verwijzing__regex=VERWIJZING), name="reactie_op_iets"
            ),
            models.CheckConstraint(
                condition=models.Q(LessThanOrEqual(Length("omdat"), MAX_OMDAT)),
                name="reactie_omdat_past",
            ),
            models.CheckConstraint(
                condition=models.Q(niveau__in=["", *Niveau.values]), name="reactie_niveau_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(provincie__in=["", *Provincie.values]),
                name="reactie_provincie_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(maand__isnull=True) | models.Q(maand__day=1),
                name="reactie_maand_begint_de_eerste",
            ),
        )

    def __str__(self) -> str:
        return f"reactie {self.pk}"

    @property
    def slug(self) -> str:
        """Of the material that its line is of."""
        return self.verwijzing.split("/")[0]

    @property
    def code(self) -> str:
        return self.verwijzing.split("/")[1]


class Gezegd(models.Model):
    """That a school or a CLB said something of a line, and not what.

    wacht: whether that still waits to be told; until then it says no second thing.
    gelezen: whether something that it said was told, so that whoever made the line could read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+", db_index=False)
    clb = models.ForeignKey(CLB, models.CASCADE, null=True, related_name="+", db_index=False)
    verwijzing = models.CharField(max_length=MAX_VERWIJZING)
    wacht = models.BooleanField(default=True)
    gelezen = models.BooleanField(default=False)

    class Meta:
        verbose_name = "gezegd"
        verbose_name_plural = "gezegd"
        constraints = (
            models.UniqueConstraint(fields=("school", "verwijzing"), name="gezegd_per_school"),
            models.UniqueConstraint(fields=("clb", "verwijzing"), name="gezegd_per_clb"),
            models.CheckConstraint(
                condition=models.Q(school__isnull=False) ^ models.Q(clb__isnull=False),
                name="gezegd_door_een_van_twee",
            ),
            models.CheckConstraint(
                condition=models.Q(wacht=True) | models.Q(gelezen=True),
                name="gezegd_wacht_of_is_gelezen",
            ),
        )

    def __str__(self) -> str:
        return f"gezegd {self.pk}"


class Reactiemaand(models.Model):
    """A month of which the reactions were settled: that happens once."""

    maand = models.DateField(primary_key=True)

    class Meta:
        verbose_name = "reactiemaand"
        verbose_name_plural = "reactiemaanden"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(maand__day=1), name="reactiemaand_begint_de_eerste"
            ),
        )

    def __str__(self) -> str:
        return f"{self.maand:%m/%Y}"
