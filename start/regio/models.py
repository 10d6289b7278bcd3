"""The figures of a province as they were settled, and what each dossier counted for in them."""

from django.db import models

from dossiers.materialen.models import MAX_VERWIJZING
from dossiers.mensen.models import Provincie
from dossiers.models import Dossier
from dossiers.thresholds import MIN_SCHOLEN


class Soort(models.TextChoices):
    SCORE = "doelscore", "score van een doelstelling"
    VRAAG = "vraagstand", "stand van een vraag"
    MATERIAAL = "gebruik", "gebruik van een materiaal"
    OVERGESLAGEN = "overslag", "vraag die overgeslagen werd"


class Regiocijfer(models.Model):
    """How many schools of a province gave which value, at one goal, question or material.

    code: of that goal or question, or the slug of that material; of what was skipped <slug>/<code>.
    verdeling: the number of schools by value (`start/regio/domain/values.py`).
    maand: the first day of the month that it was settled for.
    """

    schooljaar = models.PositiveSmallIntegerField()
    provincie = models.CharField(max_length=20, choices=Provincie)
    soort = models.CharField(max_length=10, choices=Soort)
    code = models.CharField(max_length=MAX_VERWIJZING)
    verdeling = models.JSONField()
    scholen = models.PositiveIntegerField()
    maand = models.DateField()

    class Meta:
        verbose_name = "regiocijfer"
        verbose_name_plural = "regiocijfers"
        constraints = (
            models.UniqueConstraint(
                fields=("schooljaar", "provincie", "soort", "code"), name="regiocijfer_uniek"
            ),
            models.CheckConstraint(
                condition=models.Q(scholen__gte=MIN_SCHOLEN), name="regiocijfer_vanaf_vijf_scholen"
            ),
            models.CheckConstraint(
                condition=models.Q(provincie__in=Provincie.values),
                name="regiocijfer_provincie_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(soort__in=Soort.values), name="regiocijfer_soort_bestaat"
            ),
        )

    def __str__(self) -> str:
        return f"{self.provincie} {self.soort} {self.code}"


class Bijdrage(models.Model):
    """What a dossier counts for in the figures of a province as they were settled.

    Nobody gets to see it: it is there to know how many schools would move a figure.

    waarden: the value by key, as in `start/regio/domain/values.py`.
    """

    dossier = models.OneToOneField(
        Dossier, models.CASCADE, primary_key=True, related_name="regiobijdrage"
    )
    provincie = models.CharField(max_length=20, choices=Provincie)
    waarden = models.JSONField()

    class Meta:
        verbose_name = "bijdrage"
        verbose_name_plural = "bijdragen"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(provincie__in=Provincie.values),
                name="bijdrage_provincie_bestaat",
            ),
        )

    def __str__(self) -> str:
        return f"bijdrage {self.pk}"


class Rekenmaand(models.Model):
    """A month of which the figures of a province were settled: that happens once."""

    maand = models.DateField()
    provincie = models.CharField(max_length=20, choices=Provincie)

    class Meta:
        verbose_name = "rekenmaand"
        verbose_name_plural = "rekenmaanden"
        constraints = (
            models.UniqueConstraint(fields=("maand", "provincie"), name="rekenmaand_uniek"),
            models.CheckConstraint(
                condition=models.Q(provincie__in=Provincie.values),
                name="rekenmaand_provincie_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(maand__day=1), name="rekenmaand_begint_de_eerste"
            ),
        )

    def __str__(self) -> str:
        return f"{self.maand:%m/%Y} {self.provincie}"
