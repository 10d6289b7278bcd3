"""Materials of the PLG's: what they are and in which version. Their content has its own app."""

from django.db import models


class Herkomst(models.TextChoices):
    BRON = "bron", "woorden van de bron"
    VOORSTEL = "voorstel", "voorstel, nog te bevestigen door de PLG"


class Materiaal(models.Model):
    slug = models.SlugField(unique=True)
    titel = models.CharField(max_length=120)
    plg = models.CharField("PLG", max_length=60)
    soort = models.CharField(max_length=30)
    doelgroepen = models.JSONField(default=list)
    fases = models.JSONField(default=list)

    class Meta:
        verbose_name = "materiaal"
        verbose_name_plural = "materialen"
        ordering = ("titel",)

    def __str__(self) -> str:
        return self.titel


class Materiaalversie(models.Model):
    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        GEPUBLICEERD = "gepubliceerd", "gepubliceerd"

    materiaal = models.ForeignKey(Materiaal, models.PROTECT, related_name="versies")
    versie = models.CharField(max_length=20)
    datum = models.DateField()
    bron = models.TextField()
    status = models.CharField(max_length=12, choices=Status)
    # The material's own fixed sentences (titles, lead-ins, the wording above a score).
    teksten = models.JSONField(default=dict)
    # Every sentence of the content without capitals and accents: what the toolbox searches.
    zoektekst = models.TextField(blank=True)
    # Digest of the content file: the loader sees at once whether anything changed.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "materiaalversie"
        verbose_name_plural = "materiaalversies"
        ordering = ("materiaal", "-datum", "-versie")
        constraints = (
            models.UniqueConstraint(
                fields=("materiaal", "versie"), name="materiaalversie_versie_uniek"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=("concept", "gepubliceerd")),
                name="materiaalversie_status_bestaat",
            ),
        )

    def __str__(self) -> str:
        return f"{self.materiaal} {self.versie}"
