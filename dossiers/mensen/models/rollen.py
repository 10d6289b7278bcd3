"""Who has which role where, who is invited to one, and who hears of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from dossiers.logboek.models import Logregel
from dossiers.mensen.models.organisaties import CLB, School
from stsdialoog.fields import AddressField, NameField, ParagraphField


class Rol(models.TextChoices):
    ANKERFIGUUR = "ankerfiguur", "ankerfiguur"
    CLB_MEDEWERKER = "clb-medewerker", "CLB-medewerker"
    SCHOOLTEAM = "schoolteam", "schoolteam"
    LEZER = "lezer", "schoolbestuur (leest mee)"


CLB_ROLLEN = (Rol.ANKERFIGUUR, Rol.CLB_MEDEWERKER)
ROLLEN_IN_SCHOOL = (Rol.CLB_MEDEWERKER, Rol.SCHOOLTEAM, Rol.LEZER)


def _place_fits_role(*, name: str) -> models.CheckConstraint:
    """An ankerfiguur belongs to a CLB, every other role to a school."""
    return models.CheckConstraint(
        condition=models.Q(rol=Rol.ANKERFIGUUR, clb__isnull=False, school__isnull=True)
        | models.Q(
            rol__in=ROLLEN_IN_SCHOOL,
            clb__isnull=True,
            school__isnull=False,
        ),
        name=name,
    )


class LidmaatschapQuerySet(models.QuerySet["Lidmaatschap"]):
    def active(self) -> "LidmaatschapQuerySet":
        """Those that give their user something today: not ended, and not past their last day.

        The day counts by itself: a night that was missed leaves nobody in.
        """
        return self.filter(
            models.Q(eindigt_op__isnull=True) | models.Q(eindigt_op__gte=timezone.localdate()),
            actief_tot__isnull=True,
        )


class Lidmaatschap(models.Model):
    """A role of a user in a school or CLB. A membership is ended; it goes only with its place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="lidmaatschappen"
    )
    clb = models.ForeignKey(
        CLB, models.PROTECT, null=True, blank=True, related_name="lidmaatschappen"
    )
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="lidmaatschappen"
    )
    rol = models.CharField(max_length=20, choices=Rol)
    sinds = models.DateTimeField(default=timezone.now)
    # When it ended. Ask `active()` for those that count.
    actief_tot = models.DateTimeField(null=True, blank=True)
    # The last day of one that is for a while, or that was not confirmed; the night after ends it.
    eindigt_op = models.DateField("tot en met", null=True, blank=True)
    # When an ankerfiguur last said that it still holds (domain/bevestigen.py).
    bevestigd_op = models.DateField(null=True, blank=True, editable=False)
    # The night that ended it because nobody confirmed it: one click gives it back.
    vervallen_op = models.DateField(null=True, blank=True, editable=False)

    objects = LidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        constraints = (
            _place_fits_role(name="lidmaatschap_plaats_past_bij_rol"),
            models.UniqueConstraint(
                fields=("user", "school"),
                condition=models.Q(actief_tot__isnull=True),
                name="lidmaatschap_een_rol_per_school",
            ),
            models.UniqueConstraint(
                fields=("user", "clb"),
                condition=models.Q(actief_tot__isnull=True),
                name="lidmaatschap_een_rol_per_clb",
            ),
            models.CheckConstraint(
                condition=models.Q(actief_tot__isnull=True)
                | models.Q(actief_tot__gte=models.F("sinds")),
                name="lidmaatschap_eindigt_na_begin",
            ),
            models.CheckConstraint(
                condition=models.Q(vervallen_op__isnull=True) | models.Q(actief_tot__isnull=False),
                name="lidmaatschap_vervallen_is_beeindigd",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rol_display()} ({self.school or self.clb})"


class Aankondiging(models.Model):
    """A line of the log that the ankerfiguren of a CLB are told of, and can read back.

    It is about who can get at the dossiers of that CLB.
    """

    clb = models.ForeignKey(CLB, models.PROTECT, related_name="aankondigingen", db_index=False)
    # It stays as long as its line does.
    regel = models.ForeignKey(Logregel, models.CASCADE, related_name="aankondigingen")
    # As it was said, with the names and addresses of then.
    zin = models.TextField()

    class Meta:
        ordering = ("-regel__op", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("clb", "regel"), name="aankondiging_een_per_clb"),
        )

    def __str__(self) -> str:
        return f"{self.clb}: {self.regel}"


MAX_NAAM = 120  # characters, as for an account
MAX_WOORD = 500


class Uitnodiging(models.Model):
    """An invitation by mail. Only a digest of its token is stored: the table grants no access."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = AddressField("e-mailadres")
    school = models.ForeignKey(School, models.CASCADE, related_name="uitnodigingen")
    rol = models.CharField(
        max_length=20,
        choices=[(rol.value, rol.label) for rol in ROLLEN_IN_SCHOOL],
    )
    naam = NameField(max_length=MAX_NAAM, blank=True, default="")
    woord = ParagraphField("een eigen woord", max_length=MAX_WOORD, blank=True, default="")
    token_digest = models.CharField(max_length=64, unique=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField(default=timezone.now)
    vervalt_op = models.DateTimeField()
    gebruikt_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ("-gemaakt_op",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(rol__in=ROLLEN_IN_SCHOOL), name="uitnodiging_rol_in_een_school"
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="uitnodiging_email_in_kleine_letters",
            ),
            models.CheckConstraint(
                condition=models.Q(vervalt_op__gt=models.F("gemaakt_op")),
                name="uitnodiging_vervalt_na_begin",
            ),
            # A constraint cannot check the time, so an expired invitation counts as open too;
            # `invite` withdraws it first.
            models.UniqueConstraint(
                fields=("school", "email"),
                condition=models.Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
                name="uitnodiging_een_per_school_en_adres",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}: {self.get_rol_display()} ({self.school})"
