"""The organisations: a CLB and the schools it works with."""

import uuid

from django.core.validators import RegexValidator
from django.db import models

# Public lists drop leading zeros; the number is text of exactly six digits (domein.md, "Who").
INSTELLINGSNUMMER = RegexValidator(
    r"^[0-9]{6}\Z", "Een instellingsnummer telt zes cijfers, bijvoorbeeld 037804."
)


class Provincie(models.TextChoices):
    ANTWERPEN = "antwerpen", "Antwerpen"
    BRUSSEL = "brussel", "Brussels Hoofdstedelijk Gewest"
    LIMBURG = "limburg", "Limburg"
    OOST_VLAANDEREN = "oost-vlaanderen", "Oost-Vlaanderen"
    VLAAMS_BRABANT = "vlaams-brabant", "Vlaams-Brabant"
    WEST_VLAANDEREN = "west-vlaanderen", "West-Vlaanderen"


class Niveau(models.TextChoices):
    BAO = "bao", "Basisonderwijs"
    SO = "so", "Secundair onderwijs"
    BUO = "buo", "Buitengewoon onderwijs"


class CLB(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naam = models.CharField(max_length=120)
    instellingsnummer = models.CharField(max_length=6, unique=True, validators=[INSTELLINGSNUMMER])

    class Meta:
        verbose_name = "CLB"
        verbose_name_plural = "CLB's"
        ordering = ("naam",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(instellingsnummer__regex=r"^[0-9]{6}$"),
                name="clb_instellingsnummer_zes_cijfers",
            ),
        )

    def __str__(self) -> str:
        return self.naam


class School(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clb = models.ForeignKey(CLB, models.PROTECT, related_name="scholen", verbose_name="CLB")
    naam = models.CharField("naam van de school", max_length=120)
    instellingsnummer = models.CharField(
        max_length=6,
        unique=True,
        validators=[INSTELLINGSNUMMER],
        help_text="Zes cijfers, met de nullen vooraan.",
        error_messages={
            "unique": "Deze school staat al in STS-Dialoog. Vind je ze niet terug bij je scholen? "
            "Dan volgt een ander CLB ze op: neem contact op met het STS-team."
        },
    )
    niveau = models.CharField(max_length=3, choices=Niveau)
    gemeente = models.CharField(max_length=60)
    provincie = models.CharField(max_length=20, choices=Provincie)

    # Set by the front door (dossiers/access.py): what the person who asks may do with it.
    recht: int

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ("naam",)
        indexes = (models.Index(fields=("clb", "naam"), name="school_clb_naam"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(instellingsnummer__regex=r"^[0-9]{6}$"),
                name="school_instellingsnummer_zes_cijfers",
            ),
            models.CheckConstraint(
                condition=models.Q(niveau__in=Niveau.values), name="school_niveau_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(provincie__in=Provincie.values), name="school_provincie_bestaat"
            ),
        )

    def __str__(self) -> str:
        return self.naam
