"""The materials of the PLGs and their versions. The app of each soort has the content."""

import uuid
from collections.abc import Iterable
from itertools import permutations
from urllib.parse import urlsplit

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length

from dossiers.mensen.models import Niveau
from stsdialoog.text import search_key

# The address of a page on the open web: https, a name with a dot, and nothing that could hide
# another destination, such as a user name, a port or a letter that looks like another one.
ADRES = (
    r"^https://[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+"
    r"(/[A-Za-z0-9/._~%!$&'()*+,;=:@?#-]*)?$"
)
ADRES_VOORBEELD = "https://www.vlaanderen.be/onderwijs"
# In the place of a PLG, for what the coordinators of Samen tegen Schooluitval made themselves.
STS_TEAM = "STS-team"
MAX_LABEL, MAX_ADRES = 80, 300
# How a content file names the schools that need something; in a column "BaO", or "SO BuO".
NIVEAUS = {Niveau.BAO: "BaO", Niveau.SO: "SO", Niveau.BUO: "BuO"}


def in_one_column(names: Iterable[str]) -> list[str]:
    """All that a column can hold that has some of these names, in any order: "", "SO BuO"."""
    known = list(names)
    return [" ".join(some) for many in range(len(known) + 1) for some in permutations(known, many)]


NIVEAUS_SAMEN = in_one_column(NIVEAUS.values())


class Toont(models.TextChoices):
    """What of the dossier or its CLB stands beside a goal or a part whose content asks for it."""

    CIJFERS = "cijfers", "de cijfers van de school"
    SOCIALE_KAART = "sociale-kaart", "de sociale kaart"


# In a column, as for `Checklistvraag.niveaus`.
TOONT_SAMEN = in_one_column(Toont.values)


class Herkomst(models.TextChoices):
    BRON = "bron", "woorden van de bron"
    VOORSTEL = "voorstel", "voorstel, nog te bevestigen door de PLG"


class Fase(models.IntegerChoices):
    """The phases of the zorgcontinuüm (decreet leerlingenbegeleiding, 27/04/2018)."""

    BASISZORG = 0, "Brede basiszorg"
    VERHOOGDE_ZORG = 1, "Verhoogde zorg"
    UITBREIDING = 2, "Uitbreiding van zorg"
    CURRICULUM = 3, "Individueel aangepast curriculum"


class Doelgroep(models.TextChoices):
    """The people a material is made for."""

    SCHOOL = "school", "school"
    LEERKRACHT = "leerkracht", "leerkracht"
    OUDERS = "ouders", "ouders"
    CLB = "clb", "CLB"


class Vorm(models.TextChoices):
    """What a material is used for."""

    PREVENTIEPLAN = "preventieplan", "preventieplan"
    GESPREK = "gesprek", "gesprek"
    LEZEN = "lezen", "om te lezen"
    FLOW = "flow", "tekening"
    TIPS = "tips", "tips"
    BEVRAGING = "bevraging", "bevraging"
    OUDERS = "ouders", "gesprek met ouders"


class Punt(models.Model):
    """A question or a point of a material: its words, and what can stand behind them."""

    tekst = models.TextField()
    herkomst = models.CharField(max_length=10, choices=Herkomst)
    # Additional information, shown in a disclosure.
    uitleg = models.TextField(blank=True)
    uitleg_herkomst = models.CharField(max_length=10, choices=Herkomst, blank=True)
    link_label = models.CharField(max_length=MAX_LABEL, blank=True)
    link_adres = models.CharField(
        max_length=MAX_ADRES,
        blank=True,
        validators=[
            RegexValidator(
                ADRES, f"Een adres begint met https:// en ziet eruit als {ADRES_VOORBEELD}."
            )
        ],
    )
    # The last day on which somebody followed the link and saw that it still says this.
    link_nagekeken = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(uitleg="", uitleg_herkomst="")
                | (~models.Q(uitleg="") & models.Q(uitleg_herkomst__in=Herkomst.values)),
                name="%(class)s_uitleg_heeft_herkomst",
            ),
            models.CheckConstraint(
                condition=models.Q(link_adres="", link_label="", link_nagekeken__isnull=True)
                | (
                    models.Q(link_adres__startswith="https://", link_nagekeken__isnull=False)
                    & ~models.Q(link_label="")
                ),
                name="%(class)s_link_is_heel",
            ),
        )

    @property
    def link_domein(self) -> str:
        """Where the link leads, as one reads it beside its label."""
        return urlsplit(self.link_adres).netloc


class Materiaal(models.Model):
    slug = models.SlugField(unique=True)
    titel = models.CharField(max_length=120)
    plg = models.CharField("PLG", max_length=60)
    soort = models.CharField(max_length=30)
    doelgroepen = models.JSONField(default=list)
    fases = models.JSONField(default=list)
    # Other names that people know it by, for the search of the toolbox.
    ook = models.JSONField(default=list, blank=True)
    # The schools that need it, as NIVEAUS names them; empty when all do.
    niveaus = models.JSONField(default=list, blank=True)
    # The published version that new dossiers and talks start with; null until there is one.
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

    @property
    def van(self) -> str:
        """Who made it, as a page says it after "van"."""
        return "het STS-team" if self.plg == STS_TEAM else f"PLG {self.plg}"

    def is_for(self, niveau: str) -> bool:
        """Whether schools of a Niveau need it; one to practise in has none, and needs all."""
        return not (self.niveaus and niveau) or NIVEAUS[Niveau(niveau)] in self.niveaus


class MateriaalversieQuerySet(models.QuerySet["Materiaalversie"]):
    def published(self) -> "MateriaalversieQuerySet":
        return self.filter(status=Materiaalversie.Status.GEPUBLICEERD)

    def newest(self) -> "MateriaalversieQuerySet":
        """The newest published version of every material, with its material."""
        return (
            self.published().filter(pk=models.F("materiaal__nieuwste")).select_related("materiaal")
        )

    def newest_first(self) -> "MateriaalversieQuerySet":
        """Order by version, newest first: 2026.10 is newer than 2026.9."""
        return self.order_by("-datum", Length("versie").desc(), "-versie")


class Materiaalversie(models.Model):
    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        GEPUBLICEERD = "gepubliceerd", "gepubliceerd"

    materiaal = models.ForeignKey(Materiaal, models.PROTECT, related_name="versies", db_index=False)
    versie = models.CharField(max_length=20)
    datum = models.DateField()
    bron = models.TextField()
    status = models.CharField(max_length=12, choices=Status)
    vorm = models.CharField(max_length=20, choices=Vorm)
    # The slug of the material that this one accompanies; empty for a material on its own.
    begeleidt = models.CharField(max_length=50, blank=True)
    # Title and head of the material in this version: the head of its file, without slug and soort.
    # The material itself has a copy of those of its newest published version.
    kop = models.JSONField(default=dict)
    # A sentence for the shelf on what the material is for: `herkomst` and `tekst`, or empty.
    waarvoor = models.JSONField(default=dict, blank=True)
    # The material's own fixed sentences (titles, lead-ins, the wording above a score).
    teksten = models.JSONField(default=dict)
    # The search key of every sentence of the content, for the toolbox and the admin.
    zoektekst = models.TextField(blank=True)
    # Digest of the content, by which the loader sees whether anything changed.
    digest = models.CharField(max_length=64)
    # Digest of the file that was loaded last; differs from `digest` after work in the admin.
    bestand_digest = models.CharField(max_length=64, blank=True)
    # Renewed whenever a file replaces the content, which invalidates in-process caches (`kept.py`).
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

    def shelf_order(self) -> tuple[str, str]:
        """Sort key: the PLG and then the title of the material, the same on every database."""
        return self.materiaal.plg, search_key(self.materiaal.titel)

    @property
    def is_concept(self) -> bool:
        return self.status == self.Status.CONCEPT

    @property
    def is_beheerd(self) -> bool:
        """Whether the version holds work done in the admin that no loaded file has."""
        return self.digest != self.bestand_digest
