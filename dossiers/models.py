"""The dossier: one school in one schooljaar, to which everything a team fills in belongs."""

import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone

from dossiers.materialen.models import Materiaalversie
from dossiers.mensen.models import School
from stsdialoog.errors import Refusal


class DossierAfgesloten(PermissionDenied):
    """A write to a dossier that is closed."""

    def __init__(self) -> None:
        super().__init__(
            "Dit dossier is afgesloten: je kan het lezen, maar niets meer wijzigen. "
            "De ankerfiguur van je CLB kan het heropenen."
        )


class OefendossierGeleegd(Refusal, DossierAfgesloten):
    """An oefendossier that was emptied: it is gone, and a new one took its place."""

    kop = "Dit oefendossier is leeggemaakt"
    verder = ("oefendossier", "Naar het oefendossier van nu")

    def __init__(self) -> None:
        PermissionDenied.__init__(
            self,
            "Jij of een collega maakte het intussen leeg: wat erin stond, is gewist. Er staat een "
            "nieuw klaar.",
        )


class Dossier(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="dossiers", db_index=False)
    schooljaar = models.PositiveSmallIntegerField(help_text="Het jaar waarin het schooljaar start.")
    planversie = models.ForeignKey(Materiaalversie, models.PROTECT, related_name="dossiers")
    geopend_op = models.DateTimeField(default=timezone.now)
    geopend_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    afgesloten_op = models.DateTimeField(null=True, blank=True)
    # The day on which `ruim_op` erases it, with all that is in it; NULL when nobody asked for that.
    wissen_op = models.DateField(null=True, blank=True)
    # Until when it stays although its term is over, because somebody wanted to keep it.
    langer_tot = models.DateField(null=True, blank=True, editable=False)

    # Set by the access check (dossiers/access.py): the right of the current user on it.
    recht: int
    # Set with it: its school is with another CLB than that of the user, who has a talk with
    # parents from before, and nothing else.
    is_elders: bool = False

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        ordering = ("-schooljaar",)
        constraints = (
            models.UniqueConstraint(
                fields=("school", "schooljaar"), name="dossier_een_per_school_en_schooljaar"
            ),
            models.CheckConstraint(
                condition=models.Q(schooljaar__gte=2000, schooljaar__lte=2100),
                name="dossier_schooljaar_bestaat",
            ),
            # So that nobody works in what is going to be erased.
            models.CheckConstraint(
                condition=models.Q(wissen_op__isnull=True) | models.Q(afgesloten_op__isnull=False),
                name="dossier_wissen_is_afgesloten",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} {self.schooljaar_label}"

    @property
    def schooljaar_label(self) -> str:
        return f"{self.schooljaar}-{self.schooljaar + 1}"

    @property
    def is_open(self) -> bool:
        return self.afgesloten_op is None

    @property
    def vorig(self) -> "Dossier | None":
        """The dossier that this one goes on from; read with it by the access check."""
        voortzetting: Voortzetting | None = getattr(self, "voortzetting", None)
        return voortzetting.vorig if voortzetting else None


class Voortzetting(models.Model):
    """A dossier that goes on from the one of an earlier schooljaar of its school.

    What was filled in there is not copied: it is shown beside, as of then, and counts here only
    once somebody confirms it.
    """

    dossier = models.OneToOneField(
        Dossier, models.CASCADE, primary_key=True, related_name="voortzetting"
    )
    vorig = models.OneToOneField(Dossier, models.CASCADE, related_name="voortgezet")
    # When it began: what came along has this moment as its last change until somebody touches it.
    op = models.DateTimeField(default=timezone.now, editable=False)
    # Whether the earlier one was open until then, and opens again when this is undone.
    sloot_af = models.BooleanField()

    class Meta:
        verbose_name = "voortzetting"
        verbose_name_plural = "voortzettingen"
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(vorig=models.F("dossier")), name="voortzetting_van_een_ander"
            ),
        )

    def __str__(self) -> str:
        return f"voortzetting {self.pk}"


class GeleegdDossier(models.Model):
    """The key of an oefendossier that was emptied, so that a page of before can say what happened.

    The wislijst has it too, but not whose it was.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "geleegd oefendossier"
        verbose_name_plural = "geleegde oefendossiers"

    def __str__(self) -> str:
        return str(self.pk)
