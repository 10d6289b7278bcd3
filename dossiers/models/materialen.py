"""Materials of the PLG's: what they are and in which version. Their content has its own app."""

from django.db import models


class Herkomst(models.TextChoices):
    BRON = "bron", "woorden van de bron"
    VOORSTEL = "voorstel", "voorstel, nog te bevestigen door de PLG"


class Fase(models.IntegerChoices):
    """The zorgcontinuum (decreet leerlingenbegeleiding, 27/04/2018)."""

    BASISZORG = 0, "Brede basiszorg"
    VERHOOGDE_ZORG = 1, "Verhoogde zorg"
    UITBREIDING = 2, "Uitbreiding van zorg"
    CURRICULUM = 3, "Individueel aangepast curriculum"


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
    # How this version calls the material: the head of its file, without slug and soort. The
    # material itself is called as its newest published version says.
    kop = models.JSONField(default=dict)
    # What one uses it for, in a sentence for the shelf: `herkomst` and `tekst`, or nothing.
    waarvoor = models.JSONField(default=dict, blank=True)
    # The material's own fixed sentences (titles, lead-ins, the wording above a score).
    teksten = models.JSONField(default=dict)
    # Every sentence of the content without capitals and accents: what the toolbox searches.
    zoektekst = models.TextField(blank=True)
    # Digest of the content: the loader sees at once whether anything changed.
    digest = models.CharField(max_length=64)
    # Digest of the file that was loaded last; what was made or changed in the admin has another.
    bestand_digest = models.CharField(max_length=64, blank=True)

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

    @property
    def is_concept(self) -> bool:
        return self.status == self.Status.CONCEPT

    @property
    def is_beheerd(self) -> bool:
        """Whether it holds work that was done in the admin, and stands in no file."""
        return self.digest != self.bestand_digest
