"""Actions: Wat / Wie / Wanneer / Check, the same for every material they originate from."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.acties.belonging import BELONGS, MAX_LENGTH
from dossiers.logboek.models import Handelingen
from dossiers.models import Dossier
from dossiers.velden.models import Revisie, RevisieField, StrikableRecord, Veldrecord


class Besluit(models.TextChoices):
    """The outcome of a check. The table in the source has borgen and bijsturen, but not stoppen."""

    BORGEN = "borgen", "borgen"
    BIJSTUREN = "bijsturen", "bijsturen"
    STOPPEN = "stoppen", "stoppen"


# What is told with a decision.
WAAROM = {Besluit.BORGEN.value: "Vaste plek", Besluit.STOPPEN.value: "Geleerd"}


class Actiestand(models.TextChoices):
    GEPLAND = "gepland", "gepland"
    BEZIG = "bezig", "bezig"
    KLAAR = "klaar", "klaar"


class Actie(StrikableRecord):
    VELDEN: ClassVar = (
        "wat",
        "wie",
        "wanneer",
        "wanneer_op",
        "stand",
        "check_op",
        "besluit",
        "hoort_bij",
    )
    STRUCK: ClassVar = Handelingen.ACTIE_GESCHRAPT
    RESTORED: ClassVar = Handelingen.ACTIE_TERUGGEZET

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="acties", db_index=False)
    wat = models.TextField()
    wat_revisie = RevisieField()
    wie = models.TextField(blank=True)
    wie_revisie = RevisieField()
    # Free text such as "voor de paasvakantie"; `wanneer_op` is the date to calculate with.
    wanneer = models.TextField(blank=True)
    wanneer_revisie = RevisieField()
    wanneer_op = models.DateField(null=True, blank=True)
    wanneer_op_revisie = RevisieField()
    stand = models.CharField(max_length=10, choices=Actiestand, default=Actiestand.GEPLAND)
    stand_revisie = RevisieField()
    # The day of the check that is planned, or of the last one when none is.
    check_op = models.DateField(null=True, blank=True)
    check_op_revisie = RevisieField()
    # The decision of that check (`Checkmoment`); empty as long as nobody looked back.
    besluit = models.CharField(max_length=10, choices=Besluit, blank=True)
    besluit_revisie = RevisieField()
    # What was found stands in the checks now. Nothing reads or writes these two any more; they stay
    # for one release, because the code of before works in this table while it is replaced.
    vaststelling = models.TextField(blank=True, editable=False)
    vaststelling_revisie = RevisieField()
    hoort_bij = models.CharField(max_length=MAX_LENGTH, blank=True)
    hoort_bij_revisie = RevisieField()
    gemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    # What the team found at its last check, and how it went so far, where a query says so.
    bevinding = ""
    story: Any = None
    # Set by the queries that ask for it (`dossiers/acties/queries/`): whether somebody of the team
    # does it, the names of who does where no words say it, and whether it came along from another
    # schooljaar.
    heeft_trekker = False
    trekkersnamen = ""
    kwam_mee = False

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ("gemaakt_op", "id")
        indexes = (
            models.Index(fields=("dossier", "gewijzigd_op"), name="actie_laatst_gewijzigd"),
            # All that decides whether an action is late, so that the list of schools counts those
            # of every school that somebody follows without reading the actions themselves.
            models.Index(
                fields=("dossier", "besluit", "stand", "wanneer_op", "check_op"),
                condition=models.Q(geschrapt_op__isnull=True),
                name="actie_te_laat",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(wat=""), name="actie_wat_is_ingevuld"),
            models.CheckConstraint(
                condition=models.Q(stand__in=Actiestand.values), name="actie_stand_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(besluit__in=["", *Besluit.values]), name="actie_besluit_bestaat"
            ),
            models.CheckConstraint(condition=BELONGS, name="actie_hoort_bij_bestaat"),
        )

    def __str__(self) -> str:
        return self.wat[:80]

    @property
    def is_gelukt(self) -> bool:
        """Whether it was done or is kept: what a team can tell other schools of."""
        return self.stand == Actiestand.KLAAR or self.besluit == Besluit.BORGEN


class Actierevisie(Revisie):
    record = models.ForeignKey(Actie, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="actierevisie_uniek"
            ),
        )


class Vervolg(models.Model):
    """An action that goes on from an earlier one: adjusted after a check, or the same of last year.

    An action goes on in one other at most, so that a chain of them reads as a story.
    """

    actie = models.OneToOneField(
        Actie, models.CASCADE, primary_key=True, related_name="vervolg_van"
    )
    eerdere = models.OneToOneField(Actie, models.CASCADE, related_name="vervolg")

    def __str__(self) -> str:
        return f"vervolg {self.pk}"


class Trekker(models.Model):
    """Somebody of the team, or of its CLB, who does an action and is reminded of it, and who chose
    her for it; `wie` of the action says the same in words, for paper too.

    Of rows from before that was kept it is not known.
    """

    actie = models.ForeignKey(Actie, models.CASCADE, related_name="+", db_index=False)
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gekozen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    gekozen_op = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("actie", "gebruiker"), name="trekker_uniek"),
            models.CheckConstraint(
                condition=models.Q(gekozen_door__isnull=True, gekozen_op__isnull=True)
                | models.Q(gekozen_door__isnull=False, gekozen_op__isnull=False),
                name="trekker_gekozen_door_iemand",
            ),
        )

    def __str__(self) -> str:
        return f"trekker {self.pk}"

    def goes_on_with(self, actie: Actie) -> "Trekker":
        """The same choice for the action in which hers goes on, not saved yet."""
        return Trekker(
            actie=actie,
            gebruiker_id=self.gebruiker_id,
            gekozen_door_id=self.gekozen_door_id,
            gekozen_op=self.gekozen_op,
        )


class Checkmoment(Veldrecord):
    """One time that a team looked back on an action.

    Its words are saved while they are typed. It counts from `afgerond_op`: then the decision is
    that of the action, which keeps that of its last moment.

    waarom: for borgen where it gets a fixed place, for stoppen what was learned.
    """

    VELDEN: ClassVar = ("dag", "vaststelling", "besluit", "waarom")
    SLEUTEL: ClassVar = ("dossier", "actie", "nummer")
    # What is settled once it is rounded off. Its words can still be mended.
    SETTLED: ClassVar = ("dag", "besluit")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="checks", db_index=False)
    actie = models.ForeignKey(Actie, models.CASCADE, related_name="checks", db_index=False)
    # The first one of an action is 1; the one that is not rounded off is always the last.
    nummer = models.PositiveSmallIntegerField()
    dag = models.DateField(null=True, blank=True)
    dag_revisie = RevisieField()
    vaststelling = models.TextField(blank=True)
    vaststelling_revisie = RevisieField()
    besluit = models.CharField(max_length=10, choices=Besluit, blank=True)
    besluit_revisie = RevisieField()
    waarom = models.TextField(blank=True)
    waarom_revisie = RevisieField()
    afgerond_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "check"
        verbose_name_plural = "checks"
        ordering = ("nummer",)
        constraints = (
            models.UniqueConstraint(fields=("actie", "nummer"), name="check_uniek"),
            models.CheckConstraint(
                condition=models.Q(nummer__gte=1), name="check_nummer_vanaf_een"
            ),
            models.CheckConstraint(
                condition=models.Q(besluit__in=["", *Besluit.values]), name="check_besluit_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(afgerond_op__isnull=True)
                | (models.Q(dag__isnull=False) & ~models.Q(besluit="")),
                name="check_afgerond_is_ingevuld",
            ),
        )
        indexes = (models.Index(fields=("dossier", "gewijzigd_op"), name="check_laatst_gewijzigd"),)

    def __str__(self) -> str:
        return f"check {self.pk}"

    @property
    def is_afgerond(self) -> bool:
        return self.afgerond_op is not None

    @property
    def waarom_kop(self) -> str:
        """What `waarom` tells, in a word before it."""
        return WAAROM.get(self.besluit, "Waarom")

    @property
    def is_filled(self) -> bool:
        """Whether anybody typed or chose anything in it."""
        return bool(self.dag or self.vaststelling or self.besluit or self.waarom)

    def takes(self, veld: str) -> models.Q:
        """The action has the decision of a check that is rounded off, so that does not move."""
        return models.Q(afgerond_op=None) if veld in self.SETTLED else models.Q()


class Checkmomentrevisie(Revisie):
    record = models.ForeignKey(Checkmoment, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="checkmomentrevisie_uniek"
            ),
        )
