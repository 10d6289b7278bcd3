"""The preventieplan: its content (the goals and questions of a version) and a school's answers."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from dossiers.acties.models import Actie, Checkmoment
from dossiers.materialen.models import (
    NIVEAUS,
    NIVEAUS_SAMEN,
    TOONT_SAMEN,
    Fase,
    Herkomst,
    Materiaalversie,
    Punt,
)
from dossiers.mensen.models import Niveau
from dossiers.models import Dossier
from dossiers.velden.models import Revisie, RevisieField, Veldrecord

MAX_SCORE = 10


class Trede(models.Model):
    """A step of the routekaart, with the key words of the source."""

    versie = models.ForeignKey(
        Materiaalversie, models.CASCADE, related_name="treden", db_index=False
    )
    fase = models.PositiveSmallIntegerField(choices=Fase)
    naam = models.CharField(max_length=60)
    herkomst = models.CharField(max_length=10, choices=Herkomst)
    # [{"kop": str, "woorden": [str, ...]}, ...] in the order of the source.
    blokken = models.JSONField(default=list)

    class Meta:
        ordering = ("fase",)
        constraints = (
            models.UniqueConstraint(fields=("versie", "fase"), name="trede_uniek"),
            models.CheckConstraint(
                condition=models.Q(fase__in=Fase.values), name="trede_fase_bestaat"
            ),
        )

    def __str__(self) -> str:
        return f"Fase {self.fase}: {self.naam}"


class Doelstelling(models.Model):
    versie = models.ForeignKey(
        Materiaalversie, models.CASCADE, related_name="doelstellingen", db_index=False
    )
    code = models.SlugField(max_length=20)
    fase = models.PositiveSmallIntegerField(choices=Fase)
    volgorde = models.PositiveSmallIntegerField()
    kort = models.CharField(max_length=40)
    titel = models.TextField()
    herkomst = models.CharField(max_length=10, choices=Herkomst)
    inleiding = models.TextField()
    inleiding_herkomst = models.CharField(max_length=10, choices=Herkomst)
    # What of its own a dossier shows beside it, as in TOONT_SAMEN.
    toont = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("fase", "volgorde")
        constraints = (
            models.UniqueConstraint(fields=("versie", "code"), name="doelstelling_code_uniek"),
            models.CheckConstraint(
                condition=models.Q(fase__in=Fase.values), name="doelstelling_fase_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(herkomst__in=Herkomst.values)
                & models.Q(inleiding_herkomst__in=Herkomst.values),
                name="doelstelling_herkomst_bestaat",
            ),
            models.CheckConstraint(
                condition=models.Q(toont__in=TOONT_SAMEN), name="doelstelling_toont_bestaat"
            ),
        )

    def __str__(self) -> str:
        return self.kort


def _niveau_of(dossier: Dossier) -> Niveau | None:
    """None for a plan without a school, and for a school to practise in."""
    return Niveau(dossier.school.niveau) if dossier.school_id and dossier.school.niveau else None


class ChecklistvraagQuerySet(models.QuerySet["Checklistvraag"]):
    def asked_of(self, dossier: Dossier) -> "ChecklistvraagQuerySet":
        """The questions that the school of a dossier needs, and those that it answered anyway.

        Of a plan without a school, or with one to practise in, all of them.
        """
        if not (niveau := _niveau_of(dossier)):
            return self
        answered = Antwoord.objects.filled().filter(dossier=dossier).values("vraag")
        return self.filter(
            models.Q(niveaus="")
            | models.Q(niveaus__contains=NIVEAUS[niveau])
            | models.Q(pk__in=answered)
        )


class Checklistvraag(Punt):
    """A question of a goal."""

    doelstelling = models.ForeignKey(
        Doelstelling, models.CASCADE, related_name="vragen", db_index=False
    )
    code = models.SlugField(max_length=30)
    volgorde = models.PositiveSmallIntegerField()

    objects = ChecklistvraagQuerySet.as_manager()

    class Meta:
        ordering = ("volgorde",)
        constraints = (
            models.UniqueConstraint(fields=("doelstelling", "code"), name="vraag_code_uniek"),
            models.CheckConstraint(
                condition=models.Q(herkomst__in=Herkomst.values), name="vraag_herkomst_bestaat"
            ),
            models.CheckConstraint(
                condition=models.Q(niveaus__in=NIVEAUS_SAMEN), name="vraag_niveaus_bestaan"
            ),
            *Punt.Meta.constraints,
        )

    def __str__(self) -> str:
        return self.code

    def is_for(self, dossier: Dossier) -> bool:
        """Whether the school of a dossier needs it; `ChecklistvraagQuerySet.asked_of` for one."""
        niveau = _niveau_of(dossier) if self.niveaus else None
        return niveau is None or NIVEAUS[niveau] in self.niveaus.split()


class Antwoordstand(models.TextChoices):
    DOEN_WE = "doen-we", "doen we"
    DEELS = "deels", "deels"
    NOG_NIET = "nog-niet", "nog niet"
    # An honest answer that asks for somebody to find out.
    WETEN_WE_NIET = "weten-niet", "weten we niet"
    NVT = "nvt", "n.v.t."

    @property
    def herkomst(self) -> Herkomst:
        return Herkomst.VOORSTEL if self == Antwoordstand.WETEN_WE_NIET else Herkomst.BRON


class Planrecord(Veldrecord):
    """A record that refers to content of the plan version that its dossier uses."""

    class Meta:
        abstract = True

    def unmoved(self) -> models.Q:
        return models.Q(planversie=self.dossier.planversie_id)

    def follow(self) -> bool:
        versies = Materiaalversie.objects.select_related("materiaal")
        # None when the dossier is gone: an oefendossier can be emptied at any time.
        newest = versies.filter(dossiers=self.dossier_id).first()
        if newest is None or newest.pk == self.dossier.planversie_id:
            return False
        self.dossier.planversie = newest
        self.move_to(newest)
        return True

    def move_to(self, versie: Materiaalversie) -> None:
        """Point to the same code in a version, if the version has it."""
        raise NotImplementedError


class AntwoordQuerySet(models.QuerySet["Antwoord"]):
    def filled(self) -> "AntwoordQuerySet":
        """Those with anything in them: `Antwoord.is_filled` for a query."""
        return self.exclude(stand="", toelichting="", groeikans="")


class Antwoord(Planrecord):
    """A school's answer to one checklistvraag."""

    VELDEN: ClassVar = ("stand", "toelichting", "groeikans")
    SLEUTEL: ClassVar = ("dossier", "vraag")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="antwoorden", db_index=False)
    vraag = models.ForeignKey(Checklistvraag, models.PROTECT, related_name="antwoorden")
    stand = models.CharField(max_length=10, choices=Antwoordstand, blank=True)
    stand_revisie = RevisieField()
    toelichting = models.TextField(blank=True)
    toelichting_revisie = RevisieField()
    groeikans = models.TextField(blank=True)
    groeikans_revisie = RevisieField()

    objects = AntwoordQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dossier", "vraag"), name="antwoord_uniek"),
            models.CheckConstraint(
                condition=models.Q(stand__in=["", *Antwoordstand.values]),
                name="antwoord_stand_bestaat",
            ),
        )
        indexes = (
            models.Index(fields=("dossier", "gewijzigd_op"), name="antwoord_laatst_gewijzigd"),
        )

    def __str__(self) -> str:
        return f"antwoord {self.pk}"

    @property
    def is_filled(self) -> bool:
        return bool(self.stand or self.toelichting or self.groeikans)

    @property
    def weet_niet(self) -> bool:
        return self.stand == Antwoordstand.WETEN_WE_NIET

    @property
    def wordt_uitgezocht(self) -> Any:
        """Who finds it out (`preventieplan/uitzoeken`); None for nobody. A query for each answer,
        unless it was read along.
        """
        return getattr(self, "uitzoekvraag", None)

    def move_to(self, versie: Materiaalversie) -> None:
        vragen = Checklistvraag.objects.filter(doelstelling__versie=versie, code=self.vraag.code)
        self.vraag = vragen.select_related("doelstelling").first() or self.vraag


class Antwoordrevisie(Revisie):
    record = models.ForeignKey(Antwoord, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="antwoordrevisie_uniek"
            ),
        )


class Inschaling(Planrecord):
    """A school's score (0 to 10) and focus for one goal; its history is kept.

    want, hoger: the team's own words: why this score, and what one more would take.
    """

    VELDEN: ClassVar = ("score", "want", "hoger", "focus")
    SLEUTEL: ClassVar = ("dossier", "doelstelling")

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="inschalingen", db_index=False
    )
    doelstelling = models.ForeignKey(Doelstelling, models.PROTECT, related_name="inschalingen")
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MAX_SCORE)]
    )
    score_revisie = RevisieField()
    want = models.TextField(blank=True)
    want_revisie = RevisieField()
    hoger = models.TextField(blank=True)
    hoger_revisie = RevisieField()
    focus = models.TextField(blank=True)
    focus_revisie = RevisieField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dossier", "doelstelling"), name="inschaling_uniek"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True)
                | models.Q(score__gte=0, score__lte=MAX_SCORE),
                name="inschaling_score_0_tot_10",
            ),
        )
        indexes = (
            models.Index(fields=("dossier", "gewijzigd_op"), name="inschaling_laatst_gewijzigd"),
        )

    def __str__(self) -> str:
        return f"inschaling {self.pk}"

    def move_to(self, versie: Materiaalversie) -> None:
        doelen = Doelstelling.objects.filter(versie=versie, code=self.doelstelling.code)
        self.doelstelling = doelen.first() or self.doelstelling


class Inschalingrevisie(Revisie):
    record = models.ForeignKey(Inschaling, models.CASCADE, related_name="revisies", db_index=False)

    class Meta(Revisie.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("record", "veld", "revisie"), name="inschalingrevisie_uniek"
            ),
        )


class Prioriteit(models.Model):
    """One of the few goals of a phase that a team works on first."""

    AANTAL: ClassVar = 3

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="prioriteiten", db_index=False
    )
    doelstelling = models.ForeignKey(Doelstelling, models.PROTECT, related_name="+")
    fase = models.PositiveSmallIntegerField(choices=Fase)
    # From 1. There are no more places than goals that may be chosen in a phase.
    plaats = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("fase", "plaats")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "doelstelling"), name="prioriteit_een_per_doelstelling"
            ),
            models.UniqueConstraint(
                fields=("dossier", "fase", "plaats"), name="prioriteit_een_per_plaats"
            ),
            models.CheckConstraint(
                condition=models.Q(plaats__gte=1, plaats__lte=3), name="prioriteit_hoogstens_drie"
            ),
            models.CheckConstraint(
                condition=models.Q(fase__in=Fase.values), name="prioriteit_fase_bestaat"
            ),
        )

    def __str__(self) -> str:
        return f"prioriteit {self.pk}"


class Planactie(models.Model):
    """Links an action to its goal in the plan, and to the groeikans or focus it came from."""

    actie = models.OneToOneField(Actie, models.CASCADE, related_name="planactie")
    doelstelling = models.ForeignKey(Doelstelling, models.PROTECT, related_name="planacties")
    # At most one of these is set; neither for an action that was typed in directly.
    antwoord = models.OneToOneField(
        Antwoord, models.PROTECT, null=True, blank=True, related_name="planactie"
    )
    inschaling = models.OneToOneField(
        Inschaling, models.PROTECT, null=True, blank=True, related_name="planactie"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(antwoord__isnull=True) | models.Q(inschaling__isnull=True),
                name="planactie_een_oorsprong",
            ),
        )

    def __str__(self) -> str:
        return f"planactie {self.pk}"


class Checkscore(models.Model):
    """The score of a goal that moved when the team looked back on an action of it.

    want: what moved it, when the team said so at that check.
    """

    moment = models.OneToOneField(
        Checkmoment, models.CASCADE, primary_key=True, related_name="checkscore"
    )
    # None when the goal had no score before.
    van = models.PositiveSmallIntegerField(null=True)
    naar = models.PositiveSmallIntegerField()
    want = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(naar__lte=MAX_SCORE)
                & (models.Q(van__isnull=True) | models.Q(van__lte=MAX_SCORE)),
                name="checkscore_0_tot_10",
            ),
        )

    def __str__(self) -> str:
        return f"score bij check {self.pk}"
