"""Materials of the PLG's: what they are and in which version. Their content has its own app."""

import uuid

from django.db import models
from django.db.models.functions import Length


class Herkomst(models.TextChoices):
    BRON = "bron", "woorden van de bron"
    VOORSTEL = "voorstel", "voorstel, nog te bevestigen door de PLG"


class Fase(models.IntegerChoices):
    """The zorgcontinuum (decreet leerlingenbegeleiding, 27/04/2018)."""

    BASISZORG = 0, "Brede basiszorg"
    VERHOOGDE_ZORG = 1, "Verhoogde zorg"
    UITBREIDING = 2, "Uitbreiding van zorg"
    CURRICULUM = 3, "Individueel aangepast curriculum"


class Doelgroep(models.TextChoices):
    """The people that a material is made for."""

    SCHOOL = "school", "school"
    LEERKRACHT = "leerkracht", "leerkracht"
    OUDERS = "ouders", "ouders"
    CLB = "clb", "CLB"


class Vorm(models.TextChoices):
    """What one does with a material."""

    PREVENTIEPLAN = "preventieplan", "preventieplan"
    GESPREK = "gesprek", "gesprek"
    LEZEN = "lezen", "om te lezen"
    FLOW = "flow", "tekening"
    TIPS = "tips", "tips"
    BEVRAGING = "bevraging", "bevraging"
    OUDERS = "ouders", "gesprek met ouders"


class Materiaal(models.Model):
    slug = models.SlugField(unique=True)
    titel = models.CharField(max_length=120)
    plg = models.CharField("PLG", max_length=60)
    soort = models.CharField(max_length=30)
    doelgroepen = models.JSONField(default=list)
    fases = models.JSONField(default=list)
    # The published version that new dossiers and talks begin with; none before the first one.
    nieuwste = models.ForeignKey(
        "Materiaalversie",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
    )

    class Meta:
        verbose_name = "materiaal"
        verbose_name_plural = "materialen"
        ordering = ("titel",)

    def __str__(self) -> str:
        return self.titel


class MateriaalversieQuerySet(models.QuerySet["Materiaalversie"]):
    def published(self) -> "MateriaalversieQuerySet":
        return self.filter(status=Materiaalversie.Status.GEPUBLICEERD)

    def newest(self) -> "MateriaalversieQuerySet":
        """The newest published version of every material, with its material."""
        return (
            self.published().filter(pk=models.F("materiaal__nieuwste")).select_related("materiaal")
        )

    def newest_first(self) -> "MateriaalversieQuerySet":
        """In the order of versions: 2026.10 is newer than 2026.9."""
        return self.order_by("-datum", Length("versie").desc(), "-versie")


class Materiaalversie(models.Model):
    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        GEPUBLICEERD = "gepubliceerd", "gepubliceerd"

    materiaal = models.ForeignKey(Materiaal, models.PROTECT, related_name="versies")
    versie = models.CharField(max_length=20)
    datum = models.DateField()
    bron = models.TextField()
    status = models.CharField(max_length=12, choices=Status)
    vorm = models.CharField(max_length=20, choices=Vorm)
    # The slug of the material beside which this one is read; empty for one that stands alone.
    begeleidt = models.CharField(max_length=50, blank=True)
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
    # Another one whenever a file takes the place of the content: a process that keeps the content
    # in memory (`kept.py`) knows by this whether it still has the right one.
    content_key = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = MateriaalversieQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(vorm__in=Vorm.values), name="materiaalversie_vorm_bestaat"
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
