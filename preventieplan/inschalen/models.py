"""A round in which everybody scores in silence. Nothing here is about one person.

There is no row per vote: of each score of a goal stands how many gave it, so that not even the
database knows who gave which, in what order, or when (preventieplan/inschalen/domain/).
"""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.models import Dossier
from preventieplan.models import MAX_SCORE

# Letters and digits that are not taken for one another, without vowels: a code is no word.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ23456789"
CODE_LENGTH = 6
MAX_ZIN = 200  # characters
# The least number of people of whose scores anything is shown (domain/).
MIN_SCORES = 4


def new_code(length: int = CODE_LENGTH) -> str:
    """The code by which phones find a round: one of some 390 million, or more with more signs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


class Ronde(models.Model):
    """A round: one or more goals, scored at the same time.

    keer: 1, or 2 for the second time that the same people score a goal.
    telefoons, papieren: how many score on a phone and how many on paper; once it was shown, how
        many did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rondes", db_index=False)
    keer = models.PositiveSmallIntegerField(default=1)
    # NULL once a second round took it over, or its day is over: only then several have none.
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True, default=new_code)  # noqa: DJ001
    telefoons = models.PositiveSmallIntegerField()
    papieren = models.PositiveSmallIntegerField(default=0)
    # How many times papers were counted. A mark of the counts themselves would tell what they are.
    tellingen = models.PositiveSmallIntegerField(default=0, db_default=0)
    geopend_op = models.DateTimeField(default=timezone.now)
    geopend_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    getoond_op = models.DateTimeField(null=True)
    # One that showed nothing stays for a day, without scores (domain/).
    gestopt_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ronde"
        verbose_name_plural = "rondes"
        ordering = ("-geopend_op", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(keer__in=(1, 2)), name="ronde_een_of_twee"),
            # Who counts the papers has read them: of what is left she may not read one by one.
            models.CheckConstraint(
                condition=models.Q(telefoons__gte=MIN_SCORES)
                | models.Q(telefoons=0, papieren__gte=MIN_SCORES),
                name="ronde_genoeg_mensen",
            ),
            # Two at once would reach the same people, and who is in one of them only stands out.
            models.UniqueConstraint(
                fields=("dossier",),
                condition=models.Q(getoond_op__isnull=True, gestopt_op__isnull=True),
                name="ronde_een_per_dossier",
            ),
        )
        indexes = (models.Index(fields=("dossier", "-geopend_op"), name="ronde_van_dossier"),)

    def __str__(self) -> str:
        return f"ronde {self.pk}"


class Rondedoel(models.Model):
    """A goal of a round, by its code, which is the same in each version of the plan.

    op_papier: whether plan and routekaart show how the scores were spread.
    """

    ronde = models.ForeignKey(Ronde, models.CASCADE, related_name="doelen", db_index=False)
    doel = models.SlugField(max_length=20)
    volgorde = models.PositiveSmallIntegerField()
    op_papier = models.BooleanField(default=False)

    class Meta:
        ordering = ("volgorde",)
        constraints = (
            models.UniqueConstraint(fields=("ronde", "doel"), name="rondedoel_een_per_doel"),
        )

    def __str__(self) -> str:
        return f"doel {self.pk} van een ronde"


class Stemmental(models.Model):
    """How many gave a goal this score: on a phone, and on papers until those count along."""

    doel = models.ForeignKey(
        Rondedoel, models.CASCADE, related_name="stemmentallen", db_index=False
    )
    score = models.PositiveSmallIntegerField()
    stemmen = models.PositiveSmallIntegerField(default=0)
    papieren = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("score",)
        constraints = (
            models.UniqueConstraint(fields=("doel", "score"), name="stemmental_een_per_score"),
            models.CheckConstraint(
                condition=models.Q(score__lte=MAX_SCORE), name="stemmental_score_0_tot_10"
            ),
        )

    def __str__(self) -> str:
        return f"stemmental {self.pk}"


class Zin(models.Model):
    """A sentence that somebody wrote with a score; which one is nowhere."""

    # A random key gives a random order that is the same in every view.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    doel = models.ForeignKey(Rondedoel, models.CASCADE, related_name="zinnen")
    tekst = models.CharField(max_length=MAX_ZIN)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~models.Q(tekst=""), name="zin_is_ingevuld"),
        )

    def __str__(self) -> str:
        return f"zin {self.pk}"
