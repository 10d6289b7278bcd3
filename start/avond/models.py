"""An evening of the CLB with a school: what it is about, and when each point of it began."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from dialoogfiches.gesprekken.models import Gesprek
from dossiers.models import Dossier
from stsdialoog.fields import ParagraphField

# One longer than the code of a round, so that the address says which of the two it is.
CODE_LENGTH = 7
# How long an evening lasts that nobody ends, and how long its phones follow it.
DUUR = timedelta(days=1)


class Avond(models.Model):
    """code: by which phones find it, and hear that it is over. aanwezig: who was there, in words or
        as a number.
    gemaild_op: when the link to its minutes was mailed to the team. geclaimd_op: when somebody
        began to do so (start/avond/domain/mailen.py).
    """

    MAX_AANWEZIG = 600

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="avonden", db_index=False)
    dag = models.DateField()
    uur = models.TimeField(null=True, blank=True)
    # NULL before it began, and once its day is over: only then several have none.
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True)  # noqa: DJ001
    begonnen_op = models.DateTimeField(null=True)
    beeindigd_op = models.DateTimeField(null=True)
    aanwezig = ParagraphField(max_length=MAX_AANWEZIG, blank=True)
    geclaimd_op = models.DateTimeField(null=True)
    gemaild_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "avond"
        verbose_name_plural = "avonden"
        ordering = ("-dag", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",),
                condition=models.Q(beeindigd_op__isnull=True),
                name="avond_een_open_per_dossier",
            ),
            models.CheckConstraint(
                condition=models.Q(beeindigd_op__isnull=True)
                | models.Q(beeindigd_op__gte=models.F("begonnen_op"), begonnen_op__isnull=False),
                name="avond_begint_voor_het_einde",
            ),
            models.CheckConstraint(
                condition=models.Q(code__isnull=True) | models.Q(begonnen_op__isnull=False),
                name="avond_code_vanaf_het_begin",
            ),
            models.CheckConstraint(
                condition=models.Q(gemaild_op__isnull=True) | models.Q(beeindigd_op__isnull=False),
                name="avond_gemaild_na_het_einde",
            ),
        )
        indexes = (models.Index(fields=("dossier", "-dag"), name="avond_van_dossier"),)

    def __str__(self) -> str:
        return f"avond {self.pk}"

    @property
    def is_begonnen(self) -> bool:
        return self.begonnen_op is not None

    @property
    def is_beeindigd(self) -> bool:
        return self.beeindigd_op is not None

    @property
    def laatste(self) -> datetime | None:
        """The moment after which it does not last any longer, once it began."""
        return self.begonnen_op and self.begonnen_op + DUUR

    @property
    def loopt(self) -> bool:
        """Whether it goes on now, its dossier aside."""
        if self.laatste is None or self.is_beeindigd:
            return False
        return timezone.now() < self.laatste


class Agendapunt(models.Model):
    """A point of an evening: what was agreed before (0), a goal of the plan, or a step of a talk.

    doel, stap: codes, which are the same in each version.
    briefjes: whether slips to score on are printed. blad: whether the goal or the step itself is.
    """

    BELOFTEN = 0
    AANTAL = 3
    MAX_MINUTEN = 180

    avond = models.ForeignKey(Avond, models.CASCADE, related_name="punten", db_index=False)
    volgorde = models.PositiveSmallIntegerField()
    doel = models.SlugField(max_length=20, blank=True)
    gesprek = models.ForeignKey(Gesprek, models.PROTECT, null=True, related_name="agendapunten")
    stap = models.SlugField(max_length=30, blank=True)
    minuten = models.PositiveSmallIntegerField()
    briefjes = models.BooleanField(default=False)
    blad = models.BooleanField(default=False)
    begonnen_op = models.DateTimeField(null=True)

    class Meta:
        ordering = ("volgorde",)
        constraints = (
            models.UniqueConstraint(fields=("avond", "volgorde"), name="agendapunt_volgorde_uniek"),
            models.UniqueConstraint(
                fields=("avond", "doel"),
                condition=~models.Q(doel=""),
                name="agendapunt_doel_uniek",
            ),
            models.UniqueConstraint(
                fields=("avond", "gesprek", "stap"),
                condition=models.Q(gesprek__isnull=False),
                name="agendapunt_stap_uniek",
            ),
            models.CheckConstraint(
                condition=models.Q(volgorde__lte=3), name="agendapunt_hoogstens_drie"
            ),
            models.CheckConstraint(
                condition=models.Q(minuten__gte=1, minuten__lte=180),
                name="agendapunt_duurt_niet_te_lang",
            ),
            models.CheckConstraint(
                condition=models.Q(volgorde=0, doel="", gesprek__isnull=True, stap="")
                | models.Q(volgorde__gte=1, gesprek__isnull=True, stap="") & ~models.Q(doel="")
                | models.Q(volgorde__gte=1, doel="", gesprek__isnull=False) & ~models.Q(stap=""),
                name="agendapunt_gaat_over_een_iets",
            ),
            models.CheckConstraint(
                condition=models.Q(briefjes=False) | ~models.Q(doel=""),
                name="agendapunt_briefjes_bij_een_doel",
            ),
        )

    def __str__(self) -> str:
        return f"agendapunt {self.pk}"

    @property
    def is_beloften(self) -> bool:
        return self.volgorde == self.BELOFTEN
