"""Who is a member of a PLG, a regional group of teachers and CLB staff that makes materials."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Plg(models.TextChoices):
    """The PLG's, as a material names the one that made it (`Materiaal.plg`)."""

    ANTWERPEN = "Antwerpen", "Antwerpen"
    BHG_VLAAMS_BRABANT = "BHG en Vlaams-Brabant", "BHG en Vlaams-Brabant"
    LIMBURG = "Limburg", "Limburg"
    OOST_VLAANDEREN = "Oost-Vlaanderen", "Oost-Vlaanderen"
    WEST_VLAANDEREN = "West-Vlaanderen", "West-Vlaanderen"
    STS_TEAM = "STS-team", "STS-team"


class PlglidQuerySet(models.QuerySet["Plglid"]):
    def active(self) -> "PlglidQuerySet":
        return self.filter(actief_tot__isnull=True)


class Plglid(models.Model):
    """That somebody works on the materials of a PLG. It opens no school, no CLB and no dossier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="plgs")
    plg = models.CharField("PLG", max_length=60, choices=Plg)
    sinds = models.DateTimeField(default=timezone.now, editable=False)
    # When it ended. Ask `active()` for those that count.
    actief_tot = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PlglidQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van een PLG"
        verbose_name_plural = "leden van PLG's"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(plg__in=Plg.values), name="plglid_plg_bestaat"
            ),
            models.UniqueConstraint(
                fields=("user", "plg"),
                condition=models.Q(actief_tot__isnull=True),
                name="plglid_een_per_plg",
            ),
            models.CheckConstraint(
                condition=models.Q(actief_tot__isnull=True)
                | models.Q(actief_tot__gte=models.F("sinds")),
                name="plglid_eindigt_na_begin",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: PLG {self.plg}"
