"""What worked in a school, as its team tells it to others, and what those did with it."""

import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.text import Truncator

from dossiers.acties.belonging import BELONGS, MAX_LENGTH, phase_of
from dossiers.acties.models import Actie
from dossiers.materialen.models import Fase
from dossiers.mensen.models import School
from dossiers.models import Dossier
from stsdialoog.fields import ParagraphField, SearchKeyField
from stsdialoog.seen import mark_of
from stsdialoog.text import opening

# In characters. What is recognised of a pupil is looked for in far more (`herkenning/pupils.py`).
MAX_TEKST, MAX_VOOR_WIE, MAX_VRAAG, MAX_TITEL = 2000, 300, 500, 120
# What a team tells, in the order in which one reads it.
WOORDEN = ("wat", "veranderde", "voor_wie", "werkte_niet")


class Stand(models.TextChoices):
    """Who is to do something with a practice now."""

    ANKERFIGUUR = "ankerfiguur", "bij de ankerfiguur"
    VRAAG = "vraag", "vraag terug"
    PLG = "plg", "bij de PLG"
    GEDEELD = "gedeeld", "gedeeld"


def _no_longer_than(naam: str, most: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(LessThanOrEqual(Length(naam), most)), name=f"praktijk_{naam}_past"
    )


class Praktijk(models.Model):
    """One thing that worked. It goes with its dossier, and when its team takes it back.

    Who told, read or approved it stands in the log alone.

    hoort_bij: the goal or phase of the plan, by its code; "" for neither.
    vraag: what the ankerfiguur or the PLG asks the team, while that is to answer.
    gewijzigd_op: when its words or its stand were last another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="praktijken", db_index=False)
    actie = models.OneToOneField(Actie, models.PROTECT, null=True, related_name="praktijk")
    hoort_bij = models.CharField(max_length=MAX_LENGTH, blank=True, default="")
    wat = ParagraphField(max_length=MAX_TEKST)
    veranderde = ParagraphField(max_length=MAX_TEKST)
    voor_wie = ParagraphField(max_length=MAX_VOOR_WIE, blank=True, default="")
    werkte_niet = ParagraphField(max_length=MAX_TEKST, blank=True, default="")
    toon_school = models.BooleanField(default=False)
    stand = models.CharField(max_length=11, choices=Stand, default=Stand.ANKERFIGUUR)
    vraag = ParagraphField(max_length=MAX_VRAAG, blank=True, default="")
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)
    gedeeld_op = models.DateField(null=True, editable=False)
    zoektekst = SearchKeyField(of=WOORDEN)

    # How many schools it helped, from the number on that is told; set by the queries of the shelf.
    hielp: int

    class Meta:
        verbose_name = "praktijk"
        verbose_name_plural = "praktijken"
        ordering = ("-gewijzigd_op", "id")
        indexes = (
            models.Index(fields=("dossier", "gewijzigd_op"), name="praktijk_van_dossier"),
            models.Index(fields=("stand", "hoort_bij"), name="praktijk_op_de_plank"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(wat="") & ~models.Q(veranderde=""),
                name="praktijk_is_ingevuld",
            ),
            models.CheckConstraint(
                condition=models.Q(stand__in=Stand.values), name="praktijk_stand_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(stand=Stand.VRAAG) ^ models.Q(vraag=""),
                name="praktijk_vraag_bij_vraag_terug",
            ),
            models.CheckConstraint(
                condition=models.Q(stand=Stand.GEDEELD, gedeeld_op__isnull=False)
                | (~models.Q(stand=Stand.GEDEELD) & models.Q(gedeeld_op__isnull=True)),
                name="praktijk_gedeeld_op_een_dag",
            ),
            models.CheckConstraint(condition=BELONGS, name="praktijk_hoort_bij_bestaat"),
            _no_longer_than("wat", MAX_TEKST),
            _no_longer_than("veranderde", MAX_TEKST),
            _no_longer_than("voor_wie", MAX_VOOR_WIE),
            _no_longer_than("werkte_niet", MAX_TEKST),
            _no_longer_than("vraag", MAX_VRAAG),
        )

    def __str__(self) -> str:
        return f"praktijk {self.pk}"

    @property
    def titel(self) -> str:
        """Its first sentence, as short as fits a line or two."""
        return Truncator(opening(self.wat, sentences=1)[0]).chars(MAX_TITEL)

    @property
    def wacht_op_ankerfiguur(self) -> bool:
        return self.stand == Stand.ANKERFIGUUR

    @property
    def fase(self) -> Fase | None:
        return phase_of(self.hoort_bij)

    @property
    def van(self) -> str:
        """Whose it is, as others read it: the name only where its team wants that."""
        school = self.dossier.school
        if self.toon_school:
            return f"{school.naam}, {school.gemeente}"
        return f"een school uit het {school.get_niveau_display().lower()}"

    @property
    def shown(self) -> tuple[Any, ...]:
        """All that one reads of it before one decides, and that its form replaces."""
        return (self.hoort_bij, *(getattr(self, naam) for naam in WOORDEN), self.toon_school)

    @property
    def mark(self) -> str:
        return mark_of(*self.shown)


class HielpOok(models.Model):
    """A school that a practice helped too; nobody keeps who said so."""

    praktijk = models.ForeignKey(Praktijk, models.CASCADE, related_name="hielp_ook", db_index=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "hielp ook"
        verbose_name_plural = "hielp ook"
        constraints = (
            models.UniqueConstraint(fields=("praktijk", "school"), name="hielp_ook_per_school"),
        )

    def __str__(self) -> str:
        return f"hielp ook {self.pk}"


class Navolging(models.Model):
    """An action that a team made after a practice of another school, in its own words."""

    actie = models.OneToOneField(Actie, models.CASCADE, primary_key=True, related_name="navolging")
    praktijk = models.ForeignKey(Praktijk, models.CASCADE, related_name="navolgingen")

    class Meta:
        verbose_name = "navolging"
        verbose_name_plural = "navolgingen"

    def __str__(self) -> str:
        return f"navolging {self.pk}"
