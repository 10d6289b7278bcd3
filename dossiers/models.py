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

    # Set by the access check (dossiers/access.py): the right of the current user on it.
    recht: int

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
