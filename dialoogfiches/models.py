"""The content of one version of a fiche: its parts, their rubrieken and items.

Every material except the preventieplan has this same structure, so that adding a material takes a
content file and no code. What can be done with a material is determined by its vorm.
"""

from django.db import models

from dossiers.materialen.models import TOONT_SAMEN, Herkomst, Materiaalversie, Punt


class Rubrieksoort(models.TextChoices):
    """The headings that recur across materials; the label is the default heading on the page."""

    WAT = "wat", "Wat?"
    HOE = "hoe", "Hoe?"
    DOEL = "doel", "Doel"
    SITUERING = "situering", "Situering"
    INFO = "info", "Goed om te weten"
    RICHTVRAGEN = "richtvragen", "Richtvragen"
    BASISVRAGEN = "basisvragen", "Basisvragen"
    VERDIEPEND = "verdiepende-vragen", "Verdiepende vragen"
    ROL_CLB = "rol-clb", "Rol van het CLB"
    VOORWAARDEN = "voorwaarden", "Voorwaarden"
    RESULTAAT = "resultaat", "Resultaat"
    PRAKTIJKEN = "praktijken", "Inspirerende praktijken"
    TIPS = "tips", "Tips"
    TOOLS = "tools", "Bruikbare tools"
    FACTOREN = "factoren", "Beschermende factoren"
    BRONNEN = "bronnen", "Aanbevelingen en informatiebronnen"
    # For a bevraging: optional details about the respondent, the question, and the follow-ups.
    HOOFD = "hoofd", "Over jou, als je dat wil"
    KEUZE = "keuze", "De vraag"
    JA = "ja", "Ja"
    NEE = "nee", "Nee"


# The rubrieken with questions on which a gesprek can take notes.
VRAAGSOORTEN = (Rubrieksoort.RICHTVRAGEN, Rubrieksoort.BASISVRAGEN, Rubrieksoort.VERDIEPEND)


class Actiewerk(models.TextChoices):
    """What a step does with the dossier's actions (Sjablonen plan en opvolging, PLG Limburg)."""

    PLANNEN = "plannen", "maakt acties"
    OPVOLGEN = "opvolgen", "volgt acties op"
    VIEREN = "vieren", "kiest wat we vieren, delen en houden"


# The step in which a team chooses its focus: the fiches of PLG Limburg share its code.
FOCUS = "focus-bepalen"


class OnderdeelQuerySet(models.QuerySet["Onderdeel"]):
    def steps(self) -> "OnderdeelQuerySet":
        """The parts that a talk goes through, each with a result."""
        return self.filter(stap=True)


class Onderdeel(models.Model):
    """One part: a phase, a topic, a moment, or a separate fiche."""

    versie = models.ForeignKey(
        Materiaalversie, models.CASCADE, related_name="onderdelen", db_index=False
    )
    code = models.SlugField(max_length=30)
    volgorde = models.PositiveSmallIntegerField()
    titel = models.CharField(max_length=120)
    kort = models.CharField(max_length=24)
    herkomst = models.CharField(max_length=10, choices=Herkomst)
    # True for a step of the talk, False for a page to read beforehand.
    stap = models.BooleanField()
    # The phase of the zorgcontinuüm that the part belongs to, if any.
    fase = models.PositiveSmallIntegerField(null=True, blank=True)
    acties = models.CharField(max_length=10, choices=Actiewerk, blank=True)
    # What of its own a dossier shows beside it, as in TOONT_SAMEN.
    toont = models.CharField(max_length=60, blank=True)

    objects = OnderdeelQuerySet.as_manager()

    class Meta:
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"
        ordering = ("volgorde",)
        constraints = (
            models.UniqueConstraint(fields=("versie", "code"), name="onderdeel_code_uniek"),
            models.CheckConstraint(
                condition=models.Q(herkomst__in=Herkomst.values), name="onderdeel_herkomst_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(fase__isnull=True) | models.Q(fase__lte=3),
                name="onderdeel_fase_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(acties__in=["", *Actiewerk.values]),
                name="onderdeel_acties_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(toont__in=TOONT_SAMEN), name="onderdeel_toont_bestaat"
            ),
        )

    def __str__(self) -> str:
        return self.titel

    @property
    def plans_acties(self) -> bool:
        return self.acties == Actiewerk.PLANNEN

    @property
    def follows_up(self) -> bool:
        return self.acties == Actiewerk.OPVOLGEN

    @property
    def celebrates(self) -> bool:
        return self.acties == Actiewerk.VIEREN

    @property
    def goes_on_with_acties(self) -> bool:
        """Whether the step works with actions that were created in another step."""
        return self.follows_up or self.celebrates


class Rubriek(models.Model):
    """One heading of a part, with a text, items, or both below it."""

    onderdeel = models.ForeignKey(Onderdeel, models.CASCADE, related_name="rubrieken")
    volgorde = models.PositiveSmallIntegerField()
    soort = models.CharField(max_length=20, choices=Rubrieksoort)
    # The sheet of paper that it belongs on, if the part has more than one.
    fiche = models.CharField(max_length=40, blank=True)
    kop = models.CharField(max_length=120, blank=True)
    herkomst = models.CharField(max_length=10, choices=Herkomst)
    tekst = models.TextField(blank=True)

    class Meta:
        verbose_name = "rubriek"
        verbose_name_plural = "rubrieken"
        ordering = ("volgorde",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(soort__in=Rubrieksoort.values), name="rubriek_soort_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(herkomst__in=Herkomst.values), name="rubriek_herkomst_bestaat"
            ),
        )

    def __str__(self) -> str:
        return self.titel

    @property
    def titel(self) -> str:
        """The heading on the page: its own kop, or the default for its soort."""
        return self.kop or self.get_soort_display()

    @property
    def is_vraag(self) -> bool:
        return self.soort in VRAAGSOORTEN

    @property
    def is_verdiepend(self) -> bool:
        return self.soort == Rubrieksoort.VERDIEPEND

    @property
    def is_tips(self) -> bool:
        return self.soort == Rubrieksoort.TIPS

    @property
    def is_resultaat(self) -> bool:
        return self.soort == Rubrieksoort.RESULTAAT

    @property
    def is_keuze(self) -> bool:
        return self.soort == Rubrieksoort.KEUZE

    @property
    def is_hoofd(self) -> bool:
        return self.soort == Rubrieksoort.HOOFD


class ItemQuerySet(models.QuerySet["Item"]):
    def questions(self) -> "ItemQuerySet":
        """The items that can have a note in a talk."""
        return self.filter(rubriek__soort__in=VRAAGSOORTEN, rubriek__onderdeel__stap=True)


class Item(Punt):
    """One item under a heading: a question to talk about, a tip, a role, ..."""

    rubriek = models.ForeignKey(Rubriek, models.CASCADE, related_name="items")
    # Denormalised from its rubriek, for the constraint that a code is unique within a version.
    versie = models.ForeignKey(
        Materiaalversie, models.CASCADE, related_name="items", db_index=False
    )
    code = models.SlugField(max_length=60)
    volgorde = models.PositiveSmallIntegerField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "punt"
        verbose_name_plural = "punten"
        ordering = ("volgorde",)
        constraints = (
            models.UniqueConstraint(fields=("versie", "code"), name="item_code_uniek"),
            models.CheckConstraint(
                condition=models.Q(herkomst__in=Herkomst.values), name="item_herkomst_bestaat"
            ),
            *Punt.Meta.constraints,
        )

    def __str__(self) -> str:
        return self.code
