"""What changes with the years: who still works where, and which CLB a school is with."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from dossiers.mensen.models.organisaties import CLB, School

Q, F = models.Q, models.F
EERSTE, TWEEDE = 1, 2


class Bevestigingsmail(models.Model):
    """That an ankerfiguur is asked, once more, who still works with the schools of her CLB.

    Claimed before it is sent and noted afterwards: two nights at once send it once.
    """

    clb = models.ForeignKey(CLB, models.PROTECT, related_name="+", db_index=False)
    # The calendar year in which it is asked.
    jaar = models.PositiveSmallIntegerField()
    nummer = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    geclaimd_op = models.DateTimeField()
    # The night that sent it.
    verstuurd_op = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("clb", "jaar", "nummer", "user"), name="bevestigingsmail_een_keer"
            ),
            models.CheckConstraint(
                condition=Q(nummer__in=(EERSTE, TWEEDE)), name="bevestigingsmail_eerste_of_tweede"
            ),
        )

    def __str__(self) -> str:
        return f"{self.clb} {self.jaar}, mail {self.nummer}"


class Verhuis(models.Model):
    """That a school goes from one CLB to another: one of the two asks it, the other agrees."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="verhuizen")
    van = models.ForeignKey(CLB, models.PROTECT, related_name="+")
    naar = models.ForeignKey(CLB, models.PROTECT, related_name="+")
    # The one of the two that agrees: the other one asked.
    beslist = models.ForeignKey(CLB, models.PROTECT, related_name="+", db_index=False)
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    gevraagd_op = models.DateTimeField(default=timezone.now)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    bevestigd_op = models.DateTimeField(null=True)
    gestopt_op = models.DateTimeField(null=True)

    # Set by the access check (dossiers/mensen/access.py): whether the user may agree.
    mag_beslissen: bool

    class Meta:
        verbose_name = "verhuis"
        verbose_name_plural = "verhuizen"
        ordering = ("-gevraagd_op",)
        constraints = (
            models.UniqueConstraint(
                fields=("school",),
                condition=Q(bevestigd_op__isnull=True, gestopt_op__isnull=True),
                name="verhuis_een_open_per_school",
            ),
            models.CheckConstraint(condition=~Q(van=F("naar")), name="verhuis_naar_een_ander"),
            models.CheckConstraint(
                condition=Q(beslist=F("van")) | Q(beslist=F("naar")),
                name="verhuis_een_van_beide_beslist",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_op__isnull=True, bevestigd_door__isnull=True)
                | Q(
                    bevestigd_op__isnull=False,
                    bevestigd_door__isnull=False,
                    gestopt_op__isnull=True,
                ),
                name="verhuis_bevestigd_door_iemand",
            ),
            # Nobody brings a school to herself: it takes two people.
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("gevraagd_door")),
                name="verhuis_door_twee",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school}: {self.van} naar {self.naar}"

    @property
    def is_open(self) -> bool:
        return self.bevestigd_op is None and self.gestopt_op is None

    @property
    def vraagt(self) -> CLB:
        """The CLB that asked for it."""
        return self.van if self.beslist_id == self.naar_id else self.naar


class Vertrek(models.Model):
    """That a CLB stops: one of its ankerfiguren asks it, somebody of the STS-team confirms."""

    clb = models.OneToOneField(CLB, models.PROTECT, related_name="vertrek", verbose_name="CLB")
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    gevraagd_op = models.DateTimeField(default=timezone.now)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # The day on which it is erased when its schools are gone; NULL until it is confirmed.
    wissen_op = models.DateField(null=True)

    class Meta:
        verbose_name = "CLB dat stopt"
        verbose_name_plural = "CLB's die stoppen"
        ordering = ("gevraagd_op",)
        constraints = (
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True, wissen_op__isnull=True)
                | Q(bevestigd_door__isnull=False, wissen_op__isnull=False),
                name="vertrek_bevestigd_met_een_dag",
            ),
            models.CheckConstraint(
                condition=Q(bevestigd_door__isnull=True) | ~Q(bevestigd_door=F("gevraagd_door")),
                name="vertrek_door_twee",
            ),
        )

    def __str__(self) -> str:
        return str(self.clb)
