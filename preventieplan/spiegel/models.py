"""The same questions of the plan, put to all teachers. Nothing here is about one person.

There is no row per answer: of each question stands how many gave each stand, so that not even the
database knows what one person answered to two questions, or in which order people came
(preventieplan/spiegel/domain/).
"""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from dossiers.anoniem.models import AnoniemeBevraging, AntwoordGolf
from dossiers.models import Dossier
from preventieplan.models import Antwoordstand

# What teachers choose from, each with the column that counts it. Not n.v.t.: whether a question
# is for a school, the team says.
STANDEN = {
    Antwoordstand.DOEN_WE: "doen_we",
    Antwoordstand.DEELS: "deels",
    Antwoordstand.NOG_NIET: "nog_niet",
    Antwoordstand.WETEN_WE_NIET: "weten_niet",
}


class Spiegel(AnoniemeBevraging):
    """op_papier: whether plan and routekaart tell what came of it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="spiegels")
    op_papier = models.BooleanField(default=False)

    class Meta:
        verbose_name = "spiegel"
        verbose_name_plural = "spiegels"
        ordering = ("-geopend_op", "id")

    def __str__(self) -> str:
        return f"Spiegel van {date_format(timezone.localdate(self.geopend_op), 'j F Y')}"

    def get_absolute_url(self) -> str:
        return reverse("spiegel", args=[self.dossier_id, self.pk])


class Telling(models.Model):
    """How many gave each stand."""

    doen_we = models.PositiveSmallIntegerField(default=0)
    deels = models.PositiveSmallIntegerField(default=0)
    nog_niet = models.PositiveSmallIntegerField(default=0)
    weten_niet = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def aantallen(self) -> tuple[int, ...]:
        """In the order of STANDEN."""
        return tuple(getattr(self, column) for column in STANDEN.values())


class Spiegelvraag(Telling):
    """A question as it was when it was put, and what the team had answered by then.

    doel, vraag: their codes, which are the same in each version of the plan.
    """

    spiegel = models.ForeignKey(Spiegel, models.CASCADE, related_name="vragen", db_index=False)
    volgorde = models.PositiveSmallIntegerField()
    doel = models.SlugField(max_length=20)
    vraag = models.SlugField(max_length=30)
    tekst = models.TextField()
    stand = models.CharField(max_length=10, choices=Antwoordstand)

    class Meta:
        ordering = ("volgorde",)
        constraints = (
            models.UniqueConstraint(fields=("spiegel", "vraag"), name="spiegelvraag_een_keer"),
            models.CheckConstraint(
                condition=models.Q(stand__in=[stand.value for stand in STANDEN]),
                name="spiegelvraag_stand_bestaat",
            ),
            models.CheckConstraint(
                condition=~models.Q(tekst=""), name="spiegelvraag_tekst_is_ingevuld"
            ),
        )

    def __str__(self) -> str:
        return f"vraag {self.pk} van een spiegel"


class Spiegeldag(models.Model):
    """How many answered on a day, those in a wave aside."""

    spiegel = models.ForeignKey(Spiegel, models.CASCADE, related_name="dagen", db_index=False)
    dag = models.DateField()
    aantal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("dag",)
        constraints = (
            models.UniqueConstraint(fields=("spiegel", "dag"), name="spiegeldag_een_per_dag"),
        )

    def __str__(self) -> str:
        return f"dag {self.pk} van een spiegel"


class Spiegelgolf(AntwoordGolf):
    bevraging = models.ForeignKey(Spiegel, models.CASCADE, related_name="golven", db_index=False)
    aantal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("begin",)
        constraints = (
            models.UniqueConstraint(
                fields=("bevraging", "begin"), name="spiegelgolf_een_per_begin"
            ),
        )


class Golftelling(Telling):
    """How many in a wave gave each stand to a question: they do not count yet."""

    golf = models.ForeignKey(Spiegelgolf, models.CASCADE, related_name="tellingen", db_index=False)
    vraag = models.ForeignKey(Spiegelvraag, models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("golf", "vraag"), name="golftelling_een_per_vraag"),
        )

    def __str__(self) -> str:
        return f"telling {self.pk} van een golf"
