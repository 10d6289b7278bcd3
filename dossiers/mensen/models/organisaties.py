"""CLB's and schools."""

import uuid

from django.core.validators import RegexValidator
from django.db import models

from stsdialoog.fields import NameField, SearchKeyField
from stsdialoog.seen import mark_of

# Text of exactly six digits: public lists drop the leading zeros (docs/facts.md, "Who").
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
    naam = NameField(max_length=120)
    instellingsnummer = models.CharField(max_length=6, unique=True, validators=[INSTELLINGSNUMMER])
    zoeksleutel = SearchKeyField(of=("naam", "instellingsnummer"))

    # Set by the access check (dossiers/mensen/access.py): the right of the current user on it.
    recht: int

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
    clb = models.ForeignKey(
        CLB, models.PROTECT, related_name="scholen", verbose_name="CLB", db_index=False
    )
    naam = NameField("naam van de school", max_length=120)
    # NULL only in an oefenschool: of a text that is unique, no two could be empty.
    instellingsnummer = models.CharField(  # noqa: DJ001
        max_length=6,
        unique=True,
        null=True,
        validators=[INSTELLINGSNUMMER],
        help_text="Zes cijfers, met de nullen vooraan.",
        error_messages={
            "unique": "Deze school staat al in STS-Dialoog. Vind je ze niet terug bij je scholen? "
            "Dan volgt een ander CLB ze op: neem contact op met het STS-team."
        },
    )
    niveau = models.CharField(max_length=3, choices=Niveau)
    gemeente = NameField(max_length=60)
    provincie = models.CharField(max_length=20, choices=Provincie)
    # To practise with: no school at all, so it has no number and stands nowhere.
    oefen = models.BooleanField("om te oefenen", default=False, editable=False)
    zoeksleutel = SearchKeyField(of=("naam", "gemeente", "instellingsnummer"))
    # The day on which `ruim_op` erases a school that stops, with its dossiers and its roles; NULL
    # when nobody asked for that.
    wissen_op = models.DateField(null=True, blank=True, editable=False)

    # Set by the access check (dossiers/mensen/access.py): the right of the current user on it.
    recht: int

    class Meta:
        verbose_name = "school"
        verbose_name_plural = "scholen"
        ordering = ("naam",)
        indexes = (models.Index(fields=("clb", "naam"), name="school_clb_naam"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(oefen=True)
                | models.Q(instellingsnummer__isnull=False, instellingsnummer__regex=r"^[0-9]{6}$"),
                name="school_instellingsnummer_zes_cijfers",
            ),
            models.CheckConstraint(
                condition=models.Q(oefen=True) | models.Q(niveau__in=Niveau.values),
                name="school_niveau_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(oefen=True) | models.Q(provincie__in=Provincie.values),
                name="school_provincie_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(oefen=False)
                | models.Q(instellingsnummer__isnull=True, niveau="", gemeente="", provincie=""),
                name="school_oefenschool_staat_nergens",
            ),
            models.UniqueConstraint(
                fields=("clb",),
                condition=models.Q(oefen=True),
                name="school_een_oefenschool_per_clb",
            ),
            # It goes with its CLB, or is emptied.
            models.CheckConstraint(
                condition=models.Q(oefen=False) | models.Q(wissen_op__isnull=True),
                name="school_oefenschool_wacht_niet",
            ),
        )

    def __str__(self) -> str:
        return self.naam

    @property
    def shown(self) -> tuple[object, ...]:
        """All that its form shows, and replaces."""
        return self.naam, self.instellingsnummer, self.niveau, self.gemeente, self.provincie

    @property
    def mark(self) -> str:
        return mark_of(*self.shown)
